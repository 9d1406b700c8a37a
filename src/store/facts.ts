import type { Fact, Facts } from "../memory/facts.ts";
import type { Database, Queries, Transaction } from "./database.ts";
import { insertFact, makeRoom, marks, nextNumber, own, readFacts, retire } from "./fact-rows.ts";
import { holderOf, reachOf } from "./links.ts";
import { forgetCalls } from "./remembered-calls.ts";

/** The facts in a database whose schema is up to date. Every query names the person: nobody's facts are within another's reach. */
export function createFacts(database: Database): Facts {
  return { ...readsIn(database), ...changesIn(database), ...endsIn(database) };
}

type Reads = "list" | "history" | "isPaused" | "used" | "pause";
type Ends = "remove" | "sweep" | "expire";

function readsIn(database: Database): Pick<Facts, Reads> {
  return {
    list: (person) => readFacts(database, person, "AND state = 'kept' ORDER BY number, id"),
    history: (person) => readFacts(database, person, "ORDER BY id"),
    async isPaused(person) {
      const rows = await database.query(`SELECT person FROM memory_pause WHERE ${own} LIMIT 1`, [
        ...reachOf(person),
      ]);
      return rows.length > 0;
    },
    async pause(person, isPaused) {
      await database.query(`DELETE FROM memory_pause WHERE ${own}`, [...reachOf(person)]);
      if (isPaused)
        await database.query(
          "INSERT INTO memory_pause (person, at) VALUES (?, ?) ON CONFLICT (person) DO NOTHING",
          [person, Date.now()],
        );
    },
    async used(person, ids, at) {
      if (ids.length === 0) return;
      await database.soon.query(`UPDATE fact SET used_at = ? WHERE ${own} AND id IN (${marks(ids)})`, [
        at.getTime(),
        ...reachOf(person),
        ...ids,
      ]);
    },
  };
}

function changesIn(database: Database): Omit<Facts, Reads | Ends> {
  /** One change at a time for each person. */
  const change = <Result>(person: string, run: (queries: Transaction) => Promise<Result>): Promise<Result> =>
    database.transaction(async (transaction) => {
      await transaction.lock(`memory ${await holderOf(transaction, person)}`);
      return run(transaction);
    });
  return {
    add: (person, fact, { instead = [], number } = {}) =>
      change(person, async (queries) => {
        const taken = number ?? (await nextNumber(queries, person));
        await insertFact(queries, person, { ...fact, number: taken });
        if (instead.length > 0)
          await queries.query(
            `UPDATE fact SET replaced_by = ? WHERE ${own} AND state = 'kept' AND id IN (${marks(instead)})`,
            [fact.id, ...reachOf(person), ...instead],
          );
        if (fact.state !== "asked") await retire(queries, person, fact.id);
        return { number: taken, left: await makeRoom(queries, person, fact.id) };
      }),
    keep: (person, id) =>
      change(person, async (queries) => {
        if (!(await move(queries, { person, id }, ["asked", "kept"]))) return false;
        await retire(queries, person, id);
        await makeRoom(queries, person, id);
        return true;
      }),
    undo: (person, id) => change(person, (queries) => undo(queries, person, id)),
    withdraw: (person, id) => move(database, { person, id }, ["kept", "removed"]),
    restore: (person, id) => move(database, { person, id }, ["removed", "kept"]),
    async share(person, id, isShared) {
      const only = isShared ? "" : ", audience = NULL";
      await database.query(`UPDATE fact SET shared = ?${only} WHERE ${own} AND id = ?`, [
        isShared ? 1 : 0,
        ...reachOf(person),
        id,
      ]);
    },
  };
}

/** From one state to another; false when it is not in the first. */
async function move(
  queries: Queries,
  { person, id }: { readonly person: string; readonly id: string },
  [from, to]: readonly [Fact["state"], Fact["state"]],
): Promise<boolean> {
  const moved = await queries.query(
    `UPDATE fact SET state = ?, changed_at = ? WHERE ${own} AND id = ? AND state = ? RETURNING id`,
    [to, Date.now(), ...reachOf(person), id, from],
  );
  return moved.length > 0;
}

async function undo(queries: Transaction, person: string, id: string): Promise<boolean> {
  const [undone] = await readFacts(queries, person, "AND id = ? AND state IN ('kept', 'asked')", [id]);
  if (!undone) return false;
  await queries.query(`UPDATE fact SET state = 'kept', replaced_by = NULL WHERE ${own} AND replaced_by = ?`, [
    ...reachOf(person),
    id,
  ]);
  await queries.query(`DELETE FROM fact WHERE ${own} AND id = ?`, [...reachOf(person), id]);
  await forgetCalls(queries, person, [undone.text]);
  return true;
}

function endsIn(database: Database): Pick<Facts, Ends> {
  return {
    remove: (person, ids) =>
      database.transaction(async (transaction) => {
        const all = await readFacts(transaction, person, "");
        const doomed = new Set(ids);
        // Those it took the place of, and those whose place these took.
        for (let size = 0; size < doomed.size;) {
          size = doomed.size;
          for (const { id, replacedBy } of all)
            if (replacedBy !== undefined && doomed.has(replacedBy)) doomed.add(id);
        }
        const gone = all.filter(({ id }) => doomed.has(id));
        if (gone.length === 0) return 0;
        const named = gone.map(({ id }) => id);
        await transaction.query(`DELETE FROM fact WHERE ${own} AND id IN (${marks(named)})`, [
          ...reachOf(person),
          ...named,
        ]);
        await forgetCalls(
          transaction,
          person,
          gone.map(({ text }) => text),
        );
        return gone.filter(({ id }) => ids.includes(id)).length;
      }),
    async sweep(before, most) {
      const removed = await database.query(
        `DELETE FROM fact WHERE (person, id) IN
           (SELECT person, id FROM fact WHERE at < ? ORDER BY at LIMIT ?) RETURNING id`,
        [before, most],
      );
      return removed.length;
    },
    async expire(before) {
      const removed = await database.query<{ id: string }>(
        "DELETE FROM fact WHERE state IN ('asked', 'removed') AND changed_at < ? RETURNING id",
        [before],
      );
      for (const { id } of removed)
        await database.query("UPDATE fact SET replaced_by = NULL WHERE state = 'kept' AND replaced_by = ?", [
          id,
        ]);
      return removed.length;
    },
  };
}
