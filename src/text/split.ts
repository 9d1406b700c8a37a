import type { BlockContent, Blockquote, DefinitionContent } from "mdast";
import type { List, ListItem, Nodes, RootContent, Table, TableRow } from "mdast";
import { largestFitting } from "./largest-fitting.ts";
import { anySpread } from "./normalize.ts";
import type { Space, Split } from "./space.ts";
import { countWithin, splitCode, splitInline } from "./split-text.ts";

type Block = BlockContent | DefinitionContent;

/**
 * As many nodes as fit, the last of them split where that is worth it; undefined when not even a piece of the first fits.
 * Headings stay with what follows. The tail is empty when everything fits.
 */
export function splitChildren<Child extends RootContent>(
  children: readonly Child[],
  space: Space<readonly Child[]>,
): Split<readonly Child[]> | undefined {
  const guess = countWithin(children.map(weigh), space.room);
  const count = largestFitting(children.length, guess, (n) => space.fits(children.slice(0, n)));
  const before = children.slice(0, count);
  const [next, ...after] = children.slice(count);
  if (next === undefined) return { head: before, tail: [] };

  const alone = space.alone && before.every(isLead);
  const split = splitNode<Child>(next, {
    fits: (head) => space.fits([...before, head]),
    alone,
    room: space.room - weighAll(before),
  });
  if (split && (alone || isWorthwhile(split.head, before)))
    return { head: [...before, split.head], tail: [split.tail, ...after] };

  const kept = before.slice(0, before.findLastIndex((child) => !isLead(child)) + 1);
  const head = kept.length > 0 || !space.alone ? kept : before;
  return head.length > 0 ? { head, tail: children.slice(head.length) } : undefined;
}

/** A node splits into nodes of its own kind. Undefined: it can't be split, or not even a piece of it fits. */
function splitNode<Node extends RootContent>(node: Node, space: Space<Node>): Split<Node> | undefined;
function splitNode(node: RootContent, space: Space<RootContent>): Split<RootContent> | undefined {
  switch (node.type) {
    case "paragraph":
      return splitInline(node, space);
    case "heading":
      return space.alone ? splitInline(node, space) : undefined;
    case "code":
      return splitCode(node, space);
    case "table":
      return splitTable(node, space);
    case "list":
      return splitList(node, space);
    case "listItem":
      return splitItem(node, space);
    case "blockquote": {
      const wrap = (children: readonly Block[]): Blockquote => ({ ...node, children: [...children] });
      return splitWithin(node.children, space, { head: wrap, tail: wrap });
    }
    default:
      return undefined;
  }
}

/** The numbers go on: a tail's first item is the next one, or the rest of the one that was split. */
function splitList(list: List, space: Space<RootContent>): Split<RootContent> | undefined {
  const head = (items: readonly ListItem[]): List => ({
    ...list,
    spread: anySpread(items),
    children: [...items],
  });
  return splitWithin(list.children, space, {
    head,
    tail: (items) => ({
      ...head(items),
      start: list.ordered === true ? (list.start ?? 1) + list.children.length - items.length : null,
    }),
  });
}

function splitItem(item: ListItem, space: Space<RootContent>): Split<RootContent> | undefined {
  const head = (children: readonly Block[]): ListItem => ({
    ...item,
    spread: item.spread === true && children.length > 1,
    children: [...children],
  });
  return splitWithin(item.children, space, {
    head,
    tail: (children) => ({ ...head(children), checked: null, data: { ...item.data, continues: true } }),
  });
}

function splitTable(table: Table, space: Space<RootContent>): Split<RootContent> | undefined {
  const [header, ...rows] = table.children;
  if (header === undefined) return undefined;
  const withRows = (rows: readonly TableRow[]): Table => ({ ...table, children: [header, ...rows] });
  const guess = countWithin(rows.map(weigh), space.room - weigh(header));
  const count = largestFitting(rows.length - 1, guess, (n) => space.fits(withRows(rows.slice(0, n))));
  if (count === 0) return undefined;
  const tail = { ...withRows(rows.slice(count)), data: { ...table.data, continues: true } };
  return { head: withRows(rows.slice(0, count)), tail };
}

/** Splits a container by its children; `wrap` makes containers of what comes first and of what is left. */
function splitWithin<Child extends RootContent>(
  children: readonly Child[],
  space: Space<RootContent>,
  wrap: Record<keyof Split<unknown>, (children: readonly Child[]) => RootContent>,
): Split<RootContent> | undefined {
  const split = splitChildren(children, { ...space, fits: (head) => space.fits(wrap.head(head)) });
  return split && { head: wrap.head(split.head), tail: wrap.tail(split.tail) };
}

/** Whether it says nothing without what follows: a heading, or an item that is only a number. */
const isLead = (node: Nodes): boolean =>
  node.type === "heading" || (node.type === "listItem" && node.children.length === 0);

/** A small piece is better read with its rest in the next part; code and tables more so than text. */
function isWorthwhile(piece: Nodes, before: readonly Nodes[]): boolean {
  const share = piece.type === "code" || piece.type === "table" ? 1 : 1 / 4;
  return weigh(piece) >= weighAll(before) * share;
}

/** About how many characters a node shows. */
function weigh(node: Nodes): number {
  if ("children" in node) return weighAll(node.children) + 1;
  return ("value" in node ? node.value.length : 0) + 1;
}

export const weighAll = (nodes: readonly Nodes[]): number =>
  nodes.reduce((sum, node) => sum + weigh(node), 0);
