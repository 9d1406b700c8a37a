import type { BlockContent, Code, Definition, DefinitionContent, FootnoteDefinition, List } from "mdast";
import type { ListItem, Paragraph, PhrasingContent, Root, RootContent, Table } from "mdast";
import { joinInline, literalLink, normalizeInline, text } from "./normalize-inline.ts";
import { collectReferences, type References } from "./references.ts";

type Block = BlockContent | DefinitionContent;

/** The same document in fewer kinds of nodes (those `parseMarkdown` names), without positions and empty blocks. */
export function normalize(root: Root): Root {
  return { type: "root", children: normalizeBlocks(root.children, collectReferences(root)) };
}

/** A list's `spread` follows from its items, so that a later item does not change how the ones before it look. */
export const anySpread = (items: readonly ListItem[]): boolean => items.some((item) => item.spread === true);

function normalizeBlocks(nodes: readonly RootContent[], references: References): Block[] {
  return nodes.flatMap((node) => normalizeBlock(node, references));
}

function normalizeBlock(node: RootContent, references: References): Block[] {
  switch (node.type) {
    case "paragraph":
    case "heading": {
      const children = normalizeInline(node.children, references);
      if (children.length === 0) return [];
      return node.type === "paragraph"
        ? [paragraph(children)]
        : [{ type: "heading", depth: node.depth, children }];
    }
    case "blockquote": {
      const children = normalizeBlocks(node.children, references);
      return children.length === 0 ? [] : [{ type: "blockquote", children }];
    }
    case "code":
      return normalizeCode(node);
    case "list":
      return normalizeList(node, references);
    case "table":
      return normalizeTable(node, references);
    case "thematicBreak":
      return [{ type: "thematicBreak" }];
    case "definition":
      return references.used.has(node.identifier) ? [] : [unusedDefinition(node)];
    case "footnoteDefinition":
      return normalizeFootnote(node, references);
    default:
      // Nothing else stands among blocks, since HTML is inline text here.
      return [];
  }
}

const paragraph = (children: PhrasingContent[]): Paragraph => ({ type: "paragraph", children });

function normalizeCode({ lang = null, meta = null, value }: Code): Block[] {
  return value.trim() === "" ? [] : [{ type: "code", lang, meta, value }];
}

function normalizeList(list: List, references: References): Block[] {
  const items = list.children.map((item): ListItem => {
    const children = normalizeBlocks(item.children, references);
    const spread = item.spread === true && children.length > 1;
    return { type: "listItem", checked: item.checked ?? null, spread, children };
  });
  while (items.at(-1)?.children.length === 0) items.pop();
  if (items.length === 0) return [];
  const { ordered = false, start = null } = list;
  return [{ type: "list", ordered, start, spread: anySpread(items), children: items }];
}

function normalizeTable(table: Table, references: References): Block[] {
  const rows = table.children.map((row) => ({
    type: "tableRow" as const,
    children: row.children.map((cell) => ({
      type: "tableCell" as const,
      children: normalizeInline(cell.children, references),
    })),
  }));
  const empty = rows.every((row) => row.children.every((cell) => cell.children.length === 0));
  return empty ? [] : [{ type: "table", align: table.align ?? [], children: rows }];
}

/** What nothing refers to is shown as it was written. */
function unusedDefinition({ label, identifier, url, title }: Definition): Paragraph {
  const after = title ? [text(` "${title}"`)] : [];
  return paragraph([text(`[${label ?? identifier}]: `), literalLink(url), ...after]);
}

function normalizeFootnote(footnote: FootnoteDefinition, references: References): Block[] {
  const mark = `[${footnote.label ?? footnote.identifier}]`;
  const [first, ...rest] = normalizeBlocks(footnote.children, references);
  if (first?.type === "paragraph")
    return [paragraph(joinInline([text(`${mark} `), ...first.children])), ...rest];
  return [paragraph([text(mark)]), ...(first ? [first] : []), ...rest];
}
