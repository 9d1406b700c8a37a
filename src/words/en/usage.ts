import { toDollars } from "../../limits/bounds.ts";
import type { BoundUse } from "../../limits/ledger.ts";
import { compact, dollars } from "../../text/numbers.ts";
import type { Total } from "../../usage/totals.ts";

/** What is said about how much was used, and what it cost. */
export const usageWords = {
  summary: "what your answers took and cost, today and this month, and what is left",
  inPrivate: "What you use is yours to know: ask me for `/usage` in a direct message.",
  how: "Write `/usage` or `/usage csv`; those who run me also `/usage all` and `/usage all csv`.",
  nothing: "No model has answered you this month.",
  nothingAtAll: "No model has answered anyone in thirty days.",
  today: (total: Total): string => `**Today:** ${told(total)}`,
  thisMonth: (total: Total): string => `**This month:** ${told(total)}`,
  thirtyDays: (total: Total): string => `**Everyone, thirty days:** ${told(total)}`,
  by: { model: "By model", persona: "By persona", channel: "By channel", person: "By person" },
  line: (name: string, total: Total): string => `- ${name}: ${told(total)}`,
  more: (count: number, total: Total): string => `- ${count} more: ${told(total)}`,
  /** For what stands in no channel, and for those who were forgotten. */
  directMessages: "direct messages",
  nobody: "people who were forgotten",
  left: ({ bound, used, held }: BoundUse): string => {
    const left = Math.max(0, bound.most - used - held);
    const amount = (value: number): string =>
      bound.measure === "money" ? dollars(toDollars(value)) : `${compact(value)} tokens`;
    return `- ${amount(left)} of ${amount(bound.most)} ${bound.period === "day" ? "today" : "this month"}`;
  },
  budget: "Left of your budget",
  budgetOfAll: "Left of everyone's budget",
  clock: "Days and months are those of UTC.",
  csv: (rows: number): string => `${rows} ${rows === 1 ? "line" : "lines"}, one for each answer.`,
  csvOfAll: (rows: number): string =>
    `${rows} ${rows === 1 ? "line" : "lines"}: thirty days by day, channel, person, persona and model.`,
  asCsv: "As a table",
};

function told({ answers, tokens, costNano, unpriced }: Total): string {
  const counted = `${answers} ${answers === 1 ? "answer" : "answers"}`;
  const priced = answers - unpriced;
  const money = priced > 0 ? [dollars(toDollars(costNano))] : [];
  const unknown = unpriced > 0 && priced > 0 ? ` and ${unpriced} of unknown price` : "";
  return `${[counted, `${compact(tokens)} tokens`, ...money].join(", ")}${unknown}`;
}
