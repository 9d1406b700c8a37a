import { toDollars } from "../limits/bounds.ts";
import type { Period } from "../limits/period.ts";
import type { OwnGrant, OwnLimits } from "../privacy/people.ts";
import type { Queries } from "./database.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The longest a number of messages counts for: a month. */
const countsMs = 31 * dayMs;

type Sum = { readonly tokens: number; readonly cost_nano: number };

/** What counts against a person's limits by now. */
export async function readOwnLimits(queries: Queries, person: string): Promise<OwnLimits> {
  const [spent, messages, held] = await Promise.all([
    queries.query<Sum & { readonly day: number }>(
      "SELECT day, tokens, cost_nano FROM spent_day WHERE kind = 'person' AND name = ? ORDER BY day",
      [person],
    ),
    queries.query<{ readonly period: Period; readonly start: number; readonly messages: number }>(
      "SELECT period, start, messages FROM message_count WHERE kind = 'person' AND name = ? ORDER BY period",
      [person],
    ),
    queries.query<Sum & { readonly expires_at: number }>(
      "SELECT tokens, cost_nano, expires_at FROM reservation WHERE person = ? ORDER BY id",
      [person],
    ),
  ]);
  return {
    spent: spent.map(({ day, tokens, cost_nano }) => ({
      day: new Date(day * dayMs),
      tokens,
      costUsd: toDollars(cost_nano),
    })),
    messages: messages.map(({ period, start, messages: count }) => ({
      period,
      since: new Date(start),
      messages: count,
    })),
    heldBack: held.map(({ expires_at, tokens, cost_nano }) => ({
      until: new Date(expires_at),
      tokens,
      costUsd: toDollars(cost_nano),
    })),
  };
}

/** What a person may do, asked for, let others do, and is about to link. */
export async function readOwnGrants(queries: Queries, person: string): Promise<readonly OwnGrant[]> {
  const rows = await queries.query<{
    readonly kind: OwnGrant["kind"];
    readonly name: string;
    readonly at: number;
  }>(
    `SELECT kind, name, at FROM access_grant WHERE place = ?
     UNION ALL SELECT 'asked', name, at FROM access_request WHERE place = ?
     UNION ALL SELECT 'let in', name, at FROM access_grant WHERE granted_by = ? AND place <> ?
     UNION ALL SELECT 'links', COALESCE(claimed_name, ''), expires_at FROM link_code WHERE account = ? OR claimed_by = ?`,
    [person, person, person, person, person, person],
  );
  return rows.map(({ kind, name, at }) => ({ kind, name, at: new Date(at) }));
}

/** Deletes the codes that nobody can enter any more, and the numbers of messages that no limit looks at. */
export async function sweepCodes(queries: Queries, now: number): Promise<void> {
  await queries.query("DELETE FROM link_code WHERE expires_at <= ?", [now]);
  await queries.query("DELETE FROM access_claim WHERE expires_at <= ?", [now]);
  await queries.query("DELETE FROM access_request WHERE at <= ?", [now - dayMs]);
  await queries.query("DELETE FROM access_try WHERE hour < ?", [Math.floor(now / hourMs)]);
  await queries.query("DELETE FROM message_count WHERE start < ?", [now - countsMs]);
}
