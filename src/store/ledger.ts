import type { Ledger, LedgerEntry } from "../limits/ledger.ts";
import { dayOf, startOf } from "../limits/period.ts";
import type { Database, Queries, Statement } from "./database.ts";
import { readUsage } from "./usage.ts";
import { createReservations, emptying, spendersOf } from "./reservations.ts";

const hourMs = 3_600_000;

/** The longest month, and the day it may be looked at from. */
const keptDays = 32;

/** The ledger in a database whose schema is up to date. */
export function createLedger(database: Database): Ledger {
  const { reserve, ...reservations } = createReservations(database);
  let sweptAt = 0;

  return {
    ...reservations,
    usage: (query) => readUsage(database, query),

    async reserve(reservation, bounds, now, options) {
      if (now - sweptAt > hourMs) {
        sweptAt = now;
        await sweep(database, now);
      }
      return reserve(reservation, bounds, now, options);
    },

    async settle(job, entry) {
      await database.soon.batch(settling(job, entry));
    },

    forgetPerson: (person, keepSince, counted = []) =>
      database.transaction(async (transaction) => {
        // First: an answer that is being settled is done, or sees that it is nobody's.
        await transaction.query("UPDATE reservation SET person = '' WHERE person = ?", [person]);
        // Both name the person in direct messages, and where each person has a conversation of their own.
        await transaction.query("UPDATE ledger SET person = '', conversation = '' WHERE person = ?", [
          person,
        ]);
        await transaction.query(
          `DELETE FROM message_count WHERE kind = 'person' AND name = ?${" AND NOT (period = ? AND start = ?)".repeat(counted.length)}`,
          [person, ...counted.flatMap(({ period, start }) => [period, start])],
        );
        await transaction.query("DELETE FROM spent_day WHERE kind = 'person' AND name = ? AND day < ?", [
          person,
          keepSince === undefined ? Number.MAX_SAFE_INTEGER : dayOf(keepSince),
        ]);
      }),
  };
}

/** As `Ledger.settle`: the statements of a transaction. */
export function settling(job: string, entry: LedgerEntry): readonly Statement[] {
  const { attempt, costNano } = entry;
  const isPriced = costNano !== undefined;
  return [
    // First: nobody can be forgotten from here on until all of it is written.
    emptying({ id: job, attempt }, entry.at.getTime(), { keepsCost: !isPriced }),
    dayAddition(job, entry),
    entryInsertion(job, entry),
    ...(isPriced
      ? []
      : [["UPDATE reservation SET cost_nano = 0 WHERE id = ? AND attempt = ?", [job, attempt]] as const]),
  ];
}

/** Nobody, where whoever asked was forgotten meanwhile. */
const unlessForgotten = "COALESCE((SELECT person FROM reservation WHERE id = ? AND person = ''), ?)";

/** One that is there already stays. */
function entryInsertion(job: string, entry: LedgerEntry): Statement {
  const { usage } = entry;
  return [
    `INSERT INTO ledger (turn, attempt, at, person, channel, conversation, persona, model, input_tokens, cached_tokens,
       cache_write_tokens, output_tokens, thinking_tokens, is_estimate, cost_nano, tools)
     VALUES (?, ?, ?, ${unlessForgotten}, ?, ${unlessForgotten}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (turn, attempt) DO NOTHING`,
    [
      entry.turn,
      entry.attempt,
      entry.at.getTime(),
      job,
      entry.person,
      entry.channel ?? null,
      job,
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

/** Kept whatever limits hold now: one that is set tomorrow knows of today. Not where the entry is there already. */
function dayAddition(job: string, entry: LedgerEntry): Statement {
  const { turn, attempt, at, usage, costNano, knownNano = 0 } = entry;
  const spenders = spendersOf(entry).filter(({ kind, name }) => kind !== "person" || name !== "");
  const named = spenders.map(({ kind }) => `SELECT '${kind}' AS kind, ? AS name`).join(" UNION ALL ");
  // Where a price is not known, what was held back counts, what the next attempt holds back by now, or the known part.
  const held = "COALESCE((SELECT cost_nano FROM reservation WHERE id = ?), 0)";
  const cost = `COALESCE(CAST(? AS BIGINT), CASE WHEN ${held} > CAST(? AS BIGINT) THEN ${held} ELSE CAST(? AS BIGINT) END)`;
  return [
    `INSERT INTO spent_day (kind, name, day, tokens, cost_nano)
     SELECT kind, name, CAST(? AS BIGINT), CAST(? AS BIGINT), ${cost} FROM (${named}) AS spender
     WHERE NOT EXISTS (SELECT turn FROM ledger WHERE turn = ? AND attempt = ?)
       AND NOT (kind = 'person' AND EXISTS (SELECT id FROM reservation WHERE id = ? AND person = ''))
     ON CONFLICT (kind, name, day) DO UPDATE SET
       tokens = spent_day.tokens + excluded.tokens, cost_nano = spent_day.cost_nano + excluded.cost_nano`,
    [
      dayOf(at.getTime()),
      usage.inputTokens + usage.outputTokens,
      costNano ?? null,
      job,
      knownNano,
      job,
      knownNano,
      ...spenders.map(({ name }) => name),
      turn,
      attempt,
      job,
    ],
  ];
}

/** Deletes what no limit looks at any more. */
async function sweep(queries: Queries, now: number): Promise<void> {
  // What a process left that died is reckoned when its job goes on: a bot may be away for longer than a weekend.
  await queries.query("DELETE FROM reservation WHERE expires_at < ? AND (tokens = 0 OR expires_at < ?)", [
    now - 24 * hourMs,
    now - keptDays * 24 * hourMs,
  ]);
  await queries.query("DELETE FROM spent_day WHERE day < ?", [dayOf(now) - keptDays]);
  for (const period of ["minute", "hour", "day"] as const)
    await queries.query("DELETE FROM message_count WHERE period = ? AND start < ?", [
      period,
      startOf(period, now),
    ]);
}
