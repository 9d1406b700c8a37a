import type { Root, RootContent } from "mdast";
import { once } from "./once.ts";
import { simplify } from "./simplify.ts";
import { splitChildren, weighAll } from "./split.ts";

/** Characters a first part holds, as a guess; from the second on the part before tells. */
const firstGuess = 1500;

/**
 * The document in parts that each fit, in order, with nothing lost but white space where it was split; at least one.
 * `fits` renders a part and measures it as the platform does; what is less than a part that fits must fit too.
 *
 * Text is split at line, sentence and word ends, and within a word only when it is longer than a part. Emphasis and links
 * are closed and opened again; code goes on in a fence of the same language, a table under its header, a list at its
 * number (`data.continues` marks the item or table that does). Headings stay with what follows.
 *
 * A part depends on what it holds and on the block after it alone. So while a text grows, all parts but the last two stay
 * as they are: the last one grows, and its first block may still go over from the one before. Only what changes
 * the meaning of earlier text changes more: a definition that arrives for a reference, or an emphasis mark or backtick
 * in a block longer than two parts that finds its partner, or never does.
 *
 * Throws when not even one character fits.
 */
export function paginate(document: Root, fits: (part: Root) => boolean): readonly Root[] {
  const known = stepsOf(fits);
  const parts: Root[] = [];
  let rest: readonly RootContent[] = document.children;
  let room = firstGuess;
  for (let [first] = rest; first; [first] = rest) {
    const before = known.get(first);
    const step = before && startsWith(rest, before.seen) ? before : takePart(rest, fits, room);
    if (step) {
      if (step.left.length > 0) known.set(first, step);
      parts.push(step.part);
      rest = [...step.left, ...rest.slice(step.seen.length)];
      room = step.weight;
    } else rest = simplifyFirst(rest);
  }
  return parts.length > 0 ? parts : [document];
}

/** A part taken from the beginning of some blocks. */
interface Step {
  readonly part: Root;
  readonly weight: number;
  /** The blocks that were looked at: whatever stands after them, the part is the same. */
  readonly seen: readonly RootContent[];
  /** What of them goes on in the next part. */
  readonly left: readonly RootContent[];
}

/** By the first block of each. Versions of a text share the blocks that don't change any more, and with them the parts. */
const stepsOf = once((_fits: (part: Root) => boolean) => new WeakMap<RootContent, Step>());

const startsWith = (blocks: readonly RootContent[], beginning: readonly RootContent[]): boolean =>
  beginning.every((block, index) => block === blocks[index]);

function takePart(
  blocks: readonly RootContent[],
  fits: (part: Root) => boolean,
  room: number,
): Step | undefined {
  let count = 1;
  const split = splitChildren(blocks, {
    fits(children) {
      count = Math.max(count, children.length);
      return fits(partOf(children));
    },
    alone: true,
    room,
  });
  if (!split) return undefined;
  const left = split.tail.slice(0, split.tail.length - (blocks.length - count));
  return { part: partOf(split.head), weight: weighAll(split.head), seen: blocks.slice(0, count), left };
}

const partOf = (children: readonly RootContent[]): Root => ({ type: "root", children: [...children] });

function simplifyFirst([first, ...rest]: readonly RootContent[]): readonly RootContent[] {
  const simpler = first && simplify(first);
  if (!simpler)
    throw new Error(`Not even one character of a ${first?.type} fits in a part: is the limit right?`);
  return [simpler, ...rest];
}
