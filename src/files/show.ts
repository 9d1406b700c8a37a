import { oneName } from "../conversation/marks.ts";
import { shorten } from "../text/shorten.ts";
import { chaptersOf } from "./chapters.ts";
import type { FileEntry, FilePart } from "./files.ts";

/** The longest name that leaves room for what stands after it. */
const mostName = 50;
/** So many lines a list of contents may have; more chapters share them. */
const mostLines = 40;
const mostTitle = 70;

/** What stands over all that a model reads of a file: names it, and with a label the part that follows. */
export function fileTitle({ number, name }: Pick<FileEntry, "number" | "name">, label = ""): string {
  const file = `File ${number} ${shorten(oneName(name), mostName)}`;
  return label === "" ? file : `${file}, ${label}`;
}

/** Whether something stands over what was read of the file with that number. */
export const isTitleOf = (number: number, title: string): boolean => title.startsWith(`File ${number} `);

/** Such as `p. 12: A title`. */
export const partName = ({
  label,
  title = "",
}: {
  readonly label: string;
  readonly title?: string | undefined;
}): string => [label, title].filter((each) => each !== "").join(": ");

/** What a file holds, in lines; `before`: nothing of the parts from that one on. */
export function contentsText(file: FileEntry, before = Infinity): string {
  const { kind, title, author } = file;
  const chapters = chaptersOf(file).filter(({ from }) => from < before);
  const size = Math.ceil(chapters.length / mostLines);
  const lines: string[] = [];
  for (let at = 0; at < chapters.length; at += size) {
    const [first] = chapters.slice(at);
    if (first)
      lines.push(partName({ label: first.label, title: first.title && shorten(first.title, mostTitle) }));
  }
  const about = [title, author && `by ${author}`].filter((each) => each !== undefined).join(", ");
  return [
    ...(about === "" ? [] : [about]),
    `${kind}, ${file.parts.length} ${unitName(file)}, about ${file.tokens} tokens: too long to stand here whole. read_file opens any of it.`,
    ...(lines.length > 1 ? ["Contents:", ...lines] : []),
  ].join("\n");
}

const unitName = ({ unit, parts }: FileEntry): string => `${unit}${parts.length === 1 ? "" : "s"}`;

/** The parts that someone means by `p. 12`, `12-15`, a title; by their indices. */
export function findParts(
  { parts }: Pick<FileEntry, "parts">,
  wanted: string,
): { readonly from: number; readonly to: number } | undefined {
  const exact = indicesOf(parts, ({ label }) => plain(label) === plain(wanted));
  const pieces = indicesOf(
    parts,
    ({ label }) => plain(label.replace(/ \(\d+\/\d+\)$/u, "")) === plain(wanted),
  );
  return exact ?? pieces ?? numbered(parts, wanted) ?? titled(parts, wanted);
}

/** By the number in a label, else by the place in the file. */
function numbered(parts: readonly FilePart[], wanted: string): ReturnType<typeof findParts> {
  const [, first, last = first] = /^\D{0,12}(\d+)(?:\s*[-–—~]\s*\D{0,6}(\d+))?\D{0,3}$/u.exec(wanted) ?? [];
  if (first === undefined) return undefined;
  const at = (number: string): ReturnType<typeof findParts> =>
    indicesOf(parts, ({ label }) => /\d+/u.exec(label)?.[0] === number) ?? byPlace(parts, Number(number));
  const [one, other] = [at(first), at(last ?? first)];
  return one && { from: one.from, to: Math.max(one.to, other?.to ?? parts.length) };
}

const byPlace = (parts: readonly FilePart[], number: number): ReturnType<typeof findParts> =>
  parts.some(({ label }) => /\d/u.test(label)) || number < 1 || number > parts.length
    ? undefined
    : { from: number - 1, to: number };

function titled(parts: readonly FilePart[], wanted: string): ReturnType<typeof findParts> {
  const name = plain(wanted);
  if (name.length < 3) return undefined;
  return indicesOf(parts, ({ label, title = "" }) => plain(`${label} ${title}`).includes(name));
}

/** The first run of parts for which it holds. */
function indicesOf(
  parts: readonly FilePart[],
  holds: (part: FilePart) => boolean,
): { readonly from: number; readonly to: number } | undefined {
  const from = parts.findIndex(holds);
  if (from < 0) return undefined;
  const length = parts.slice(from).findIndex((part) => !holds(part));
  return { from, to: length < 0 ? parts.length : from + length };
}

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/\bpages?\b|\bpp?\b\.?/gu, "p")
    .replaceAll(/\bchapter\b|\bch\b\.?/gu, "ch")
    .replaceAll(/[^\p{L}\p{N}/]+/gu, "");
