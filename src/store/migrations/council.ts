import type { Dialect } from "../database.ts";

/** Whom a turn's council was made of, and what a council on its way has finished. */
export function council({ text }: Dialect): readonly string[] {
  return [`ALTER TABLE turn ADD COLUMN council ${text}`, `ALTER TABLE job ADD COLUMN council ${text}`];
}
