import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

const total = { answers: 12, tokens: 34_500, costNano: 1_230_000_000, unpriced: 0 };
const spender = { kind: "person", name: "PERSON" } as const;

export const usage: Samples<Words["usage"]> = {
  today: [[total]],
  thisMonth: [[total], [{ ...total, unpriced: 2 }]],
  thirtyDays: [[{ ...total, answers: 1 }]],
  by: {},
  line: [["NAME", total]],
  more: [[3, total]],
  left: [
    [
      {
        bound: { spender, measure: "money", period: "day", most: 5_000_000_000 },
        used: 1_000_000_000,
        held: 0,
      },
    ],
    [{ bound: { spender, measure: "tokens", period: "month", most: 50_000 }, used: 20_000, held: 5_000 }],
  ],
  csv: [[1], [12]],
  csvOfAll: [[1], [12]],
};
