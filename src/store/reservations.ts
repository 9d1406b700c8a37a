import type { Bound, Exceeded, Ledger, Reservation, Spender, Spenders } from "../limits/ledger.ts";
import { dayOf, startOf } from "../limits/period.ts";
import type { Database, Queries, Transaction } from "./database.ts";

/** Reservations in a database whose schema is up to date. */
export function createReservations(database: Database): Pick<Ledger, "reserve" | "release"> {
  return {
    reserve: (reservation, bounds, now) =>
      database.transaction(async (transaction) => {
        await lockSpenders(transaction, bounds);
        const isCounted =
          (await transaction.query("SELECT id FROM reservation WHERE id = ?", [reservation.id])).length > 0;
        const exceeded: Exceeded[] = [];
        for (const bound of bounds) {
          if (bound.measure === "messages" && isCounted) continue;
          const { used, held } = await readUse(transaction, bound, { but: reservation.id, now });
          if (used + held + wanted(reservation, bound) > bound.most) exceeded.push({ bound, used, held });
        }
        if (exceeded.length > 0) return exceeded;
        if (!isCounted) await countMessage(transaction, bounds, now);
        await write(transaction, reservation);
        return [];
      }),

    async release(job, now) {
      await emptyReservation(database, job, now);
    },
  };
}

/** It holds nothing back any more, but is still known: a job that comes again is no second message. */
export async function emptyReservation(queries: Queries, job: string, now: number): Promise<void> {
  await queries.query("UPDATE reservation SET tokens = 0, cost_nano = 0, expires_at = ? WHERE id = ?", [
    now,
    job,
  ]);
}

/** Of two requests for the same account, the second looks when the first has written. Sorted, so that none waits for another in a circle. */
async function lockSpenders(transaction: Transaction, bounds: readonly Bound[]): Promise<void> {
  const names = new Set(bounds.map(({ spender: { kind, name } }) => `limit ${kind} ${name}`));
  // "all", which everyone waits for, is held last and shortest.
  const inOrder = [...names].toSorted().toSorted((one, other) => Number(isAll(one)) - Number(isAll(other)));
  for (const name of inOrder) await transaction.lock(name);
}

const isAll = (lock: string): boolean => lock === "limit all ";

function wanted({ tokens, costNano }: Reservation, { measure }: Bound): number {
  if (measure === "messages") return 1;
  return measure === "tokens" ? tokens : costNano;
}

const columns = { tokens: "tokens", money: "cost_nano" } as const;

async function readUse(
  queries: Queries,
  { spender, measure, period }: Bound,
  { but, now }: { but: string; now: number },
): Promise<{ used: number; held: number }> {
  const start = startOf(period, now);
  if (measure === "messages") {
    const [row] = await queries.query<{ messages: number }>(
      "SELECT messages FROM message_count WHERE kind = ? AND name = ? AND period = ? AND start = ?",
      [spender.kind, spender.name, period, start],
    );
    return { used: row?.messages ?? 0, held: 0 };
  }
  const column = columns[measure];
  const theirs =
    spender.kind === "all"
      ? { where: "", values: [] }
      : { where: `${spender.kind} = ? AND`, values: [spender.name] };
  // One statement sees one moment: an answer that is settled meanwhile is on exactly one side.
  const [row] = await queries.query<{ used: number; held: number }>(
    `SELECT
       (SELECT COALESCE(SUM(${column}), 0) FROM spent_day WHERE kind = ? AND name = ? AND day >= ?) AS used,
       (SELECT COALESCE(SUM(${column}), 0) FROM reservation WHERE ${theirs.where} id <> ? AND expires_at > ?) AS held`,
    [spender.kind, spender.name, dayOf(start), ...theirs.values, but, now],
  );
  return row ?? { used: 0, held: 0 };
}

async function countMessage(queries: Queries, bounds: readonly Bound[], now: number): Promise<void> {
  for (const { spender, measure, period } of bounds) {
    if (measure !== "messages") continue;
    await queries.query(
      `INSERT INTO message_count (kind, name, period, start, messages) VALUES (?, ?, ?, ?, 1)
       ON CONFLICT (kind, name, period) DO UPDATE SET
         messages = CASE WHEN message_count.start = excluded.start THEN message_count.messages + 1 ELSE 1 END,
         start = excluded.start`,
      [spender.kind, spender.name, period, startOf(period, now)],
    );
  }
}

async function write(queries: Queries, reservation: Reservation): Promise<void> {
  const { id, person, channel, persona, tokens, costNano, expiresAt } = reservation;
  await queries.query(
    `INSERT INTO reservation (id, person, channel, persona, tokens, cost_nano, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET
       tokens = excluded.tokens, cost_nano = excluded.cost_nano, expires_at = excluded.expires_at`,
    [id, person, channel ?? null, persona, tokens, costNano, expiresAt],
  );
}

/** Everyone an answer counts for; "all" last, for its row is the one that all answers write. */
export function spendersOf({ person, channel, persona }: Spenders): readonly Spender[] {
  return [
    ...(channel === undefined ? [] : [{ kind: "channel", name: channel } as const]),
    { kind: "person", name: person },
    { kind: "persona", name: persona },
    { kind: "all", name: "" },
  ];
}
