import type { Blockquote, List, ListItem, PhrasingContent, RootContent } from "mdast";
import { cover, indent, join, type Marked, plain } from "./marked.ts";
import { tableToText } from "./table.ts";

/** What differs between platforms that take marked text. */
export interface MarkOptions {
  /** The addresses that a link may have; others stand in the text. */
  readonly links: RegExp;
  /** How wide a table may be, in columns of code. */
  readonly tableWidth: number;
}

/** A document as marked text. Quotes don't nest, and code neither holds marks nor is a link. */
export function markDocument(blocks: readonly RootContent[], options: MarkOptions): Marked {
  return join(
    blocks.map((block) => markBlock(block, options)),
    "\n\n",
  );
}

function markBlock(block: RootContent, options: MarkOptions): Marked {
  switch (block.type) {
    case "paragraph": {
      const words = markInline(block.children, options);
      return block.data?.quiet ? cover(words, { type: "italic" }) : words;
    }
    case "heading": {
      const bold = cover(markInline(block.children, options), { type: "bold" });
      return block.depth === 1 ? cover(bold, { type: "underline" }) : bold;
    }
    case "code":
      return cover(plain(block.value), { type: "pre", ...(block.lang && { language: block.lang }) });
    case "list":
      return markList(block, options);
    case "blockquote":
      return markQuote(block, options);
    case "table":
      return cover(plain(tableToText(block, options.tableWidth)), { type: "pre" });
    case "thematicBreak":
      return plain("———");
    default:
      return plain("");
  }
}

function markList({ children, ordered, start, spread }: List, options: MarkOptions): Marked {
  const items = children.map((item, index) =>
    markItem(item, ordered ? `${(start ?? 1) + index}. ` : "• ", options),
  );
  return join(items, spread ? "\n\n" : "\n");
}

const further = "   ";

function markItem({ children, checked, data }: ListItem, bullet: string, options: MarkOptions): Marked {
  const first = typeof checked === "boolean" ? (checked ? "☑ " : "☐ ") : bullet;
  const content = join(
    children.map((child) => markBlock(child, options)),
    "\n",
  );
  return indent(content, data?.continues ? further : first, further);
}

/** The lines of a quote within a quote begin with a bar. */
function markQuote({ children, data }: Blockquote, options: MarkOptions): Marked {
  const summary = data?.summary;
  const title = summary === undefined ? [] : [cover(plain(summary), { type: "bold" })];
  const blocks = children.map((child) => {
    const block = markBlock(child, options);
    return child.type === "blockquote" ? indent(block, "┃ ", "┃ ") : block;
  });
  const { text, marks } = join([...title, join(blocks, "\n\n")], "\n");
  const inner = marks.filter(({ type }) => type !== "quote" && type !== "fold");
  return cover({ text, marks: inner }, { type: summary === undefined ? "quote" : "fold" });
}

function markInline(nodes: readonly PhrasingContent[], options: MarkOptions): Marked {
  return join(nodes.map((node) => markPhrase(node, options)));
}

function markPhrase(node: PhrasingContent, options: MarkOptions): Marked {
  switch (node.type) {
    case "text":
      return plain(node.value);
    case "strong":
      return cover(markInline(node.children, options), { type: "bold" });
    case "emphasis":
      return cover(markInline(node.children, options), { type: "italic" });
    case "delete":
      return cover(markInline(node.children, options), { type: "strikethrough" });
    case "inlineCode":
      return cover(plain(node.value), { type: "code" });
    case "break":
      return plain("\n");
    case "link":
      return markLink(markInline(node.children, options), node.url, options);
    case "image":
      return markLink(plain(node.alt || node.url), node.url, options);
    default:
      return plain("");
  }
}

function markLink(words: Marked, url: string, { links }: MarkOptions): Marked {
  if (words.text === "" || words.text === url) return plain(url);
  if (!links.test(url)) return join([words, plain(` (${url})`)]);
  const marks = words.marks.filter(({ type }) => type !== "code");
  return cover({ text: words.text, marks }, { type: "link", url });
}
