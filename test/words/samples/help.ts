import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const help: Samples<Words["help"]> = {
  groups: {},
  details: {},
  about: [["CALL", "SUMMARY"]],
  example: [["EXAMPLE"]],
  filesUnused: [["NAME"]],
};
