import type { Dialect } from "../database.ts";

/** Who read along where a fact was learned. Nobody knows it of the older ones, so that these are for direct messages until they are shared. */
export function audiences({ text }: Dialect): readonly string[] {
  return [`ALTER TABLE fact ADD COLUMN audience ${text}`, "UPDATE fact SET shared = 0 WHERE place <> 'dm'"];
}
