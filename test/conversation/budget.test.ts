import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trimTurns } from "../../src/conversation/budget.ts";

const sizes = fc.array(fc.nat({ max: 500 }), { maxLength: 60 });
const budgets = fc.nat({ max: 5_000 });
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const trim = (turns: readonly number[], budget: number) =>
  trimTurns(turns, (size) => size, { budget, most: budget });

describe("trimming a history", () => {
  test("never sends more than the budget", () => {
    fc.assert(fc.property(sizes, budgets, (turns, budget) => sum(trim(turns, budget).kept) <= budget));
  });

  test("keeps the newest turns, whole and in order, and counts the rest", () => {
    fc.assert(
      fc.property(sizes, budgets, (turns, budget) => {
        const { kept, dropped } = trim(turns, budget);
        expect([...turns.slice(0, dropped), ...kept]).toEqual(turns);
      }),
    );
  });

  test("keeps the newest turn over the budget while there is room for it", () => {
    const alone = (turns: readonly number[], bounds: { budget: number; most: number }) =>
      trimTurns(turns, (size) => size, bounds).kept;
    expect(alone([5_000, 20_000], { budget: 24_000, most: 100_000 })).toEqual([20_000]);
    expect(alone([5_000, 30_000], { budget: 24_000, most: 100_000 })).toEqual([30_000]);
    expect(alone([5_000, 30_000], { budget: 24_000, most: 29_000 })).toEqual([]);
  });

  test("drops nothing while everything fits", () => {
    fc.assert(fc.property(sizes, (turns) => trim(turns, sum(turns)).dropped === 0));
  });

  test("drops no more than it needs to free a quarter of the budget", () => {
    fc.assert(
      fc.property(sizes, budgets, (turns, budget) => {
        const { kept, dropped } = trim(turns, budget);
        const oneMore = dropped > 0 ? sum(kept) + (turns[dropped - 1] ?? 0) : Infinity;
        expect(oneMore).toBeGreaterThan(budget * 0.75);
      }),
    );
  });

  test("moves the start of the history only once in many turns", () => {
    let turns: number[] = [];
    let cuts = 0;
    for (let count = 0; count < 100; count++) {
      turns.push(100);
      const { kept, dropped } = trim(turns, 2_000);
      if (dropped > 0) cuts++;
      turns = [...kept];
    }
    expect(cuts).toBe(14);
  });
});
