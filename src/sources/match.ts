/** How much of a quotation may differ from what it quotes, in words or, where a script has no spaces, letters. Measured by test/sources/match.test.ts. */
const mostDifference = 0.1;
/** How much of a claim's own words must stand in the passage that it cites without quoting it. */
const leastShared = 0.5;

const letter = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
const inWords = String.raw`[[\p{L}\p{M}\p{N}]--${letter}]`;
const token = new RegExp(String.raw`${letter}|${inWords}+(?:['.,]\p{N}+|'${inWords}+)*`, "gv");
const isLetterOfItsOwn = new RegExp(`^${letter}$`, "v");

/** A text as the tokens that tell: words without accents, numbers by their digits, and single letters of scripts that have no spaces between words. */
export function tokensOf(text: string): readonly string[] {
  const plain = text
    .normalize("NFKD")
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, "")
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(?<=\d)[  ](?=\d{3}(?!\d))/gu, "")
    .replaceAll("’", "'");
  return (plain.match(token) ?? []).map((each) =>
    /^\d/u.test(each) ? each.replaceAll(/[.,']/gu, "") : each,
  );
}

/** Words that turn a sentence into another one, however few they are. */
const turns = new Set(
  "no not never none nor without cannot can't don't doesn't didn't isn't aren't wasn't won't neither nunca sin jamás nicht kein pas 不 没 沒 未 無 无 非 否 안 못 않 없".split(
    " ",
  ),
);
function weightOf(token: string): number {
  if (/\d/u.test(token) || turns.has(token)) return 10;
  return isLetterOfItsOwn.test(token) ? 2 : 1;
}

/** Whether these words stand in the passage: one after the other, but for a slip here and there. `…` leaves something out. */
export function holdsWords(passage: string, words: string): boolean {
  const within = tokensOf(passage);
  return words
    .split(/\s*(?:…|\.{3}|\[\.\.\.\]|\[…\])\s*/u)
    .map(tokensOf)
    .filter((piece) => piece.length > 0)
    .every((piece) => difference(within, piece) <= mostDifference * piece.length);
}

/** How much has to be changed of `words` to be found somewhere `within`: the edit distance to the best stretch of it. */
function difference(within: readonly string[], words: readonly string[]): number {
  let row = [0];
  for (const word of words) row.push((row.at(-1) ?? 0) + weightOf(word));
  let best = row.at(-1) ?? 0;
  for (const other of within) {
    const next = [0];
    for (const [index, word] of words.entries()) {
      const skipOwn = (next[index] ?? 0) + weightOf(word);
      const skipOther = (row[index + 1] ?? 0) + weightOf(other);
      next.push(Math.min(skipOwn, skipOther, (row[index] ?? 0) + change(word, other)));
    }
    row = next;
    best = Math.min(best, row.at(-1) ?? best);
  }
  return best;
}

/** A letter more or less in a long word is a slip; another number or another short word is another thing. */
function change(one: string, other: string): number {
  if (one === other) return 0;
  const both = weightOf(one) + weightOf(other);
  if (both > 2 || isLetterOfItsOwn.test(one)) return both;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < 5 || long.length - short.length > 1) return both;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same++;
  const rest = short.length === long.length ? same + 1 : same;
  return short.slice(rest) === long.slice(same + 1) ? 0.25 : both;
}

/** Whether most of what a claim says stands in the passage in its own words, and every number of it. */
export function sharesWords(passage: string, claim: string): boolean {
  const told = tellingOf(claim);
  const has = new Set(tellingOf(passage));
  if (told.length < 2) return false;
  if (told.some((each) => /\d/u.test(each) && !has.has(each))) return false;
  return told.filter((each) => has.has(each)).length >= leastShared * told.length;
}

/** Numbers, the beginnings of long words, and pairs of letters where there are no words. */
function tellingOf(text: string): readonly string[] {
  const tokens = tokensOf(text);
  return tokens.flatMap((each, index) => {
    const next = tokens[index + 1];
    if (isLetterOfItsOwn.test(each))
      return next !== undefined && isLetterOfItsOwn.test(next) ? [each + next] : [];
    if (/\d/u.test(each)) return [each];
    return each.length < 4 || littleWords.has(each) ? [] : [each.slice(0, 6)];
  });
}

const littleWords = new Set(
  `about above after also although been before being between both could does during each from have having here into just
  like many more most much only other over same should some such than that their them then there these they this those
  through under until very were what when where which while will with would your according says said states pero para
  como esta este desde entre hasta sobre también según`.split(/\s+/u),
);
