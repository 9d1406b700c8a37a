import { expect, test } from "vitest";
import { strengthOf, toTranscript } from "../../../src/tools/ocr/transcript.ts";

const line = (text: string, confidence = 90) => ({ text, confidence });

test.each([
  ["あの 人 の こと が", "あの人のことが"],
  ["你 到 底 为什么 ?", "你到底为什么？"],
  ["그 사람을 아직도", "그 사람을 아직도"],
  ["I'd see  you", "I'd see  you"],
  ["Fat     13 %\n", "Fat  13 %"],
])("%j is tidied to %j", (read, tidy) => {
  expect(toTranscript("any", [line(read)]).text).toBe(tidy);
});

test("lines without a letter or digit are not text", () => {
  expect(toTranscript("kor", [line("— ..."), line("네")]).lines).toMatchObject([line("네")]);
});

test("confidence is the lines' mean, weighted by length", () => {
  expect(toTranscript("eng", [line("aaaaaaaaa", 90), line("b", 40)]).confidence).toBe(85);
  expect(toTranscript("eng", []).confidence).toBe(0);
});

test("mere guesses add no strength to a reading", () => {
  expect(strengthOf([line("certain", 95)])).toBeGreaterThan(
    strengthOf([line("a very long guess indeed", 50)]),
  );
});
