import type { PictureText } from "./transcript.ts";

/** How alike two texts are, 0 to 1, whatever the white space and signs. */
export function likeness(one: string, other: string): number {
  const [from, to] = [lettersOf(one), lettersOf(other)];
  const longest = Math.max(from.length, to.length);
  return longest === 0 ? 0 : 1 - distance(from, to) / longest;
}

const lettersOf = (text: string): string[] =>
  Array.from(
    text
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, ""),
  );

function distance(from: readonly string[], to: readonly string[]): number {
  let row = [...to.keys(), to.length];
  for (const [index, letter] of from.entries()) {
    const next = [index + 1];
    for (const [at, other] of to.entries()) {
      const kept = (row[at] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(kept, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Longer messages are compared with nothing: no subtitle is so long, and a page is corrected line by line. */
const mostLetters = 2_000;
/** How alike two lines are at least to be the same line. */
const sameLine = 0.3;
/** A line of a correction, with the number of the one it takes the place of. */
const numbered = /^\s*(\d{1,3})\s*[:：.)]\s*(\S.*)$/u;

/**
 * The lines of a picture as a person says they are: `2: …` changes one line, a line like one of them takes its place, and
 * what is like the whole is the whole. Undefined for what is no correction, such as a question about the text; `least`: how
 * alike they have to be, 0 to 1, where no number says so. With 0, what is like nothing is the whole.
 */
export function correctedLines(
  written: string,
  { lines }: Pick<PictureText, "lines">,
  least: number,
): readonly string[] | undefined {
  if (written.length > mostLetters) return undefined;
  const own = written.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const isNumbered = own.every((line) => numbered.test(line));
  const meant = isNumbered
    ? byNumber(own, lines)
    : (asWhole(own, lines, least) ?? byLikeness(own, lines, Math.max(least, sameLine)));
  const changed = meant ?? (least === 0 && own.length > 0 ? own : undefined);
  return changed && changed.join("\n") !== lines.join("\n") ? changed : undefined;
}

function byNumber(own: readonly string[], lines: readonly string[]): readonly string[] | undefined {
  const changes = own.map((line) => numbered.exec(line));
  const changed = [...lines];
  for (const change of changes) {
    const [, number = "0", text = ""] = change ?? [];
    if (Number(number) < 1 || Number(number) > lines.length) return undefined;
    changed[Number(number) - 1] = text.trim();
  }
  return own.length === 0 ? undefined : changed;
}

function asWhole(
  own: readonly string[],
  lines: readonly string[],
  least: number,
): readonly string[] | undefined {
  const isWhole = own.length >= lines.length || lines.length === 1;
  return isWhole && likeness(own.join(""), lines.join("")) >= least
    ? own.map((line) => line.trim())
    : undefined;
}

/** Each in the place of the line that it is most like; not where one is like none. */
function byLikeness(
  own: readonly string[],
  lines: readonly string[],
  least: number,
): readonly string[] | undefined {
  const changed = [...lines];
  const taken = new Set<number>();
  for (const line of own) {
    const [best] = lines
      .map((old, index) => ({ index, alike: taken.has(index) ? 0 : likeness(line, old) }))
      .toSorted((a, b) => b.alike - a.alike);
    if (best === undefined || best.alike < least || best.alike === 0) return undefined;
    taken.add(best.index);
    changed[best.index] = line.trim();
  }
  return own.length === 0 ? undefined : changed;
}
