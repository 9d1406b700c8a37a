import { expect, test } from "vitest";
import { nearest } from "../../src/text/nearest.ts";
import { similarity } from "../../src/text/similarity.ts";

test.each([
  ["instuctions", "instructions"],
  ["exmaples", "examples"],
  ["TOOLS", "tools"],
  ["vocap", "vocab"],
  ["banana", undefined],
  ["", undefined],
])("the nearest to %j is %j", (name, expected) => {
  expect(nearest(name, ["instructions", "examples", "tools", "vocab"])).toBe(expected);
});

test("texts are alike by the letter pairs they share", () => {
  expect(similarity("저는 학교에 가요", "저는 학교에 가요.")).toBe(1);
  expect(similarity("abc", "xyz")).toBe(0);
  expect(similarity("night", "nacht")).toBeCloseTo(0.25);
  expect(similarity("", "")).toBe(1);
  expect(similarity("", "a b")).toBe(0);
});
