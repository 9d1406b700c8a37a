import type { Bound, LedgerEntry, Reservation } from "../../src/limits/ledger.ts";
import { conversation, turnId } from "./turns.ts";

export const minuteMs = 60_000;
export const dayMs = 1440 * minuteMs;
/** The 31st of a month, in the last hour. */
export const now = Date.UTC(2026, 9, 31, 23, 10);

export const mine: Bound = {
  spender: { kind: "person", name: "fake:kim" },
  measure: "money",
  period: "day",
  most: 100,
};
export const everyones: Bound = { ...mine, spender: { kind: "all", name: "" } };
export const channels: Bound = { ...mine, spender: { kind: "channel", name: "fake:room" } };

export const hold = (id: string, changes: Partial<Reservation> = {}): Reservation => ({
  id,
  attempt: id,
  person: "fake:kim",
  channel: "fake:room",
  persona: "tutor",
  tokens: 10,
  costNano: 10,
  expiresAt: now + 5 * minuteMs,
  ...changes,
});

export const entry = (turn: number, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  turn: turnId(turn),
  attempt: `job-${turn}`,
  at: new Date(now),
  person: "fake:kim",
  channel: "fake:room",
  conversation,
  persona: "tutor",
  model: "openai/gpt-6-sol",
  usage: { inputTokens: 7, cachedTokens: 3, cacheWriteTokens: 2, outputTokens: 4, thinkingTokens: 1 },
  isEstimate: false,
  costNano: 60,
  tools: ["clock"],
  ...changes,
});
