import { UserError } from "../errors.ts";
import type { Words } from "../words/words.ts";

/** The beginning of a line of a list whose numbers have gaps: platforms number a list of their own anew. */
export const numbered = (number: number): string => `- \`${number}\``;

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
