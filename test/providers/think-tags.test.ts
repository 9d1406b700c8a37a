import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createThinkSplitter } from "../../src/providers/think-tags.ts";

function split(pieces: readonly string[]) {
  const splitter = createThinkSplitter();
  const spoken = [...pieces.map((piece) => splitter.push(piece)), splitter.end()];
  return {
    thinking: spoken.map(({ thinking }) => thinking).join(""),
    text: spoken.map(({ text }) => text).join(""),
  };
}

test.each([
  ["<think>hm</think>\n\nyes", { thinking: "hm", text: "yes" }],
  ["\n<think>\nhm\n</think>yes", { thinking: "\nhm\n", text: "yes" }],
  ["<think></think>yes", { thinking: "", text: "yes" }],
  ["<think>cut off", { thinking: "cut off", text: "" }],
  ["no thinking", { thinking: "", text: "no thinking" }],
  ["<thing>", { thinking: "", text: "<thing>" }],
  ["<thi", { thinking: "", text: "<thi" }],
  ["Write <think>x</think> at the start.", { thinking: "", text: "Write <think>x</think> at the start." }],
])("%j is taken apart alike wherever it is cut", (whole, expected) => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: whole.length })), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
      expect(split(edges.slice(1).map((edge, index) => whole.slice(edges[index], edge)))).toEqual(expected);
    }),
  );
});
