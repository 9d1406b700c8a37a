import { expect, it } from "vitest";
import { excerpt } from "../../src/yaml/excerpt.ts";
import { formatProblem } from "../../src/yaml/problem.ts";
import { positionAt } from "../../src/yaml/source.ts";

it("puts the caret under the column", () => {
  expect(excerpt("name: x", 7)).toEqual(["name: x", "      ^"]);
});

it("counts two columns for wide characters, none for joining ones, and keeps tabs", () => {
  expect(excerpt("한국어: x", 6)).toEqual(["한국어: x", "        ^"]);
  expect(excerpt("日本、：x", 5)).toEqual(["日本、：x", "        ^"]);
  expect(excerpt("🚆🏃x", 5)).toEqual(["🚆🏃x", "    ^"]);
  expect(excerpt("한x".normalize("NFD"), 4)).toEqual(["한x".normalize("NFD"), "  ^"]);
  expect(excerpt("a:\tx", 4)).toEqual(["a:\tx", "  \t^"]);
});

it("cuts a long line to what stands round the caret", () => {
  const [line, caret] = excerpt(`${"가".repeat(500)}!${"나".repeat(500)}`, 501);
  expect(line).toBe(`…${"가".repeat(59)}!${"나".repeat(58)}…`);
  expect(caret).toBe(`${" ".repeat(119)}^`);
});

it("shows no control character to the terminal", () => {
  expect(excerpt("a\u{1B}[31mb", 1)[0]).toBe("a\u{FFFD}[31mb");
});

it("blanks credentials, so that a problem can be shown to anyone, and leaves references to them", () => {
  const source = (line: string) => positionAt(line, 0).source;
  expect(source("  apikey: sk-123")).toBe("  apikey: ••••••");
  expect(source('{ token: "abc", x: 1 }')).not.toContain("abc");
  expect(source("url: postgres://me:pw@host/db")).toBe("url: postgres://me:••@host/db");
  expect(source("apiKey: ${OPENAI_API_KEY}")).toBe("apiKey: ${OPENAI_API_KEY}");
  expect(source("maxTokens: 500")).toBe("maxTokens: 500");
});

it("prints a problem without a place as one line and its hint", () => {
  expect(formatProblem({ file: "a.yaml", message: "is wrong", hint: "mend it" })).toBe(
    "a.yaml  is wrong\n    mend it",
  );
});
