/** Words that carry no meaning of their own: a fact may have them without the person having written them. */
const small = new Set(
  `a about an and are as at be been being but by did do does for from had has have he her him his i in is it its me my
  no not of on or our person she so that the their them they this to user was we were who whose will with you your`.split(
    /\s+/u,
  ),
);

/** Writing without spaces between words, or with endings that change: compared by pairs of letters. */
const dense =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/**
 * Whether a fact says nothing but what the person's words say: each word of meaning in it is one of theirs, in whatever
 * form, and so is more than half of what is written without spaces.
 */
export function isInWordsOf(words: string, fact: string): boolean {
  const [own, claimed] = [read(words), read(fact)];
  if (claimed.spaced.length + claimed.pairs.length === 0) return false;
  if (!claimed.spaced.every((word) => own.spaced.some((each) => isSameWord(each, word)))) return false;
  const known = new Set(own.pairs);
  const found = claimed.pairs.filter((pair) => known.has(pair)).length;
  return claimed.pairs.length === 0 || found > claimed.pairs.length / 2;
}

function read(text: string): { readonly spaced: readonly string[]; readonly pairs: readonly string[] } {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll("’", "'");
  const spaced = plain.replaceAll(dense, " ").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const runs = plain.match(dense) ?? [];
  return { spaced: spaced.filter((word) => !small.has(word)), pairs: runs.flatMap(pairsOf) };
}

function pairsOf(run: string): string[] {
  const letters = Array.from(run);
  if (letters.length < 2) return letters;
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

/** What has a digit in it must be the same; other words may differ in their endings. */
function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  if (/\p{N}/u.test(one + other)) return false;
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  return shared >= 3 && one.length - shared <= 3 && other.length - shared <= 3;
}
