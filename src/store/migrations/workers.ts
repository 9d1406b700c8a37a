import type { Dialect } from "../database.ts";

/** Who works on a job, so that nobody else changes it; and which messages answered an event, also where no turn says so. */
export function workers({ text }: Dialect): readonly string[] {
  return [`ALTER TABLE job ADD COLUMN worker ${text}`, `ALTER TABLE event ADD COLUMN posts ${text}`];
}
