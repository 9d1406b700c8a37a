import { expect, test } from "vitest";
import { readWritten } from "../../src/platform/written-command.ts";

const names = ["new", "model", "memory", "undo", "forget"];

test.each([
  ["/new", { name: "new", argument: "" }],
  ["  /Model fast ", { name: "model", argument: "fast" }],
  ["!undo", { name: "undo", argument: "" }],
  [
    "/memory add I live in Seoul,\nand like tea",
    { name: "memory", argument: "add I live in Seoul,\nand like tea" },
  ],
  // One letter beside it: whoever carries it out asks what was meant.
  ["/modle fast", { name: "modle", argument: "fast" }],
  ["/foget me yes", { name: "foget", argument: "me yes" }],
  ["/etc/hosts is what?", undefined],
  ["/new/old", undefined],
  ["/news of the day, please, in Korean", undefined],
  ["/tmp is full", undefined],
  ["what does /new do?", undefined],
  ["!important: call Mina", undefined],
  ["/", undefined],
  ["/ new", undefined],
])("%j", (text, expected) => {
  expect(readWritten(text, names)).toEqual(expected);
});
