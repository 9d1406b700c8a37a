import type { Instruction, Instructions } from "../memory/instructions.ts";
import type { Database } from "./database.ts";
import { holderOf, reachOf, withinReach } from "./links.ts";

type InstructionRow = {
  readonly id: string;
  readonly number: number;
  readonly text: string;
  readonly is_on: number;
  readonly at: number;
};

const own = withinReach("person");

/** People's own instructions in a database whose schema is up to date. */
export function createInstructions(database: Database): Instructions {
  return {
    async list(person) {
      const rows = await database.query<InstructionRow>(
        `SELECT id, number, text, is_on, at FROM instruction WHERE ${own} ORDER BY number, id`,
        [...reachOf(person)],
      );
      return rows.map(({ id, number, text, is_on, at }): Instruction => ({
        id,
        number,
        text,
        isOn: is_on !== 0,
        at: new Date(at),
      }));
    },
    add: (person, { id, text, at }) =>
      database.transaction(async (transaction) => {
        await transaction.lock(`memory ${await holderOf(transaction, person)}`);
        const [row] = await transaction.query<{ number: number }>(
          `INSERT INTO instruction (person, id, number, text, is_on, at)
           SELECT ?, ?, COALESCE(MAX(number), 0) + 1, ?, 1, ? FROM instruction WHERE ${own} RETURNING number`,
          [person, id, text, at.getTime(), ...reachOf(person)],
        );
        return row?.number ?? 1;
      }),
    async change(person, id, { text, isOn }) {
      await database.query(
        `UPDATE instruction SET text = COALESCE(?, text), is_on = COALESCE(?, is_on) WHERE ${own} AND id = ?`,
        [text ?? null, isOn === undefined ? null : Number(isOn), ...reachOf(person), id],
      );
    },
    async remove(person, ids) {
      for (const id of ids)
        await database.query(`DELETE FROM instruction WHERE ${own} AND id = ?`, [...reachOf(person), id]);
    },
  };
}
