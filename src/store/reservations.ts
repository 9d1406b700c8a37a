import { ClaimLost } from "../errors.ts";
import type { Abandoned, Bound, BoundUse, Ledger, Reservation, Spender, Spenders } from "../limits/ledger.ts";
import { dayOf, endOf, startOf } from "../limits/period.ts";
import type { Database, Queries, SqlValue, Statement, Transaction } from "./database.ts";

/** Reservations in a database whose schema is up to date. */
export function createReservations(
  database: Database,
): Pick<Ledger, "reserve" | "release" | "takeBack" | "recount" | "abandoned" | "uses"> {
  return {
    // What a power cut forgets was held back for a call that ended with it; the next attempt holds it back anew.
    reserve: (reservation, bounds, now, { goesOn = false } = {}) =>
      database.soon.transaction(async (transaction) => {
        const { id, drawsOn } = reservation;
        const [, { attempt, uses: others }, whole] = await Promise.all([
          lockSpenders(transaction, bounds),
          readUses(transaction, bounds, { but: [id, drawsOn ?? id], now }),
          drawsOn === undefined ? undefined : readWhole(transaction, reservation, drawsOn),
        ]);
        const uses = whole
          ? others.map((use) => ({ ...use, held: use.held + wanted(whole, use.bound) }))
          : others;
        const isCounted = attempt !== null;
        if (goesOn && attempt !== reservation.attempt)
          throw new ClaimLost("another attempt holds back for it by now");
        const exceeded = uses
          .filter(({ bound }) => bound.measure !== "messages" || !isCounted)
          .filter(({ bound, used, held }) => used + held + wanted(reservation, bound) > bound.most);
        if (exceeded.length > 0) return exceeded;
        if (whole) keepWhole(transaction, whole);
        if (!isCounted) countMessage(transaction, bounds, { now, by: 1 });
        write(transaction, reservation, isCounted ? undefined : now);
        return [];
      }),

    uses: async (bounds, now) => (await readUses(database, bounds, { but: ["", ""], now })).uses,

    async release(of, now) {
      await database.soon.query(...emptying(of, now));
    },

    async abandoned({ id, attempt }) {
      const rows = await database.query<AbandonedRow>(
        `SELECT id, attempt, person, channel, persona, tokens, fees_nano, model, prompt_tokens FROM reservation
         WHERE ${named} AND attempt <> ? AND tokens > 0`,
        [...namesOf(id), attempt],
      );
      return rows.map(toAbandoned);
    },

    takeBack: ({ id, attempt }, bounds) =>
      database.soon.transaction(async (transaction) => {
        const [row] = await transaction.query<{ counted_at: number | null }>(
          `DELETE FROM reservation WHERE id = ? AND (attempt = ? OR tokens = 0) AND NOT ${wasAsked} RETURNING counted_at`,
          [id, attempt, ...namesOf(id)],
        );
        if (row && row.counted_at !== null)
          countMessage(transaction, bounds, { now: row.counted_at, by: -1 });
      }),

    async recount({ id, attempt }) {
      await database.soon.query(
        `DELETE FROM reservation WHERE id = ? AND attempt = ? AND tokens = 0 AND ${wasAsked}`,
        [id, attempt, ...namesOf(id)],
      );
    },
  };
}

/** Calls beside an answer are named after it. */
const wasAsked = "EXISTS (SELECT turn FROM ledger WHERE turn >= ? AND turn < ?)";
const named = "id >= ? AND id < ?";
const namesOf = (id: string): readonly [string, string] => [id, `${id};`];

type AbandonedRow = {
  readonly id: string;
  readonly attempt: string;
  readonly person: string;
  readonly channel: string | null;
  readonly persona: string;
  readonly tokens: number;
  readonly fees_nano: number | null;
  readonly model: string | null;
  readonly prompt_tokens: number | null;
};

const toAbandoned = ({ id, attempt, person, channel, persona, tokens, ...row }: AbandonedRow): Abandoned => ({
  id,
  attempt,
  person,
  ...(channel !== null && { channel }),
  persona,
  tokens,
  feesNano: row.fees_nano ?? 0,
  call: callOf(row),
});

/** What an early version held back names no model, and was for a call. */
const callOf = ({
  model,
  prompt_tokens: promptTokens,
}: Pick<AbandonedRow, "model" | "prompt_tokens">): Abandoned["call"] => ({
  model: model ?? "",
  ...(promptTokens !== null ? { promptTokens } : model === null && { promptTokens: 0 }),
});

/** It holds nothing back any more, but is still known: a job that comes again is no second message. */
export const emptying = (
  { id, attempt }: Pick<Reservation, "id" | "attempt">,
  now: number,
  { keepsCost = false } = {},
): Statement => [
  `UPDATE reservation SET tokens = 0, ${keepsCost ? "" : "cost_nano = 0, "}expires_at = ? WHERE id = ? AND attempt = ?`,
  [now, id, attempt],
];

/** Of two requests for the same account, the second looks when the first has written. Sorted, so that none waits for another in a circle. */
async function lockSpenders(transaction: Transaction, bounds: readonly Bound[]): Promise<void> {
  // "~" sorts last: the account that everyone waits for is locked for the shortest time.
  const names = bounds.map(({ spender: { kind, name } }) => `limit ${kind === "all" ? "~" : kind} ${name}`);
  await Promise.all([...new Set(names)].toSorted().map((name) => transaction.lock(name)));
}

function wanted({ tokens, costNano }: Pick<Reservation, "tokens" | "costNano">, { measure }: Bound): number {
  if (measure === "messages") return 1;
  return measure === "tokens" ? tokens : costNano;
}

/** What a whole keeps that this reservation is a part of, beside it. */
async function readWhole(
  queries: Queries,
  { id, attempt, tokens, costNano, expiresAt }: Reservation,
  drawsOn: string,
): Promise<Kept> {
  const rows = await queries.query<{ id: string; tokens: number; cost_nano: number }>(
    "SELECT id, tokens, cost_nano FROM reservation WHERE id IN (?, ?) AND attempt = ?",
    [id, drawsOn, attempt],
  );
  const none = { tokens: 0, cost_nano: 0 };
  const part = rows.find((row) => row.id === id) ?? none;
  const whole = rows.find((row) => row.id === drawsOn) ?? none;
  const keep = (all: number, more: number): number => Math.max(0, all - Math.max(0, more));
  return {
    id: drawsOn,
    attempt,
    tokens: keep(whole.tokens, tokens - part.tokens),
    costNano: keep(whole.cost_nano, costNano - part.cost_nano),
    expiresAt,
  };
}

type Kept = Pick<Reservation, "id" | "attempt" | "tokens" | "costNano" | "expiresAt">;

function keepWhole(transaction: Transaction, { id, attempt, tokens, costNano, expiresAt }: Kept): void {
  void transaction.last(
    "UPDATE reservation SET tokens = ?, cost_nano = ?, expires_at = ? WHERE id = ? AND attempt = ?",
    [tokens, costNano, expiresAt, id, attempt],
  );
}

const columns = { tokens: "tokens", money: "cost_nano" } as const;

type UsesRow = { readonly attempt: string | null } & Readonly<
  Record<`${"used" | "held"}_${number}`, number | null>
>;

/**
 * What stands against each bound, and which attempt holds back for the job, if its message is counted. One statement
 * sees one moment, so that an answer settled meanwhile is on exactly one side; and the locks are held for one round trip,
 * not for one a bound.
 */
async function readUses(
  queries: Queries,
  bounds: readonly Bound[],
  { but, now }: { but: readonly [own: string, whole: string]; now: number },
): Promise<{ attempt: string | null; uses: readonly BoundUse[] }> {
  const columns = ["(SELECT COALESCE(attempt, '') FROM reservation WHERE id = ?) AS attempt"];
  const values: SqlValue[] = [but[0]];
  for (const [n, bound] of bounds.entries()) {
    const { used, held } = lookAt(bound, but, now);
    columns.push(`${used.sql} AS used_${n}`, `${held.sql} AS held_${n}`);
    values.push(...used.values, ...held.values);
  }
  const sql = `SELECT ${columns.join(", ")}`;
  const [row] = await queries.query<UsesRow>(sql, values);
  const uses = bounds.map((bound, n) => ({
    bound,
    used: row?.[`used_${n}`] ?? 0,
    held: row?.[`held_${n}`] ?? 0,
  }));
  return { attempt: row?.attempt ?? null, uses };
}

/** A piece of SQL with what its placeholders stand for. */
interface Look {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

function lookAt(
  { spender, measure, period }: Bound,
  but: readonly [string, string],
  now: number,
): { used: Look; held: Look } {
  const { kind, name } = spender;
  const start = startOf(period, now);
  if (measure === "messages") {
    const sql =
      "(SELECT messages FROM message_count WHERE kind = ? AND name = ? AND period = ? AND start BETWEEN ? AND ?)";
    const values = [kind, name, period, start, endOf(period, now)];
    return { used: { sql, values }, held: { sql: "0", values: [] } };
  }
  const column = columns[measure];
  const theirs = kind === "all" ? { sql: "", values: [] } : { sql: `${kind} = ? AND`, values: [name] };
  return {
    used: {
      sql: `(SELECT SUM(${column}) FROM spent_day WHERE kind = ? AND name = ? AND day >= ?)`,
      values: [kind, name, dayOf(start)],
    },
    held: {
      sql: `(SELECT SUM(${column}) FROM reservation WHERE ${theirs.sql} id <> ? AND id <> ? AND expires_at > ?)`,
      values: [...theirs.values, ...but, now],
    },
  };
}

/**
 * By another process's clock the next period may have begun already: what it counts there is not begun anew by one whose clock
 * is behind. Further ahead, no clock is believed.
 */
const isUnderWay = "message_count.start BETWEEN excluded.start AND ?";

function countMessage(
  transaction: Transaction,
  bounds: readonly Bound[],
  { now, by }: { readonly now: number; readonly by: 1 | -1 },
): void {
  for (const { spender, measure, period } of bounds) {
    if (measure !== "messages") continue;
    const counter = [spender.kind, spender.name, period, startOf(period, now)];
    if (by < 0)
      void transaction.last(
        `UPDATE message_count SET messages = messages - 1
         WHERE kind = ? AND name = ? AND period = ? AND start = ? AND messages > 0`,
        counter,
      );
    else
      void transaction.last(
        `INSERT INTO message_count (kind, name, period, start, messages) VALUES (?, ?, ?, ?, 1)
         ON CONFLICT (kind, name, period) DO UPDATE SET
           messages = CASE WHEN ${isUnderWay} THEN message_count.messages + 1 ELSE 1 END,
           start = CASE WHEN ${isUnderWay} THEN message_count.start ELSE excluded.start END`,
        [...counter, endOf(period, now), endOf(period, now)],
      );
  }
}

function write(transaction: Transaction, reservation: Reservation, countedAt: number | undefined): void {
  const { id, attempt, person, channel, persona, tokens, costNano, expiresAt, feesNano, call } = reservation;
  // Where only a message is counted, what an earlier attempt left is not overwritten: it is still to be accounted for.
  const isCall = tokens > 0 || costNano > 0;
  const change = isCall
    ? `UPDATE SET tokens = excluded.tokens, cost_nano = excluded.cost_nano, expires_at = excluded.expires_at,
         attempt = excluded.attempt, model = excluded.model, prompt_tokens = excluded.prompt_tokens,
         fees_nano = COALESCE(excluded.fees_nano, reservation.fees_nano)`
    : "NOTHING";
  void transaction.last(
    `INSERT INTO reservation (id, person, channel, persona, tokens, cost_nano, expires_at, attempt, model, prompt_tokens,
       fees_nano, counted_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO ${change}`,
    [
      id,
      person,
      channel ?? null,
      persona,
      tokens,
      costNano,
      expiresAt,
      attempt,
      call?.model ?? null,
      call?.promptTokens ?? null,
      feesNano ?? null,
      countedAt ?? null,
    ],
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
