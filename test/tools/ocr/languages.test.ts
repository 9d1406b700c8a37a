import { expect, test } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { findLanguageData, tesseractName } from "../../../src/tools/ocr/languages.ts";

test.each([
  ["ko", "kor"],
  ["en-US", "eng"],
  ["ja", "jpn"],
  ["zh", "chi_sim"],
  ["zh-Hant", "chi_tra"],
  ["zh-TW", "chi_tra"],
  ["zh_tw", undefined],
  ["pt-BR", "por"],
  ["kor", "kor"],
  ["chi_tra", "chi_tra"],
  ["tlh-x", undefined],
  ["not a code", undefined],
])("the language %s is %s to Tesseract", (code, name) => {
  expect(tesseractName(code)).toBe(name);
});

test("installed language data is found", () => {
  expect(findLanguageData("kor")).toMatch(/4\.0\.0_best_int$/u);
});

test("a language without its package is an error that names the package to install", () => {
  expect(() => findLanguageData("vie")).toThrow(UserError);
  expect(() => findLanguageData("vie")).toThrow("npm install @tesseract.js-data/vie");
});
