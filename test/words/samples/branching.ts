import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const branching: Samples<Words["branching"]> = {
  goneBack: [[1], [5]],
  onlyHere: [[1], [5]],
  branched: [
    ["QUESTION", 1],
    ["QUESTION", 5],
  ],
  isBack: [[1], [5]],
  notBack: [[1], [5]],
  notOther: [["NAME", ["ONE", "TWO"]]],
  undone: [["QUESTION"]],
};
