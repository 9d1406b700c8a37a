import type { Code, Image, Link, List, ListItem, Nodes, Table, TableRow } from "mdast";

/**
 * Readable text without markup, for logs, tests and fallbacks: fences are kept, rows are `a | b`, links `text (url)`.
 * What a part repeats from the one before (an item's mark, a table's header) is left out.
 */
export function toPlainText(node: Nodes): string {
  switch (node.type) {
    case "root":
      return blocks(node.children);
    case "blockquote":
      return indent(blocks(node.children), "> ");
    case "list":
      return list(node);
    case "listItem":
      return itemText(node, "- ");
    case "code":
      return fence(node);
    case "table":
      return rows(node).map(toPlainText).join("\n");
    case "tableRow":
      return node.children.map(toPlainText).join(" | ");
    case "thematicBreak":
      return "---";
    case "link":
    case "image":
      return resource(node);
    case "break":
      return "\n";
    default:
      if ("children" in node) return inline(node.children);
      return "value" in node ? node.value : "";
  }
}

const blocks = (nodes: readonly Nodes[]): string => nodes.map(toPlainText).join("\n\n");

const inline = (nodes: readonly Nodes[]): string => nodes.map(toPlainText).join("");

/** The rows a table has of its own: without the header it repeats. */
const rows = (table: Table): readonly TableRow[] =>
  table.data?.continues === true ? table.children.slice(1) : table.children;

function list({ children, ordered, start, spread }: List): string {
  const mark = (index: number): string => (ordered === true ? `${(start ?? 1) + index}. ` : "- ");
  return children.map((item, index) => itemText(item, mark(index))).join(spread === true ? "\n\n" : "\n");
}

function itemText(item: ListItem, mark: string): string {
  const box = typeof item.checked === "boolean" ? `[${item.checked ? "x" : " "}] ` : "";
  const text = item.children.map(toPlainText).join(item.spread ? "\n\n" : "\n");
  const indented = indent(text, " ".repeat(mark.length));
  return item.data?.continues === true ? indented : mark + box + indented.slice(mark.length);
}

function resource(node: Link | Image): string {
  const text = node.type === "link" ? inline(node.children) : (node.alt ?? "");
  if (text === "" || text === node.url || node.url === `mailto:${text}`) return text || node.url;
  return `${text} (${node.url})`;
}

function fence({ lang, meta, value }: Code): string {
  const longest = Math.max(0, ...Array.from(value.matchAll(/`+/gu), ([run]) => run.length));
  const marks = "`".repeat(Math.max(3, longest + 1));
  return `${marks}${[lang, meta].filter(Boolean).join(" ")}\n${value}\n${marks}`;
}

const indent = (text: string, by: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? by.trimEnd() : by + line))
    .join("\n");
