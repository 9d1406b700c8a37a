import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const search: Samples<Words["search"]> = {
  failed: [["BACKEND", "REASON"]],
  noneWorked: [[["REASON", "OTHER"]]],
  foundNothing: [["BACKEND"]],
  status: [[403], [429], [500]],
  tooSlow: [[8]],
};
