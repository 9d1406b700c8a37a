import type { Place } from "../chat.ts";
import type { Fact, Facts } from "../memory/facts.ts";
import type { Database } from "./database.ts";

type FactRow = {
  readonly id: string;
  readonly text: string;
  readonly at: number;
  readonly persona: string;
  readonly place: Place;
};

/** The facts in a database whose schema is up to date. Every query names the person: nobody's facts are within another's reach. */
export function createFacts(database: Database): Facts {
  return {
    async list(person) {
      const rows = await database.query<FactRow>(
        "SELECT id, text, at, persona, place FROM fact WHERE person = ? ORDER BY id",
        [person],
      );
      return rows.map(({ id, text, at, persona, place }): Fact => ({
        id,
        text,
        at: new Date(at),
        persona,
        place,
      }));
    },
    async add(person, { id, text, at, persona, place }) {
      await database.query(
        "INSERT INTO fact (person, id, text, at, persona, place) VALUES (?, ?, ?, ?, ?, ?)",
        [person, id, text, at.getTime(), persona, place],
      );
    },
    async remove(person, id) {
      const removed = await database.query("DELETE FROM fact WHERE person = ? AND id = ? RETURNING id", [
        person,
        id,
      ]);
      return removed.length > 0;
    },
    async sweep(before, most) {
      const removed = await database.query(
        `DELETE FROM fact WHERE (person, id) IN
           (SELECT person, id FROM fact WHERE at < ? ORDER BY at LIMIT ?) RETURNING id`,
        [before, most],
      );
      return removed.length;
    },
  };
}
