import { expect, it } from "vitest";
import { makeCode, readCode } from "../../src/access/codes.ts";
import { detectLanguage } from "../../src/words/detect-language.ts";

it("a code is no word, so that it tells nothing of its sender's language", () => {
  const codes = Array.from({ length: 10_000 }, () => makeCode(4));
  expect(codes.filter((code) => detectLanguage(code) || /[AEIOUY]/u.test(code))).toEqual([]);
});

it("is read however it was typed, also one of before that has vowels", () => {
  expect(readCode(" est2 md ")).toBe("EST-2MD");
});
