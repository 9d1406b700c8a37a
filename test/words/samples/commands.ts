import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const commands: Samples<Words["commands"]> = {
  ask: {},
  new: {},
  undo: {},
  again: {},
  branch: {},
  stop: {},
  help: { line: [["CALL", "SUMMARY"]] },
  persona: {
    line: [
      [{ name: "NAME", id: "ID", description: "TEXT" }, true],
      [{ name: "NAME", id: "ID", description: "TEXT" }, false],
    ],
    answersNow: [["NAME"]],
    inReply: [["LABEL"]],
  },
  scope: {},
};
