import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const privacy: Samples<Words["privacy"]> = {
  kept: [[new Date("2026-11-26T12:00:00Z")]],
  questions: [
    [1, 0],
    [1234, 2],
    [2, 1],
  ],
  files: [[1], [12]],
  facts: [[1], [12]],
  instructions: [[1], [12]],
  accounts: [[1], [12]],
  where: [[[]], [["VENDOR", "OTHER"]]],
  searched: [[["BACKEND", "OTHER"]]],
  howLong: [
    [undefined, undefined],
    [90, undefined],
    [90, 30],
    [90, 90],
  ],
  export: {
    done: [
      [{ questions: 1, facts: 1, files: 1, leftOut: 0 }],
      [{ questions: 1234, facts: 12, files: 3, leftOut: 2 }],
    ],
  },
  forget: { warning: [[], [{ questions: 12, facts: 3 }]] },
};
