import type { Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import type { Answer } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { fold, underAnswer } from "../../src/text/under-answer.ts";

declare module "mdast" {
  interface BlockquoteData {
    /** Whether the model asked for the fold, by `<details>`. */
    fromModel?: boolean;
  }
}

/** The whole of an answer as one document. While it grows, it only gets longer at its end. */
export function documentOf(answer: Answer): Root {
  const growing = answer.state === "growing";
  const body = foldDetails(parseMarkdown(answer.text, { growing }).children);
  const under = growing ? [] : underAnswer(answer, { foldSources: true, nameInReceipt: false });
  return { type: "root", children: [...nameOf(answer), ...body, ...under] };
}

function nameOf({ persona }: Answer): Paragraph[] {
  if (persona === undefined) return [];
  const name: PhrasingContent = { type: "strong", children: [{ type: "text", value: persona }] };
  return [{ type: "paragraph", children: [name] }];
}

/** Models write `<details>` as HTML, which is text in Markdown: from its first line to its last it becomes one quote. */
function foldDetails(blocks: readonly RootContent[]): readonly RootContent[] {
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
