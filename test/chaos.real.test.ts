import { expect, test } from "vitest";
import { runKills } from "../scripts/chaos/kills.ts";
import { describeKills } from "../scripts/chaos/report.ts";

const seed = 11;

// The long form, with twenty kills and three processes, is run by hand: `npm run chaos`.
test.each([
  { store: "sqlite", processes: 1 },
  { store: "postgres", processes: 2 },
] as const)(
  "on $store, while one of $processes processes is killed at random, each question has exactly one answer",
  async ({ store, processes }) => {
    const { signal } = new AbortController();
    const common = { store, processes, minutes: 0, seed, signal, tell: () => {} } as const;
    const result = await runKills({ ...common, kills: 2 });
    expect(result.faults, describeKills(result, seed)).toEqual([]);
    expect(result.kills).toBe(2);
    expect([...result.byPlatform.values()].every(({ answered }) => answered > 0)).toBe(true);
  },
  420_000,
);
