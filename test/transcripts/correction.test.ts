import { expect, test } from "vitest";
import { correctedLines, likeness } from "../../src/transcripts/correction.ts";

const lines = ["네가 여긴 웬일이야?", "연락도 엾이.", "문 열어"];

test.each([
  ["a number", "2: 연락도 없이.", ["네가 여긴 웬일이야?", "연락도 없이.", "문 열어"]],
  ["several numbers", "1. 네가\n3) 문 열어!", ["네가", "연락도 엾이.", "문 열어!"]],
  ["a line that is like one", "연락도 없이.", ["네가 여긴 웬일이야?", "연락도 없이.", "문 열어"]],
  [
    "all of it",
    "네가 여긴 웬일이야?\n연락도 없이.\n문 열어!",
    ["네가 여긴 웬일이야?", "연락도 없이.", "문 열어!"],
  ],
])("%s says which lines are changed", (_, written, expected) => {
  expect(correctedLines(written, { lines }, 0.5)).toEqual(expected);
});

test.each([
  ["a question about it", "why 없이 here?"],
  ["a number that no line has", "4: 연락도 없이."],
  ["the same text", "네가 여긴 웬일이야?\n연락도 엾이.\n문 열어"],
  ["a long text", "연락도 없이. ".repeat(400)],
  ["nothing", "  "],
])("%s is no correction", (_, written) => {
  expect(correctedLines(written, { lines }, 0.5)).toBeUndefined();
});

test("what is said in answer to how to correct it is the text, whatever it is", () => {
  expect(correctedLines("전혀 다른 말", { lines: ["하나"] }, 0)).toEqual(["전혀 다른 말"]);
  expect(correctedLines("x\ny\nz\nw", { lines }, 0)).toEqual(["x", "y", "z", "w"]);
});

test("signs, case and white space make no two texts unlike", () => {
  expect(likeness("Where ARE you?", "where are you")).toBe(1);
  expect(likeness("", "")).toBe(0);
});
