import type { Passage } from "../message.ts";
import { shifted } from "./passages.ts";

/** A stretch of a text, and what is to stand in its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** A part of a message with its text changed; passages stand where they stood, but for those that were changed. */
export function edited<Part extends { readonly text: string; readonly passages?: readonly Passage[] }>(
  part: Part,
  edits: readonly Edit[],
): Part {
  if (edits.length === 0) return part;
  const sorted = edits.toSorted((one, other) => one.from - other.from);
  let text = "";
  let at = 0;
  for (const { from, to, by } of sorted) {
    text += part.text.slice(at, from) + by;
    at = to;
  }
  text += part.text.slice(at);
  const shiftAt = (place: number): number =>
    sorted
      .filter(({ to }) => to <= place)
      .reduce((sum, { from, to, by }) => sum + by.length - (to - from), 0);
  const passages = part.passages
    ?.filter(({ from, to }) => !sorted.some((edit) => edit.from < to && from < edit.to))
    .flatMap((passage) => shifted([passage], shiftAt(passage.from)));
  return { ...part, text, ...(passages && { passages }) };
}
