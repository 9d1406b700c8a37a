import type { Blockquote, List, ListItem, Paragraph, PhrasingContent, Root, RootContent } from "mdast";
import { type Dialect, standardMarkdown } from "./dialect.ts";

/** A document as Markdown. It escapes only where a character would else mean something. */
export function writeMarkdown({ children }: Root, dialect: Dialect = standardMarkdown): string {
  return blocks(children, dialect);
}

function blocks(nodes: readonly RootContent[], dialect: Dialect): string {
  const second = secondLists(nodes);
  return nodes
    .map((node, index) => {
      const before = nodes[index - 1];
      return (before ? dialect.gap(before, node) : "") + block(node, dialect, second.has(node));
    })
    .join("");
}

function block(node: RootContent, dialect: Dialect, second: boolean): string {
  switch (node.type) {
    case "paragraph":
      return paragraph(node, dialect);
    case "heading": {
      const marks = "#".repeat(Math.min(node.depth, dialect.deepestHeading));
      return `${marks} ${inline(node.children, dialect).replaceAll(/(?<!\s)\s*\n/gu, " ")}`;
    }
    case "blockquote":
      return quotation(node, dialect);
    case "list":
      return list(node, dialect, second);
    case "code":
      return dialect.code(node);
    case "table":
      return dialect.table(node, ({ children }) => inline(children, dialect));
    case "thematicBreak":
      return dialect.rule;
    default:
      return inline([node as PhrasingContent], dialect);
  }
}

function paragraph({ children, data }: Paragraph, dialect: Dialect): string {
  const text = escapeLineStarts(inline(children, dialect));
  return data?.quiet ? prefixLines(text, dialect.quiet) : text;
}

function quotation({ children, data }: Blockquote, dialect: Dialect): string {
  const summary = data?.summary;
  if (summary !== undefined) return dialect.fold(summary, blocks(children, dialect));
  return prefixLines(blocks(children, { ...dialect, quote: dialect.innerQuote }), dialect.quote);
}

/** Each list right after one of its kind that has the usual marks: others tell it from that one. */
function secondLists(nodes: readonly RootContent[]): Set<RootContent> {
  const second = new Set<RootContent>();
  for (const [index, node] of nodes.entries()) {
    const before = nodes[index - 1];
    const follows = before?.type === "list" && node.type === "list" && before.ordered === node.ordered;
    if (follows && !second.has(before)) second.add(node);
  }
  return second;
}

function list({ children, ordered, start, spread }: List, dialect: Dialect, second: boolean): string {
  const [bullet, afterNumber] = second && !dialect.plainLists ? ["*", ")"] : ["-", "."];
  const items = children.map((item, index) =>
    listItem(item, ordered ? `${(start ?? 1) + index}${afterNumber} ` : `${bullet} `, dialect),
  );
  // Only a blank line lets a number after other text begin a list.
  const apart = spread || (ordered && children[0]?.data?.continues);
  return items.join(apart && !dialect.plainLists ? "\n\n" : "\n");
}

function listItem({ children, checked, spread, data }: ListItem, mark: string, dialect: Dialect): string {
  const { plainLists, boxes } = dialect;
  // What goes on from the part before has its mark there.
  const indent = data?.continues ? "" : " ".repeat(mark.length);
  const second = secondLists(children);
  const texts = children.map((child) => {
    const text = block(child, dialect, second.has(child));
    const exact = plainLists && (child.type === "code" || child.type === "table");
    return exact ? text : prefixLines(text, indent);
  });
  const text = texts.join(spread && !plainLists ? "\n\n" : "\n");
  if (data?.continues) return text;
  const box = typeof checked === "boolean" ? boxes[checked ? 0 : 1] : "";
  const first = children[0]?.type;
  const beside = !plainLists || first === "paragraph" || first === "heading";
  return beside ? mark + box + text.slice(indent.length) : `${(mark + box).trimEnd()}\n${text}`;
}

/** Lines without a word stay without the spaces of an indentation. */
const prefixLines = (text: string, prefix: string): string =>
  text.replaceAll(/^/gmu, prefix).replaceAll(/^ +$/gmu, "");

function inline(nodes: readonly PhrasingContent[], dialect: Dialect): string {
  return nodes.map((node) => phrase(node, dialect)).join("");
}

function phrase(node: PhrasingContent, dialect: Dialect): string {
  switch (node.type) {
    case "text":
      return dialect.escape(node.value);
    case "strong":
    case "emphasis":
    case "delete": {
      const words = inline(node.children, dialect);
      if (words.trim() === "") return words;
      if (node.type === "emphasis") return dialect.emphasize(words);
      return node.type === "strong" ? `**${words}**` : `~~${words}~~`;
    }
    case "inlineCode":
      return dialect.codeSpan(node.value);
    case "break":
      return dialect.lineBreak;
    case "link":
      return dialect.link(inline(node.children, dialect), node);
    case "image":
      return dialect.link(dialect.escape(node.alt ?? ""), node);
    default:
      return "value" in node ? node.value : "";
  }
}

/** Lines that begin like a list, a heading or a quote. */
const escapeLineStarts = (text: string): string =>
  text.replaceAll(
    /^(?<indent>[ \t]*)(?:(?<number>\d{1,9})(?=[.)](?:\s|$))|(?=>|[-+*#]+(?:\s|$)))/gmu,
    "$<indent>$<number>\\",
  );
