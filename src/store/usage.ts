import type { UsageKey, UsageQuery, UsageSum } from "../limits/ledger.ts";
import type { Queries, SqlValue } from "./database.ts";

/** A day is whole in both dialects: the time and the divisor are whole numbers. */
const expressions: Readonly<Record<UsageKey, string>> = {
  day: "at / 86400000",
  model: "model",
  persona: "persona",
  channel: "channel",
  person: "person",
};

type Row = Readonly<Partial<Record<UsageKey, string | number | null>>> & {
  readonly answers: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
  readonly thinking: number;
  readonly cost: number | null;
  readonly unpriced: number;
};

/** Adds up the ledger by the index of one person's rows, or of all rows, in time. */
export async function readUsage(
  queries: Queries,
  { person, since, by }: UsageQuery,
): Promise<readonly UsageSum[]> {
  const keys = by.map((key) => `${expressions[key]} AS ${key}`).join(", ");
  const groups = by.map((key) => expressions[key]).join(", ");
  const where = person === undefined ? "at >= ?" : "person = ? AND at >= ?";
  const values: SqlValue[] = person === undefined ? [since] : [person, since];
  const rows = await queries.query<Row>(
    `SELECT ${keys}, COUNT(*) AS answers, SUM(input_tokens) AS input, SUM(cached_tokens) AS cached,
       SUM(output_tokens) AS output, SUM(thinking_tokens) AS thinking, SUM(cost_nano) AS cost,
       SUM(CASE WHEN cost_nano IS NULL THEN 1 ELSE 0 END) AS unpriced
     FROM ledger WHERE ${where} GROUP BY ${groups} ORDER BY ${groups}`,
    values,
  );
  return rows.map((row) => ({
    of: Object.fromEntries(by.map((key) => [key, row[key] ?? ""])),
    answers: row.answers,
    inputTokens: row.input,
    cachedTokens: row.cached,
    outputTokens: row.output,
    thinkingTokens: row.thinking,
    costNano: row.cost ?? 0,
    unpriced: row.unpriced,
  }));
}
