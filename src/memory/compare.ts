import { asksForOne, isNegation } from "./one-value.ts";

/** How two facts about a person stand to each other, as far as their words show. */
export type Relation = "same" | "contradicts" | "other";

/** The most words in which two answers to one question differ. */
const mostChanged = 5;

/**
 * Compares two sentences: `contradicts` when they differ in a `not`, or in the answer to a question that has one answer at a
 * time, such as where someone lives. Cheap and careful: what only a reader would see, a model has to see.
 */
export function relate(one: string, other: string): Relation {
  const [a, b] = [wordsIn(one), wordsIn(other)];
  if (a.length === b.length && a.every((word, at) => isSame(word, b[at] ?? ""))) return "same";
  if (differInNegation(a, b)) return "contradicts";
  return answerDifferently(a, b) ? "contradicts" : "other";
}

/** Who is spoken of is known, and says nothing. */
const subjects = new Set(
  "i i'm my me he she they his her their the a an is am are user person this kim's 나는 난 저는 전 제 내 我 他 她 的 yo mi su el la soy es".split(
    " ",
  ),
);

/** Made when it is first used: it takes longer than all else that is done at the start. */
let segmenter: Intl.Segmenter | undefined;

/** The words of a sentence without its subject, alike however they are written. */
function wordsIn(text: string): string[] {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/(?:私|僕|俺)[はがの]/gu, "")
    .replaceAll("’", "'")
    .replaceAll(/n't\b/gu, " not");
  segmenter ??= new Intl.Segmenter("und", { granularity: "word" });
  return Array.from(segmenter.segment(plain.replaceAll(/(?<=\d)(?=\p{L})/gu, " ")))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment)
    .filter((word) => !subjects.has(word));
}

function differInNegation(a: readonly string[], b: readonly string[]): boolean {
  const [negated, plain] = [a.filter(isNegation), b.filter(isNegation)];
  if (negated.length === plain.length) return false;
  const rest = (words: readonly string[]): string[] =>
    words.filter((word) => !isNegation(word) && !/^(?:do|does|did)$/u.test(word));
  const [one, other] = [rest(a), rest(b)];
  return (
    one.length > 0 && one.length === other.length && one.every((word, at) => isSame(word, other[at] ?? ""))
  );
}

/** Such as `like` and `likes`, `learns` and `learning`. */
const isSame = (one: string, other: string): boolean =>
  one === other || (stem(one) === stem(other) && stem(one).length > 2);
const stem = (word: string): string => word.replace(/(?:ing|es|s|e)$/u, "");

/** Whether all but the answer is the same, and what is the same asks for one answer. */
function answerDifferently(a: readonly string[], b: readonly string[]): boolean {
  let start = 0;
  while (start < Math.min(a.length, b.length) && isSame(a[start] ?? "", b[start] ?? "")) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && isSameEnd(a.at(-1 - end) ?? "", b.at(-1 - end) ?? ""))
    end++;
  const changed = [a.length, b.length].map((length) => length - start - end);
  if (Math.min(...changed) < 1 || Math.max(...changed) > mostChanged) return false;
  if (changesSubject([a, b], { start, end })) return false;
  return asksForOne([...a.slice(0, start), ...(end > 0 ? a.slice(-end) : [])]);
}

/** Whether they differ in who is spoken of: `my brother` and `my sister` may both live in Seoul. */
function changesSubject(
  both: readonly (readonly string[])[],
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  const text = both.flat().join("");
  const changed = both.map((words) => words.slice(start, words.length - end));
  if (/\p{Script=Hangul}/u.test(text))
    return changed.every((words) => /[은는이가]$/u.test(words.at(-1) ?? ""));
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))
    return /^[はがも]$/u.test(both[0]?.at(-end) ?? "");
  // Elsewhere who is spoken of stands first; a number does not.
  return start === 0 && changed.some((words) => !/^\p{N}+$/u.test(words.join("")));
}

/** Endings that say how politely it is said, not what. */
const endings = /(?:습니다|ㅂ니다|어요|아요|에요|예요|이다|다|요)$/u;
const isSameEnd = (one: string, other: string): boolean =>
  isSame(one, other) || (one.length > 1 && one.replace(endings, "") === other.replace(endings, ""));
