import type { Nodes, RootContent } from "mdast";

/** The beginning of a text that can't change its meaning any more, and the blocks it stands for. */
export interface Settled {
  readonly text: string;
  readonly blocks: readonly RootContent[];
}

/**
 * How many of these blocks, parsed from `text`, stay as they are however it goes on, and how far in it they reach: those
 * before the last one that begins after an empty line and whose first line is whole.
 */
export function settledIn(blocks: readonly RootContent[], text: string): { count: number; length: number } {
  for (let count = blocks.length - 1; count > 0; count--) {
    const [before, block] = blocks.slice(count - 1, count + 1);
    // Its indentation counts: what follows may belong to it by its own.
    const length = text.lastIndexOf("\n", startOf(block)) + 1;
    const isApart = /\n[ \t]*\n$/u.test(text.slice(Math.max(0, length - 80), length));
    const isWhole = text.includes("\n", length);
    // What may stand right after indented code, micromark decides by what stood before it.
    if (isApart && isWhole && !endsIndented(before, text) && !endsIndented(block, text))
      return { count, length };
  }
  return { count: 0, length: 0 };
}

function endsIndented(node: Nodes | undefined, text: string): boolean {
  if (node?.type === "code") return /[ \t]/u.test(text.charAt(startOf(node)));
  return node !== undefined && "children" in node && endsIndented(node.children.at(-1), text);
}

/** Where a parsed block begins in its text. */
const startOf = (block: Nodes | undefined): number => block?.position?.start.offset ?? 0;
