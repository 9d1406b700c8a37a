import type { Blockquote, BlockContent, Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import type { Answer } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { receiptPieces } from "../../src/text/receipt.ts";

declare module "mdast" {
  interface BlockquoteData {
    /** Makes it a quote that opens when it is touched, under this title. */
    summary?: string;
    /** Whether the model asked for it, by `<details>`. */
    fromModel?: boolean;
  }
  interface ParagraphData {
    /** Small and quiet, where that can be. */
    footer?: boolean;
  }
}

/** The whole of an answer as one document. While it grows, it only gets longer at its end. */
export function documentOf(answer: Answer): Root {
  const growing = answer.state === "growing";
  const name =
    answer.persona === undefined ? [] : [paragraph({ type: "strong", children: [text(answer.persona)] })];
  const body = foldDetails(parseMarkdown(answer.text, { growing }).children);
  return { type: "root", children: [...name, ...body, ...(growing ? [] : tailOf(answer))] };
}

function tailOf({ thinking, sources, notices, receipt, footer }: Answer): RootContent[] {
  const pieces = receipt ? receiptPieces(receipt, footer) : [];
  const thoughts = parseMarkdown(thinking, { growing: false }).children;
  const links = sources.map(({ url, title }, index) =>
    paragraph(text(`[${index + 1}] `), { type: "link", url, children: [text(title ?? url)] }),
  );
  return [
    ...(thoughts.length > 0 ? [fold({ summary: "Thinking" }, thoughts)] : []),
    ...(links.length > 0 ? [fold({ summary: "Sources" }, links)] : []),
    ...notices.map((notice) => quiet(notice)),
    ...(pieces.length > 0 ? [{ ...quiet(pieces.join(" · ")), data: { footer: true } }] : []),
  ];
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

const fold = (data: Blockquote["data"] & object, content: readonly RootContent[]): Blockquote => ({
  type: "blockquote",
  data,
  children: content as BlockContent[],
});

const text = (value: string): PhrasingContent => ({ type: "text", value });
const paragraph = (...children: PhrasingContent[]): Paragraph => ({ type: "paragraph", children });
const quiet = (words: string): Paragraph => paragraph({ type: "emphasis", children: [text(words)] });
