import type { Usage } from "./provider.ts";

/** More than any call takes, in tokens. */
const mostTokens = 1e9;
/** The same in US dollars. */
const mostUsd = 1e6;

/** What a vendor counted as it can be kept and summed up: gateways multiply their counts by a rate, and some send anything. */
export function soundUsage({ costUsd, ...counts }: Usage): Usage {
  const sound = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, soundCount(count)]));
  return { ...counts, ...sound, ...(isBetween(costUsd, mostUsd) && { costUsd }) };
}

/** A count of tokens; 0 for what is none. */
export const soundCount = (count: unknown): number => (isBetween(count, mostTokens) ? Math.round(count) : 0);

const isBetween = (value: unknown, most: number): value is number =>
  typeof value === "number" && value >= 0 && value <= most;
