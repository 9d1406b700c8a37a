import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

const at = new Date("2026-11-26T12:00:00Z");

export const memory: Samples<Words["memory"]> = {
  remembered: [["FACT"]],
  changed: [["FACT", "BEFORE"]],
  withdrawn: [["FACT"]],
  madeRoom: [[1], [5]],
  askKeep: [
    ["health", "FACT"],
    ["credentials", "FACT"],
    ["money", "FACT"],
    ["identity", "FACT"],
  ],
  secret: [["password"], ["key"], ["card"]],
  title: [[12, 500]],
  learned: [
    [at, "PLACE", ""],
    [at, "PLACE", "PERSONA"],
  ],
  hidden: [[1], [5]],
  rule: [[500]],
  page: [[2, 5]],
  waiting: [["FACT"]],
  noNumber: [["NUMBER"]],
  tooLong: [[300]],
  forgotten: [["FACT"]],
  forgottenAll: [[1], [5]],
  sureAll: [[1], [5]],
  nowShared: [["FACT"]],
  nowUnshared: [["FACT"]],
  kept: [["FACT"]],
  undone: [["FACT"]],
  undoneTo: [["FACT"]],
  replacedBy: [["BEFORE", "NOW", at]],
  removed: [["FACT", at]],
  whyGone: [[1], [5]],
  exported: [
    [1, 1],
    [12, 3],
  ],
  instructionAdded: [[2, "RULE"]],
  instructionEdited: [[2, "RULE"]],
  instructionOn: [["RULE"]],
  instructionOff: [["RULE"]],
  instructionRemoved: [["RULE"]],
  noInstruction: [["NUMBER"]],
  tooManyInstructions: [[20, 2000]],
  linkCode: [["CODE", 15]],
  linkWhose: [["NAME", "PLATFORM"]],
  linked: [["NAME", "PLATFORM"]],
  linkList: [[["FIRST", "SECOND"]]],
  account: [
    ["NAME", "PLATFORM"],
    ["", "PLATFORM"],
  ],
};
