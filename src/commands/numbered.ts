import { UserError } from "../errors.ts";
import type { Words } from "../words/words.ts";

/** The one with that number, as it was typed. Throws UserError for none. */
export function findNumbered<Item extends { readonly number: number }>(
  items: readonly Item[],
  typed: string,
  missing: (words: Words) => string,
): Item {
  const found = items.find(({ number }) => String(number) === typed.replace(/^#/u, ""));
  if (!found) throw new UserError(missing);
  return found;
}
