import type { Ledger, LedgerEntry } from "../limits/ledger.ts";
import { dayOf } from "../limits/period.ts";
import type { Database, Queries, SqlValue, Transaction } from "./database.ts";
import { readUsage } from "./usage.ts";
import { createReservations, emptyReservation, spendersOf } from "./reservations.ts";

const hourMs = 3_600_000;

/** The longest month, and the day it may be looked at from. */
const keptDays = 32;

/** The ledger in a database whose schema is up to date. */
export function createLedger(database: Database): Ledger {
  const { reserve, release, uses } = createReservations(database);
  let sweptAt = 0;

  return {
    release,
    uses,
    usage: (query) => readUsage(database, query),

    async reserve(reservation, bounds, now) {
      if (now - sweptAt > hourMs) {
        sweptAt = now;
        await sweep(database, now);
      }
      return reserve(reservation, bounds, now);
    },

    settle: (job, entry) =>
      database.soon.transaction((transaction) => settleAccount(transaction, job, entry)),

    forgetPerson: (person, keepSince) =>
      database.transaction(async (transaction) => {
        // First: an answer that is being settled is done, or sees that it is nobody's.
        await transaction.query("UPDATE reservation SET person = '' WHERE person = ?", [person]);
        // Both name the person in direct messages, and where each person has a conversation of their own.
        await transaction.query("UPDATE ledger SET person = '', conversation = '' WHERE person = ?", [
          person,
        ]);
        await transaction.query("DELETE FROM message_count WHERE kind = 'person' AND name = ?", [person]);
        await transaction.query("DELETE FROM spent_day WHERE kind = 'person' AND name = ? AND day < ?", [
          person,
          keepSince === undefined ? Number.MAX_SAFE_INTEGER : dayOf(keepSince),
        ]);
      }),
  };
}

/** As `Ledger.settle`, in a transaction: asked in one go, and written with its commit. */
export async function settleAccount(
  transaction: Pick<Transaction, "query" | "last">,
  job: string,
  entry: LedgerEntry,
): Promise<void> {
  const { turn, attempt, at, usage } = entry;
  const [told, reserved, reservedFor] = await Promise.all([
    transaction.query("SELECT turn FROM ledger WHERE turn = ? AND attempt = ?", [turn, attempt]),
    entry.costNano ?? readReserved(transaction, job),
    // Nobody can be forgotten from here on until it is written.
    emptyReservation(transaction, job, at.getTime()),
  ]);
  if (told.length > 0) return;
  // Whoever asked was forgotten meanwhile: what it took is nobody's.
  const isNobodys = reservedFor === "";
  const account: LedgerEntry = isNobodys ? { ...entry, person: "", conversation: "" } : entry;
  void transaction.last(...entryInsertion(account));
  const tokens = usage.inputTokens + usage.outputTokens;
  void transaction.last(...dayAddition(account, { tokens, costNano: reserved }));
}

async function readReserved(queries: Queries, job: string): Promise<number> {
  const [reserved] = await queries.query<{ cost_nano: number }>(
    "SELECT cost_nano FROM reservation WHERE id = ?",
    [job],
  );
  return reserved?.cost_nano ?? 0;
}

/** One that is there already stays. */
function entryInsertion(entry: LedgerEntry): readonly [sql: string, parameters: readonly SqlValue[]] {
  const { usage } = entry;
  return [
    `INSERT INTO ledger (turn, attempt, at, person, channel, conversation, persona, model, input_tokens, cached_tokens,
       cache_write_tokens, output_tokens, thinking_tokens, is_estimate, cost_nano, tools)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (turn, attempt) DO NOTHING`,
    [
      entry.turn,
      entry.attempt,
      entry.at.getTime(),
      entry.person,
      entry.channel ?? null,
      entry.conversation,
      entry.persona,
      entry.model,
      usage.inputTokens,
      usage.cachedTokens,
      usage.cacheWriteTokens,
      usage.outputTokens,
      usage.thinkingTokens,
      entry.isEstimate ? 1 : 0,
      entry.costNano ?? null,
      JSON.stringify(entry.tools),
    ],
  ];
}

/** Kept whatever limits hold now: one that is set tomorrow knows of today. */
function dayAddition(
  entry: LedgerEntry,
  { tokens, costNano }: { tokens: number; costNano: number },
): readonly [sql: string, parameters: readonly SqlValue[]] {
  const day = dayOf(entry.at.getTime());
  const spenders = spendersOf(entry).filter(({ kind, name }) => kind !== "person" || name !== "");
  return [
    `INSERT INTO spent_day (kind, name, day, tokens, cost_nano)
     VALUES ${spenders.map(() => "(?, ?, ?, ?, ?)").join(", ")}
     ON CONFLICT (kind, name, day) DO UPDATE SET
       tokens = spent_day.tokens + excluded.tokens, cost_nano = spent_day.cost_nano + excluded.cost_nano`,
    spenders.flatMap(({ kind, name }) => [kind, name, day, tokens, costNano]),
  ];
}

/** Deletes what no limit looks at any more. */
async function sweep(queries: Queries, now: number): Promise<void> {
  await queries.query("DELETE FROM reservation WHERE expires_at < ?", [now - 24 * hourMs]);
  await queries.query("DELETE FROM spent_day WHERE day < ?", [dayOf(now) - keptDays]);
}
