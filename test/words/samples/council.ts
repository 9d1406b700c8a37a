import { failures } from "./general.ts";
import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const council: Samples<Words["council"]> = {
  howTo: [[["FIRST", "SECOND", "THIRD"]]],
  tooFew: [[[]], [["ONLY"]]],
  tooMany: [[8]],
  offer: [
    [["FIRST", "SECOND"], { about: "$0.05", most: "$0.20" }, []],
    [["FIRST", "SECOND"], { about: "$0.05", most: "$0.20" }, ["SECOND"]],
    [["FIRST", "SECOND"], undefined, ["FIRST", "SECOND"]],
  ],
  asking: [
    [4, 0],
    [4, 2],
  ],
  heard: [
    [0, 4],
    [2, 4],
  ],
  answer: [[2, "MODEL", ["8.2 s", "$0.0031"]]],
  absent: ([...failures, "empty", "stopped", "timeout"] as const).map((why) => ["MODEL", why] as const),
  notAsked: [["MODEL", "SENTENCE"]],
  ranks: {},
  of: [[4]],
  onlyOne: [["MODEL"]],
  noRanking: [[["FIRST"]], [["FIRST", "SECOND"]]],
  otherChair: [["MODEL", "OTHER"]],
  noSummary: [["MODEL"]],
};
