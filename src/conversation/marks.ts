/** The marks that tell in a prompt who wrote what, and how nobody can write marks that are not theirs. */
import type { Edit } from "../sources/edit.ts";

const endMark = "[end]";
const lineBreak = /\r\n?|[\n\v\f\u0085\u2028\u2029]/u;
/** However it is spelled: wide brackets, spaces and letters that nobody sees are no way around it. */
const startsWithEnd = /^[[［【〔]end[\]］】〕]/u;
const unseen = /[\s\p{Cc}\p{Cf}\p{Mn}]+/gu;

/** Where one text that was sent along stands in another, and its title. */
interface Block {
  readonly title: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Text that somebody sent along, under its title: nothing in it can end it. */
export function markMaterial(title: string, text: string): string {
  return [`[${oneName(title)}]`, withoutEnds(text), endMark].join("\n");
}

/** A text that ends nothing it is put into. */
export const withoutEnds = (text: string): string =>
  text
    .split(lineBreak)
    .map((line) => (startsWithEnd.test(bare(line)) ? `> ${line}` : line))
    .join("\n");

/** Whether a text holds what `markMaterial` made. */
export const isMarked = (text: string): boolean => /^\[end\]$/mu.test(text);

/** A text without what `markMaterial` made, nor the time that stands before it. */
export function withoutMaterial(text: string): string {
  const left: string[] = [];
  let at = 0;
  for (const { from, to } of blocksIn(text)) {
    left.push(text.slice(at, from));
    at = to;
  }
  left.push(text.slice(at));
  return left.map((piece) => piece.replaceAll(/^\[[^\]\n\r\u2028\u2029]*\] .*$/gmu, "")).join("");
}

/** The titles of what `markMaterial` made in a text. */
export const materialTitles = (text: string): readonly string[] => blocksIn(text).map(({ title }) => title);

/** What puts something in the place of the materials in a text whose title is meant. */
export const editsOfMaterial = (
  text: string,
  isMeant: (title: string) => boolean,
  by: (title: string) => string,
): readonly Edit[] =>
  blocksIn(text).flatMap(({ title, from, to }) => (isMeant(title) ? [{ from, to, by: by(title) }] : []));

/** What `markMaterial` made in a text, in its order. */
export const materialsIn = (text: string): readonly { readonly title: string; readonly text: string }[] =>
  blocksIn(text);

/** Line by line, each once: people paste thousands of lines that look like titles, and history is read at each question. */
function blocksIn(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { readonly title: string; readonly from: number; readonly begins: number } | undefined;
  for (let at = 0; at <= text.length;) {
    const end = text.indexOf("\n", at);
    const to = end < 0 ? text.length : end;
    const line = text.slice(at, to);
    if (open === undefined) {
      if (line.startsWith("[") && line.indexOf("]") === line.length - 1)
        open = { title: line.slice(1, -1), from: at, begins: to + 1 };
    } else if (line === endMark) {
      const { title, from, begins } = open;
      blocks.push({ title, text: text.slice(begins, Math.max(begins, at - 1)), from, to });
      open = undefined;
    }
    at = to + 1;
  }
  return blocks;
}

/** What someone said where several write, after their name: nothing in it can stand where a name or a title does. */
export function markSpeech(name: string, text: string): string {
  return `${oneName(name)}: ${text.split(lineBreak).join("\n  ")}`;
}

/** A name as it may stand in a mark: one line, without what marks are made of. */
export function oneName(name: string): string {
  const plain = name
    .replaceAll(/[[\]［］【】〔〕:：]/gu, " ")
    .replaceAll(/[\s\p{Cc}]+/gu, " ")
    .trim();
  return plain === "" ? "someone" : plain.slice(0, 100);
}

const bare = (line: string): string => line.normalize("NFKC").replaceAll(unseen, "").toLowerCase();
