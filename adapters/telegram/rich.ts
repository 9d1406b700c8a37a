import type { Api } from "grammy";
import type { RichBlockTableCell, RichText } from "grammy/types";
import type { List, Paragraph, PhrasingContent, RootContent, Table } from "mdast";

/** A block of a rich message that brings no files of its own. */
export type Block = NonNullable<Parameters<Api["sendRichMessageDraft"]>[2]["blocks"]>[number];

/** What Telegram takes in one rich message, beside its letters. */
const limits = { blocks: 500, depth: 16, columns: 20 };

const formula =
  /\$\$(?<a>.+?)\$\$|\\\[(?<b>.+?)\\\]|\\\((?<c>.+?)\\\)|\$(?![\s$])(?<d>[^$]+?)(?<!\s)\$(?!\d)/gsu;
const onlyFormula = /^\s*(?:\$\$(?<a>[^$]+)\$\$|\\\[(?<b>(?:(?!\\\]).)+)\\\])\s*$/su;

/** Whether a document has what text with entities shows badly: tables, formulas, details that the model asked for. */
export function needsRich(content: readonly RootContent[]): boolean {
  return content.some(
    (node) =>
      node.type === "table" ||
      (node.type === "code" && node.lang === "math") ||
      (node.type === "blockquote" && node.data?.fromModel) ||
      (node.type === "text" && node.value.search(formula) >= 0) ||
      ("children" in node && needsRich(node.children)),
  );
}

/** A document as a rich message; undefined when it is more than one takes. */
export function richBlocks(content: readonly RootContent[]): readonly Block[] | undefined {
  const { count, depth, columns } = measure(content);
  const fits = count <= limits.blocks && depth <= limits.depth && columns <= limits.columns;
  return fits ? content.map(blockOf) : undefined;
}

function measure(content: readonly RootContent[]): { count: number; depth: number; columns: number } {
  const size = { count: content.length, depth: 0, columns: 0 };
  for (const node of content) {
    if (!("children" in node)) continue;
    const inner = measure(node.children);
    size.depth = Math.max(size.depth, inner.depth + 1);
    size.columns = Math.max(size.columns, inner.columns, node.type === "tableRow" ? node.children.length : 0);
    size.count +=
      node.type === "paragraph" || node.type === "heading" || node.type === "tableRow" ? 0 : inner.count;
  }
  return size;
}

function blockOf(node: RootContent): Block {
  switch (node.type) {
    case "paragraph":
      return paragraphOf(node);
    case "heading":
      return { type: "heading", size: node.depth, text: inline(node.children) };
    case "code":
      if (node.lang === "math") return { type: "mathematical_expression", expression: node.value };
      return { type: "pre", text: node.value, ...(node.lang && { language: node.lang }) };
    case "list":
      return listOf(node);
    case "blockquote": {
      const blocks = node.children.map(blockOf);
      const summary = node.data?.summary;
      return summary === undefined ? { type: "blockquote", blocks } : { type: "details", summary, blocks };
    }
    case "table":
      return tableOf(node);
    default:
      return { type: "divider" };
  }
}

function paragraphOf({ children, data }: Paragraph): Block {
  const [only] = children;
  const groups =
    children.length === 1 && only?.type === "text" ? onlyFormula.exec(only.value)?.groups : undefined;
  if (groups)
    return { type: "mathematical_expression", expression: (groups["a"] ?? groups["b"] ?? "").trim() };
  return { type: data?.quiet ? "footer" : "paragraph", text: inline(children) };
}

function listOf({ children, ordered, start }: List): Block {
  const items = children.map(({ children, checked }, index) => ({
    blocks: children.map(blockOf),
    ...(ordered && { value: (start ?? 1) + index, type: "1" as const }),
    ...(typeof checked === "boolean" && { has_checkbox: true as const }),
    ...(checked && { is_checked: true as const }),
  }));
  return { type: "list", items };
}

function tableOf({ children, align }: Table): Block {
  const cells = children.map((row, index) =>
    row.children.map((cell, column): RichBlockTableCell => ({
      text: inline(cell.children),
      align: align?.[column] ?? "left",
      valign: "top",
      ...(index === 0 && { is_header: true }),
    })),
  );
  return { type: "table", cells, is_bordered: true, is_striped: true };
}

function inline(nodes: readonly PhrasingContent[]): RichText {
  return nodes.map(phraseOf);
}

function phraseOf(node: PhrasingContent): RichText {
  switch (node.type) {
    case "text":
      return withFormulas(node.value);
    case "strong":
      return { type: "bold", text: inline(node.children) };
    case "emphasis":
      return { type: "italic", text: inline(node.children) };
    case "delete":
      return { type: "strikethrough", text: inline(node.children) };
    case "inlineCode":
      return { type: "code", text: node.value };
    case "link":
      return { type: "url", text: inline(node.children), url: node.url };
    case "image":
      return { type: "url", text: node.alt || node.url, url: node.url };
    default:
      return "\n";
  }
}

function withFormulas(text: string): RichText {
  const parts: RichText[] = [];
  let from = 0;
  for (const { index, 0: whole, groups = {} } of text.matchAll(formula)) {
    const expression = Object.values(groups).find((each) => each !== undefined) ?? "";
    parts.push(text.slice(from, index), { type: "mathematical_expression", expression });
    from = index + whole.length;
  }
  return from === 0 ? text : [...parts, text.slice(from)];
}
