import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const reading: Samples<Words["reading"]> = {
  embedding: [["NAME", 40]],
  whole: [["NAME", 3200]],
  indexed: [["NAME", { tokens: 310_000, each: 2400 }]],
  cut: [["NAME", 4_000_000]],
  kept: [[1], [3]],
  files: {},
  size: [
    ["page", 1],
    ["page", 600],
    ["sheet", 3],
    ["slide", 12],
    ["chapter", 9],
    ["part", 4],
  ],
  tokens: [[310_000]],
  drop: [[2]],
  dropped: [["NAME"]],
  noFile: [["WHICH"]],
  read: {},
  begun: [
    ["NAME", { chapters: 1, tokens: 4000 }],
    ["NAME", { chapters: 12, tokens: 310_000 }],
  ],
  askChapter: [["LABEL"]],
  where: [["TITLE", { label: "LABEL", chapter: 3, chapters: 12, percent: 25 }]],
  lastChapter: [["TITLE"]],
  noChapter: [["WHICH", 12]],
  readingStopped: [["TITLE"]],
};
