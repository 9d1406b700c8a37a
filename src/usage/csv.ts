import type { OutgoingFile } from "../chat.ts";
import type { UsageKey, UsageSum } from "../limits/ledger.ts";
import type { Account } from "../privacy/people.ts";

/** One person's answers, a line each, the oldest first. */
export const accountsCsv = (accounts: readonly Account[]): OutgoingFile =>
  csvFile([
    ["at", "channel", "persona", "model", ...counts, "cost_usd", "estimated", "tools"],
    ...accounts.map(({ at, channel, persona, model, usage, costUsd, isEstimate, tools }) => [
      at.toISOString(),
      channel,
      persona,
      model,
      usage.inputTokens,
      usage.cachedTokens,
      usage.outputTokens,
      usage.thinkingTokens,
      costUsd,
      isEstimate ? 1 : 0,
      tools.join(" "),
    ]),
  ]);

/** Sums, a line each, with a column for each key that they are told apart by. */
export const sumsCsv = (sums: readonly UsageSum[], keys: readonly UsageKey[]): OutgoingFile =>
  csvFile([
    [...keys, "answers", ...counts, "cost_usd", "answers_of_unknown_price"],
    ...sums.map((sum) => [
      ...keys.map((key) => (key === "day" ? dateOf(Number(sum.of.day)) : sum.of[key])),
      sum.answers,
      sum.inputTokens,
      sum.cachedTokens,
      sum.outputTokens,
      sum.thinkingTokens,
      // Whole billionths: no digit is lost.
      `${Math.floor(sum.costNano / 1e9)}.${String(sum.costNano % 1e9).padStart(9, "0")}`,
      sum.unpriced,
    ]),
  ]);

const counts = ["input_tokens", "cached_tokens", "output_tokens", "thinking_tokens"];

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

const csvFile = (rows: readonly (readonly (string | number | undefined)[])[]): OutgoingFile => ({
  name: "usage.csv",
  mimeType: "text/csv",
  data: Buffer.from(rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")),
});

/** By RFC 4180; what a spreadsheet would take for a formula is text. */
function cell(value: string | number | undefined = ""): string {
  const text = typeof value === "string" && /^[=+\-@\t]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
