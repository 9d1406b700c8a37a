import type { types } from "@slack/bolt";
import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** What a person reads in blocks: code in its fences, tables as their cells, links as `text (url)`. */
export function plainBlocks(blocks: readonly types.KnownBlock[]): string {
  return blocks.map(plainBlock).filter(Boolean).join("\n");
}

function plainBlock(block: types.KnownBlock): string {
  switch (block.type) {
    case "markdown":
      return toPlainText(block.text);
    case "context":
      return block.elements.map((each) => (each.type === "image" ? "" : plainMrkdwn(each.text))).join("\n");
    case "container":
      return [block.title?.text ?? "", ...block.child_blocks.map(plainBlock)].join("\n");
    case "rich_text":
      return block.elements.map(textIn).join("\n");
    default:
      return "";
  }
}

function textIn(value: unknown): string {
  if (Array.isArray(value)) return value.map(textIn).join("");
  if (typeof value !== "object" || value === null) return "";
  if ("text" in value && typeof value.text === "string") return value.text;
  return "elements" in value ? textIn(value.elements) : "";
}

export function plainMrkdwn(text: string): string {
  return text
    .replaceAll(/<(?<url>https?:[^|>]+)\|(?<label>[^>]+)>/gu, "$<label> ($<url>)")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

export function toPlainText(markdown: string): string {
  const document = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return plainNode(document);
}

const linkText = (label: string, url: string): string => (label === url ? url : `${label} (${url})`);

/** How the parts of each kind of node stand beside each other; inline ones without anything. */
const between: Partial<Record<Nodes["type"], string>> = {
  tableRow: " | ",
  listItem: "\n",
  list: "\n",
  table: "\n",
  root: "\n\n",
  blockquote: "\n\n",
};

function plainNode(node: Nodes): string {
  if (node.type === "code") return `\`\`\`${node.lang ?? ""}\n${node.value}\n\`\`\``;
  if (node.type === "break") return "\n";
  if (node.type === "image") return `${node.alt ?? ""} (${node.url})`;
  if (!("children" in node)) return "value" in node ? node.value : "";
  const text = node.children.map((child) => plainNode(child)).join(between[node.type] ?? "");
  return node.type === "link" ? linkText(text, node.url) : text;
}
