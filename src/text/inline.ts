import type { PhrasingContent } from "mdast";

/** Stands in for an image, which can't be split. */
const placeholder = "\uFFFC";

/** The characters of inline content, one for one what `sliceInline` counts in; an image or break is one. */
export function inlineText(nodes: readonly PhrasingContent[]): string {
  return nodes.map((node) => ownText(node) ?? inlineText(childrenOf(node))).join("");
}

/** The same with code and link texts masked as one long word each: nothing in them looks like a place to split. */
export function inlineTextMasked(nodes: readonly PhrasingContent[]): string {
  return nodes
    .map((node) => {
      if (node.type === "link" || node.type === "inlineCode") return "x".repeat(inlineText([node]).length);
      return ownText(node) ?? inlineTextMasked(childrenOf(node));
    })
    .join("");
}

/** The part of inline content between two offsets; what encloses a cut (emphasis, links) is closed and opened again. */
export function sliceInline(
  nodes: readonly PhrasingContent[],
  start: number,
  end: number,
): PhrasingContent[] {
  const slice: PhrasingContent[] = [];
  let offset = 0;
  for (const node of nodes) {
    if (offset >= end) break;
    const length = inlineLength(node);
    const from = Math.max(0, start - offset);
    const to = Math.min(length, end - offset);
    if (from < to) slice.push(from === 0 && to === length ? node : sliceNode(node, from, to));
    offset += length;
  }
  return slice;
}

function sliceNode(node: PhrasingContent, start: number, end: number): PhrasingContent {
  if (node.type === "text" || node.type === "inlineCode")
    return { ...node, value: node.value.slice(start, end) };
  if ("children" in node) return { ...node, children: sliceInline(node.children, start, end) };
  return node;
}

function inlineLength(node: PhrasingContent): number {
  return ownText(node)?.length ?? childrenOf(node).reduce((length, child) => length + inlineLength(child), 0);
}

/** Undefined for what has children instead. */
function ownText(node: PhrasingContent): string | undefined {
  if (node.type === "break") return "\n";
  if ("value" in node) return node.value;
  return "children" in node ? undefined : placeholder;
}

const childrenOf = (node: PhrasingContent): readonly PhrasingContent[] =>
  "children" in node ? node.children : [];
