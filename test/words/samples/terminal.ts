import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const terminal: Samples<Words["terminal"]> = {
  welcome: [
    ["NAME", 0],
    ["NAME", 12],
  ],
  attached: [["FILE"]],
  notThere: [["PATH"]],
  notFile: [["PATH"]],
};
