import type { RootContent } from "mdast";

/** How many growing texts are remembered at once. */
const remembered = 16;

/** The beginning of a text that can't change its meaning any more, and the blocks it stands for. */
export interface Settled {
  readonly text: string;
  readonly blocks: readonly RootContent[];
}

/** Remembers what of growing texts is settled, so that each new version is parsed from there; the oldest is forgotten. */
export function rememberSettled() {
  const entries = new Set<Settled>();
  return {
    /** The longest settled beginning of this text. */
    find(text: string): Settled {
      let found: Settled = { text: "", blocks: [] };
      for (const entry of entries)
        if (entry.text.length > found.text.length && text.startsWith(entry.text)) found = entry;
      return found;
    },
    /** Takes the place of what was settled of the same text before. */
    add(settled: Settled, before: Settled): void {
      entries.delete(before);
      entries.add(settled);
      for (const oldest of entries) {
        if (entries.size <= remembered) break;
        entries.delete(oldest);
      }
    },
  };
}

/**
 * How many of these top-level blocks, parsed from `text`, stay as they are however the text goes on: those before the last
 * block that begins after an empty line and whose first line is whole.
 */
export function countSettled(blocks: readonly RootContent[], text: string): number {
  const last = blocks.findLastIndex((block) => {
    const start = startOf(block);
    return /\n[ \t]*\n$/u.test(text.slice(Math.max(0, start - 80), start)) && text.includes("\n", start);
  });
  return Math.max(0, last);
}

/** Where a parsed block begins in its text. */
export const startOf = (block: RootContent | undefined): number => block?.position?.start.offset ?? 0;
