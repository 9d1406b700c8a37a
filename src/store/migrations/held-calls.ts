import type { Dialect } from "../database.ts";

/** What call a reservation is for, and how long its prompt is: what it took is reckoned by them when nobody is left to tell. */
export function heldCalls({ text, integer }: Dialect): readonly string[] {
  return [
    `ALTER TABLE reservation ADD COLUMN model ${text}`,
    `ALTER TABLE reservation ADD COLUMN prompt_tokens ${integer}`,
  ];
}
