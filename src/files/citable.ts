import type { Material } from "../conversation/question.ts";
import { piecesOf } from "../sources/pieces.ts";
import type { ReadPassage } from "../tools/tool.ts";
import type { FileEntry } from "./files.ts";
import { partName } from "./show.ts";

/** What was read of one part of a file, in pieces that an answer can cite by the part's label. */
export function citable(
  { id, name, parts }: Pick<FileEntry, "id" | "name" | "parts">,
  part: number,
  text: string,
): readonly ReadPassage[] {
  const { label = "", title = "" } = parts[part] ?? {};
  const source = { file: id, title: name, ...(label !== "" && { label }) };
  const isNamed = title === "" || text.slice(0, 2 * title.length).includes(title);
  return piecesOf(isNamed ? text : `# ${title}\n\n${text}`).map((piece) => ({ source, text: piece }));
}

/** Several parts in their order, the first of them at this index. */
export const citableParts = (
  entry: Pick<FileEntry, "id" | "name" | "parts">,
  from: number,
  texts: readonly string[],
): readonly ReadPassage[] => texts.flatMap((text, index) => citable(entry, from + index, text));

/** The same for an answer that cites nothing: where the form of an answer matters, no numbers stand in it. */
export function uncited({ title, text }: Material): Material {
  if (typeof text === "string") return { title, text };
  let before: string | undefined;
  const lines = text.map(({ source: { label = "" }, text: piece }) => {
    const heading = label === before ? "" : partName({ label });
    before = label;
    return heading === "" ? piece : `## ${heading}\n\n${piece}`;
  });
  return { title, text: lines.join("\n\n") };
}
