import type { Blockquote, List, ListItem, PhrasingContent, RootContent } from "mdast";
import { tableToText } from "../../src/text/table.ts";
import { cover, type Formatted, indent, join, plain, style } from "./formatted.ts";

/** Letters that a phone shows in one line of code, or nearly. */
const tableWidth = 44;

/** A document as text with entities, which every Telegram client shows. */
export function formatBlocks(blocks: readonly RootContent[]): Formatted {
  return join(blocks.map(formatBlock), "\n\n");
}

function formatBlock(block: RootContent): Formatted {
  switch (block.type) {
    case "paragraph": {
      const words = formatInline(block.children);
      return block.data?.quiet ? style(words, "italic") : words;
    }
    case "heading": {
      const bold = style(formatInline(block.children), "bold");
      return block.depth === 1 ? style(bold, "underline") : bold;
    }
    case "code":
      return codeBlock(block.value, block.lang ?? undefined);
    case "list":
      return formatList(block);
    case "blockquote":
      return formatQuote(block);
    case "table":
      return codeBlock(tableToText(block, tableWidth));
    case "thematicBreak":
      return plain("———");
    default:
      return plain("");
  }
}

function codeBlock(value: string, language?: string): Formatted {
  return cover(plain(value), { type: "pre", offset: 0, length: value.length, ...(language && { language }) });
}

function formatList({ children, ordered, start, spread }: List): Formatted {
  const items = children.map((item, index) => formatItem(item, ordered ? `${(start ?? 1) + index}. ` : "• "));
  return join(items, spread ? "\n\n" : "\n");
}

const further = "   ";

function formatItem({ children, checked, data }: ListItem, bullet: string): Formatted {
  const mark = typeof checked === "boolean" ? (checked ? "☑ " : "☐ ") : bullet;
  return indent(join(children.map(formatBlock), "\n"), data?.continues ? further : mark, further);
}

/** Telegram knows no quote in a quote: the inner one's lines are marked. */
function formatQuote({ children, data }: Blockquote): Formatted {
  const summary = data?.summary;
  const title = summary === undefined ? [] : [style(plain(summary), "bold")];
  const blocks = children.map((child) =>
    child.type === "blockquote" ? indent(formatBlock(child), "┃ ", "┃ ") : formatBlock(child),
  );
  const { text, entities } = join([...title, join(blocks, "\n\n")], "\n");
  const inner = entities.filter(({ type }) => type !== "blockquote" && type !== "expandable_blockquote");
  return style({ text, entities: inner }, summary === undefined ? "blockquote" : "expandable_blockquote");
}

function formatInline(nodes: readonly PhrasingContent[]): Formatted {
  return join(nodes.map(formatPhrase));
}

function formatPhrase(node: PhrasingContent): Formatted {
  switch (node.type) {
    case "text":
      return plain(node.value);
    case "strong":
      return style(formatInline(node.children), "bold");
    case "emphasis":
      return style(formatInline(node.children), "italic");
    case "delete":
      return style(formatInline(node.children), "strikethrough");
    case "inlineCode":
      return style(plain(node.value), "code");
    case "break":
      return plain("\n");
    case "link":
      return formatLink(formatInline(node.children), node.url);
    case "image":
      return formatLink(plain(node.alt || node.url), node.url);
    default:
      return plain("");
  }
}

/** Telegram drops links to anything but the web without a word: then the address stands in the text. */
function formatLink(words: Formatted, url: string): Formatted {
  if (words.text === "" || words.text === url) return plain(url);
  if (!/^(?:https?|tg|mailto):/iu.test(url)) return join([words, plain(` (${url})`)]);
  // Code can't be a link.
  const linked = { ...words, entities: words.entities.filter(({ type }) => type !== "code") };
  return cover(linked, { type: "text_link", offset: 0, length: words.text.length, url });
}
