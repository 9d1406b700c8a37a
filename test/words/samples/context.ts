import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

export const context: Samples<Words["context"]> = {
  trimmed: [[1], [5]],
  full: [[80]],
  seesNoHistory: [["NAME"]],
  compacting: [[1], [5]],
  compacted: [
    [{ turns: 1, tokensBefore: 9000, tokensAfter: 400, kept: 1 }],
    [{ turns: 12, tokensBefore: 9000, tokensAfter: 400, kept: 2 }],
  ],
  leftOut: [[1], [5]],
  sees: [
    [{ tokens: 9000, window: 128_000, share: "7 %", model: "MODEL", isGuess: false }],
    [{ tokens: 9000, window: 128_000, share: "7 %", model: "MODEL", isGuess: true }],
  ],
  partNames: { tools: [[1], [5]], examples: [[1], [5]] },
  pictures: [[1], [5]],
  tokensAndShare: [[9000, "7 %"]],
  historyRoom: [["40 %", 24_000]],
  notSeen: [[1], [5]],
  fullRequest: [
    ["MODEL", false],
    ["MODEL", true],
  ],
  left: [[1], [5]],
  said: { uses: [["TOOL"]], result: [["TOOL"]] },
};
