import type { Api } from "grammy";
import type { RichBlockTableCell, RichText } from "grammy/types";
import type { List, Paragraph, PhrasingContent, RootContent, Table } from "mdast";
import { displayedFormula, hasFormula, splitFormulas } from "../../src/text/formulas.ts";

/** A block of a rich message that brings no files of its own. */
export type Block = NonNullable<Parameters<Api["sendRichMessageDraft"]>[2]["blocks"]>[number];

/** Whether a document has what text with entities shows badly: tables, formulas, details that the model asked for. */
export function needsRich(content: readonly RootContent[]): boolean {
  return content.some(
    (node) =>
      node.type === "table" ||
      (node.type === "code" && node.lang === "math") ||
      (node.type === "blockquote" && node.data?.fromModel) ||
      (node.type === "text" && hasFormula(node.value)) ||
      ("children" in node && needsRich(node.children)),
  );
}

/** A document as a rich message. */
export const richBlocks = (content: readonly RootContent[]): readonly Block[] => content.map(blockOf);

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
  const expression =
    children.length === 1 && only?.type === "text" ? displayedFormula(only.value) : undefined;
  if (expression !== undefined) return { type: "mathematical_expression", expression };
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

const inline = (nodes: readonly PhrasingContent[]): RichText => nodes.flatMap(phraseOf);

const styles = { strong: "bold", emphasis: "italic", delete: "strikethrough" } as const;

function phraseOf(node: PhrasingContent): RichText {
  switch (node.type) {
    case "text":
      return withFormulas(node.value);
    case "strong":
    case "emphasis":
    case "delete":
      return { type: styles[node.type], text: inline(node.children) };
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

const withFormulas = (text: string): RichText =>
  splitFormulas(text).map((part) =>
    "text" in part ? part.text : { type: "mathematical_expression", expression: part.formula },
  );
