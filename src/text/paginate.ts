import type { Root, RootContent } from "mdast";
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
  const parts: Root[] = [];
  let rest: readonly RootContent[] = document.children;
  let room = firstGuess;
  while (rest.length > 0) {
    const split = splitChildren(rest, { fits: (children) => fits(partOf(children)), alone: true, room });
    if (split) {
      parts.push(partOf(split.head));
      rest = split.tail;
      room = weighAll(split.head);
    } else rest = simplifyFirst(rest);
  }
  return parts.length > 0 ? parts : [document];
}

const partOf = (children: readonly RootContent[]): Root => ({ type: "root", children: [...children] });

function simplifyFirst([first, ...rest]: readonly RootContent[]): readonly RootContent[] {
  const simpler = first && simplify(first);
  if (!simpler)
    throw new Error(`Not even one character of a ${first?.type} fits in a part: is the limit right?`);
  return [simpler, ...rest];
}
