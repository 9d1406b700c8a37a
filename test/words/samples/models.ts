import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

const choosers = ["question", "conversation", "place", "persona", "nobody"] as const;

export const models: Samples<Words["models"]> = {
  notSet: [["ALIAS"]],
  unknown: [
    ["NAME", "NEAR", []],
    ["NAME", undefined, ["ONE", "TWO"]],
  ],
  inUse: choosers.map((by) => ["MODEL", by] as const),
  isFixed: [["NAME"]],
  line: [
    [{ name: "MODEL" }, false],
    [{ name: "MODEL", alias: "fast", window: 200_000, rate: { input: 2, output: 12.5 } }, true],
    [{ name: "MODEL", description: "TEXT" }, true],
  ],
  unpriced: [[["FIRST"]], [["FIRST", "SECOND"]]],
  switched: [["MODEL"]],
  switchedToUnknown: [
    ["MODEL", undefined],
    ["MODEL", "NEAR"],
  ],
  efforts: {},
  thinks: [
    ["MODEL", undefined, "nobody"],
    ["MODEL", "off", "conversation"],
    ...choosers.map((by): Parameters<Words["models"]["thinks"]> => ["MODEL", "high", by]),
  ],
  cannotThink: [
    ["MODEL", undefined],
    ["MODEL", "high"],
  ],
  showsThinking: [
    [true, false],
    [true, true],
    [false, false],
  ],
  receipt: {
    tokens: [[12_345, 678]],
    cost: [
      [0.0123, 0],
      [0.0123, 1],
      [0.0123, 3],
    ],
    cached: [[0.45]],
    thinking: [[1200]],
    window: [[0.07]],
    tools: [[["FIRST", "SECOND"]]],
    seconds: [[8.25]],
  },
};
