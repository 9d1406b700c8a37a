import type { Dialect } from "../database.ts";

/** What searches take that a reservation is for, known where nobody is left to tell; and when its message was counted. */
export function heldFees({ integer }: Dialect): readonly string[] {
  return [
    `ALTER TABLE reservation ADD COLUMN fees_nano ${integer}`,
    `ALTER TABLE reservation ADD COLUMN counted_at ${integer}`,
  ];
}
