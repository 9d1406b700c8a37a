import type { Dialect } from "../database.ts";

/** Which attempt at its job holds it back: one that lives on without its claim must not give back what another's call may take. */
export function reservations({ text }: Dialect): readonly string[] {
  return [`ALTER TABLE reservation ADD COLUMN attempt ${text}`];
}
