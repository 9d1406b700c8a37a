import { estimateTokens } from "../conversation/tokens.ts";
import { newTurnId } from "../conversation/turn-id.ts";
import type { Document, Section } from "../documents/document.ts";
import { sliceText } from "../text/slice.ts";
import type { FilePart, NewFile } from "./files.ts";

/** Longer parts are kept in pieces, so that one of them fits into any answer. */
const mostPartTokens = 2_500;
/** A text without parts that is longer than this is looked through for chapters. */
const leastChapteredTokens = 4_000;
/** What one file may keep: a thousand pages and more. */
const mostLetters = 4_000_000;

/** What a file is kept as; `isCut`: more of it than may be kept was left out. */
export function makeFile(
  document: Document,
  { name, number }: { readonly name: string; readonly number: number },
): { readonly file: NewFile; readonly isCut: boolean } {
  const { kind, title, author } = document;
  const { unit, sections } = inChapters(document);
  const pieces = sections.flatMap((section) => piecesOf(section, sections.length));
  const kept = within(pieces, mostLetters);
  const parts = kept.map(({ label, title, text }): FilePart => ({
    label,
    ...(title !== undefined && title !== "" && { title }),
    tokens: estimateTokens(text),
  }));
  const file: NewFile = {
    id: newTurnId(),
    number,
    name,
    ...(title !== undefined && title !== "" && { title }),
    ...(author !== undefined && author !== "" && { author }),
    kind,
    unit,
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
    letters: kept.reduce((sum, { text }) => sum + text.length, 0),
    parts,
    texts: kept.map(({ text }) => text),
    vectors: [],
  };
  return { file, isCut: kept.length < pieces.length };
}

/** A line that begins a chapter, in the languages that people read here. */
const heading =
  /^(?:#{1,3}[ \t]+\S.{0,100}|(?:chapter|part|book|act|capítulo|parte|libro)[ \t]+(?:\d+|[ivxlc]+|[a-z]+)\b.{0,80}|第[ \t]?[\d一二三四五六七八九十百零〇]+[ \t]?[章回部話话巻卷節节篇].{0,60}|제?[ \t]?\d+[ \t]?(?:장|부|화|편)(?:[ \t.:].{0,60})?)$/gimu;

/** A long text without parts, by the chapters that its lines tell of; any other as it is. */
function inChapters(document: Document): Pick<Document, "unit" | "sections"> {
  const [only, ...others] = document.sections;
  if (!only || others.length > 0 || only.label !== "" || estimateTokens(only.text) < leastChapteredTokens)
    return document;
  const { text } = only;
  const found = [...text.matchAll(heading)].filter(({ index }, at, all) => {
    // A list of contents is no chapters.
    const next = all[at + 1]?.index ?? text.length;
    return next - index > 300;
  });
  if (found.length < 2) return document;
  const before = text.slice(0, found[0]?.index).trim();
  const chapters = found.map(({ index, 0: line }, at): Section => ({
    label: `ch. ${at + 1}`,
    title: line.replace(/^#+/u, "").trim(),
    text: text.slice(index, found[at + 1]?.index).trim(),
  }));
  return {
    unit: "chapter",
    sections: before === "" ? chapters : [{ label: "opening", text: before }, ...chapters],
  };
}

/** A section, or what it is cut into: `p. 12 (1/2)`, and `part 1` where it had no name. */
function piecesOf(section: Section, sections: number): readonly Section[] {
  const { label, title, text } = section;
  const tokens = estimateTokens(text);
  if (tokens <= mostPartTokens) return [section];
  const letters = Math.floor(text.length / Math.ceil((1.2 * tokens) / mostPartTokens));
  const slices = sliceText(text, letters);
  const nameOf = (index: number): string =>
    label === "" && sections === 1 ? `part ${index + 1}` : `${label} (${index + 1}/${slices.length})`.trim();
  return slices.map(([start, end], index) => {
    const piece = { label: nameOf(index), text: text.slice(start, end).trim() };
    return title === undefined || index > 0 ? piece : Object.assign(piece, { title });
  });
}

function within(pieces: readonly Section[], most: number): readonly Section[] {
  let letters = 0;
  const count = pieces.findIndex(({ text }) => (letters += text.length) > most);
  return count === -1 ? pieces : pieces.slice(0, Math.max(1, count));
}
