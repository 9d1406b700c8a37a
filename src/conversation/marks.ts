/** The marks that tell in a prompt who wrote what, and how nobody can write marks that are not theirs. */
import type { Edit } from "../sources/edit.ts";

const endMark = "[end]";
const lineBreak = /\r\n?|[\n\v\f\u0085\u2028\u2029]/u;
/** However it is spelled: wide brackets, spaces and letters that nobody sees are no way around it. */
const startsWithEnd = /^[[［【〔]end[\]］】〕]/u;
const unseen = /[\s\p{Cc}\p{Cf}\p{Mn}]+/gu;

const material = /^\[([^\]\n]*)\]\n(?:.*\n)*?\[end\]$/gmu;

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
export const withoutMaterial = (text: string): string =>
  text.replaceAll(/^\[[^\]\n]*\](?: .*|\n[^]*?^\[end\])$/gmu, "");

/** The titles of what `markMaterial` made in a text. */
export const materialTitles = (text: string): readonly string[] =>
  [...text.matchAll(material)].map(([, title = ""]) => title);

/** What puts something in the place of the materials in a text whose title is meant. */
export const editsOfMaterial = (
  text: string,
  isMeant: (title: string) => boolean,
  by: (title: string) => string,
): readonly Edit[] =>
  Array.from(text.matchAll(material)).flatMap(({ index, 0: block, 1: title = "" }) =>
    isMeant(title) ? [{ from: index, to: index + block.length, by: by(title) }] : [],
  );

/** What `markMaterial` made in a text, in its order. */
export const materialsIn = (text: string): readonly { readonly title: string; readonly text: string }[] =>
  [...text.matchAll(material)].map(([block, title = ""]) => ({
    title,
    text: block.split("\n").slice(1, -1).join("\n"),
  }));

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
