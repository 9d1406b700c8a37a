import type { Paragraph, RootContent } from "mdast";
import { toPlainText } from "./plain.ts";

/**
 * A block in a simpler form that can be split further, for one of which not even a piece fits in a whole part, such as a
 * link with an endless address: its first block becomes a paragraph of plain text. Undefined when it is as simple as can be.
 */
export function simplify<Node extends RootContent>(node: Node): Node | Paragraph | undefined;
export function simplify(node: RootContent): RootContent | undefined {
  if (node.type === "list" || node.type === "listItem" || node.type === "blockquote") {
    const [first, ...rest] = node.children;
    const simpler = first && simplify(first);
    if (simpler) return { ...node, children: [simpler, ...rest] as never };
    if (node.type === "listItem") return undefined;
  }
  const isPlain = node.type === "paragraph" && node.children.every((child) => child.type === "text");
  if (isPlain || node.type === "thematicBreak") return undefined;
  return { type: "paragraph", children: [{ type: "text", value: toPlainText(node).trim() }] };
}
