import { expect, test } from "vitest";
import { runKills } from "../scripts/chaos/kills.ts";
import { describeKills } from "../scripts/chaos/report.ts";

const seed = 11;

test.each([
  { store: "sqlite", processes: 1, kills: 4 },
  { store: "postgres", processes: 2, kills: 3 },
] as const)(
  "on $store, while $processes processes are killed $kills times, each question has exactly one answer",
  async ({ store, processes, kills }) => {
    const { signal } = new AbortController();
    const result = await runKills({ store, processes, kills, minutes: 0, seed, signal, tell: () => {} });
    expect(result.faults, describeKills(result, seed)).toEqual([]);
    expect(result.kills).toBe(kills);
    expect([...result.byPlatform.values()].every(({ answered }) => answered > 0)).toBe(true);
  },
  180_000,
);
