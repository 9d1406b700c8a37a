import type { FileEntry } from "./files.ts";

/** Parts of a file that are read as one, by their indices from one up to another, not included. */
export interface Chapter {
  /** Such as `p. 12–25`. */
  readonly label: string;
  readonly title?: string;
  readonly from: number;
  readonly to: number;
  readonly tokens: number;
}

/** As much as is read at a sitting, in tokens: more is cut, pages without chapters come in half as much. */
const mostTokens = 8_000;
const rangeTokens = 4_000;
/** Less belongs to what follows: a title page, an epigraph. */
const leastTokens = 150;

/** A page's title begins a chapter where it reads like one. */
const opensChapter =
  /^(?:(?:chapter|part|book|act|section|prologue|epilogue|introduction|preface|foreword|afterword|conclusion|appendix|capítulo|parte|libro|prólogo|epílogo|introducción|conclusión)\b|\d{1,2}\.?(?:\s|$)|[ivxlc]{1,6}\.?(?:\s|$)|第|제?\s?\d+\s?(?:장|부|화|편)|序|跋|머리말|서문|들어가며|あとがき|はじめに)/iu;

/** A file chapter by chapter, where its parts tell of chapters; else in ranges of a sensible size. */
export function chaptersOf({ unit, parts }: Pick<FileEntry, "unit" | "parts">): readonly Chapter[] {
  const isOpening = openings(unit, parts);
  const hasChapters = parts.some((_, index) => index > 0 && isOpening(index));
  const most = hasChapters ? mostTokens : rangeTokens;
  const chapters: Chapter[] = [];
  let from = 0;
  let tokens = 0;
  const end = (to: number): void => {
    if (to > from) chapters.push(chapterOf(parts, { from, to, tokens }));
    from = to;
    tokens = 0;
  };
  for (const [index, part] of parts.entries()) {
    const isFull = tokens > 0 && tokens + part.tokens > most;
    if ((isOpening(index) && tokens >= leastTokens) || isFull) end(index);
    tokens += part.tokens;
  }
  end(parts.length);
  return chapters;
}

/** A label of our own making: numbers and our words for what they count, nothing that a file says. */
const ours = /^(?:opening|p\.|ch\.|slide|part|rows|[\d\s()/–-])+$/u;

/** A chapter by a name that may stand outside all marks: its label, or its number where the file has a word in that. Empty without one. */
export function ownLabel(chapters: readonly Chapter[], index: number): string {
  const { label = "" } = chapters[index] ?? {};
  if (ours.test(label)) return label;
  return chapters.length > 1 ? `part ${index + 1} of ${chapters.length}` : "";
}

function openings(unit: FileEntry["unit"], parts: FileEntry["parts"]): (index: number) => boolean {
  const isNew = (index: number): boolean => (parts[index]?.label ?? "") !== parts[index - 1]?.label;
  const hasTitle = (index: number): boolean => parts[index]?.title !== undefined;
  if (unit === "chapter" || unit === "sheet")
    return (index) => isFirstPiece(parts[index]?.label) && isNew(index);
  if (unit === "part") return hasTitle;
  const named = (index: number): boolean => opensChapter.test(parts[index]?.title?.trim() ?? "");
  const count = parts.filter((_, index) => named(index)).length;
  // A heading on every other page names no chapters.
  return count >= 2 && count <= parts.length / 3 + 1 ? named : () => false;
}

/** Of a part that was cut, the pieces after the first begin nothing: `ch. 3 (2/4)`. */
const isFirstPiece = (label = ""): boolean => !/\((?!1\/)\d+\/\d+\)$/u.test(label);

function chapterOf(
  parts: FileEntry["parts"],
  { from, to, tokens }: Pick<Chapter, "from" | "to" | "tokens">,
): Chapter {
  const within = parts.slice(from, to);
  const title = within.find(({ title }) => title !== undefined)?.title;
  return {
    label: rangeLabel(within[0]?.label ?? "", within.at(-1)?.label ?? ""),
    ...(title !== undefined && { title }),
    from,
    to,
    tokens,
  };
}

/** Such as `p. 12–25` for `p. 12` and `p. 25`. */
function rangeLabel(first: string, last: string): string {
  const [one, other] = [withoutPiece(first), withoutPiece(last)];
  if (one === other) return isWhole(first, last) ? one : first;
  const [, kind = "", number = ""] = /^(.*?)(\d+)$/u.exec(other) ?? [];
  return kind !== "" && one.startsWith(kind) ? `${one}–${number}` : `${one} – ${other}`;
}

/** Whether these are the first and the last piece of one part. */
function isWhole(first: string, last: string): boolean {
  const [, number, of] = / \((\d+)\/(\d+)\)$/u.exec(last) ?? [];
  return number === undefined || (number === of && isFirstPiece(first));
}

const withoutPiece = (label: string): string => label.replace(/ \(\d+\/\d+\)$/u, "");
