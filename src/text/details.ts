import type { RootContent } from "mdast";
import { fold } from "./under-answer.ts";

declare module "mdast" {
  interface BlockquoteData {
    /** Whether the model asked for the fold, by `<details>`. */
    fromModel?: boolean;
  }
}

/** Models write `<details>` as HTML, which is text in Markdown: from its first line to its last it becomes one fold. */
export function foldDetails(blocks: readonly RootContent[]): readonly RootContent[] {
  const start = blocks.findIndex((block) => summaryIn(block) !== undefined);
  const opening = blocks[start];
  if (!opening) return blocks;
  const length = blocks.slice(start).findIndex((block) => wordsOf(block).trim() === "</details>");
  const end = length < 0 ? blocks.length : start + length;
  const folded = fold({ summary: summaryIn(opening) ?? "", fromModel: true }, blocks.slice(start + 1, end));
  return [...blocks.slice(0, start), folded, ...foldDetails(blocks.slice(end + 1))];
}

const summaryIn = (block: RootContent): string | undefined =>
  /^<details[^>]*>\s*<summary>(?<summary>.*)<\/summary>$/su.exec(wordsOf(block).trim())?.groups?.["summary"];

function wordsOf(block: RootContent): string {
  if (block.type !== "paragraph") return "";
  return block.children.map((child) => (child.type === "text" ? child.value : "\n")).join("");
}
