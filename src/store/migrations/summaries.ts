import type { Dialect } from "../database.ts";

/** What stands in place of a conversation's older turns. Apart from its other choices, so that it goes with a turn in one transaction. */
export function summaries({ text, integer, strict }: Dialect): readonly string[] {
  return [
    `CREATE TABLE summary (
      conversation ${text} PRIMARY KEY,
      text ${text} NOT NULL,
      after ${text} NOT NULL,
      through ${text} NOT NULL,
      turns ${integer} NOT NULL,
      person ${text} NOT NULL,
      at ${integer} NOT NULL
    )${strict}`,
  ];
}
