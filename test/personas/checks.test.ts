import { describe, expect, test } from "vitest";
import { failedChecks } from "../../src/personas/checks.ts";

const words = (text: string): number => text.split(/\s+/u).length;

describe("a persona test's checks", () => {
  test.each([
    [{ equals: "yes" }, " yes\n", []],
    [{ equals: "yes" }, "no", ['is not "yes"']],
    [{ contains: ["a", "b"] }, "a c", ['lacks "b"']],
    [{ excludes: "a" }, "abc", ['contains "a"']],
    [{ matches: "^a.b$" }, "a\nb", []],
    [{ matches: "^b" }, "ab", ["does not match ^b"]],
    [{ lines: "^[가-힣]+;.+$" }, "학교;school\n가다;to go", []],
    [{ lines: "^[가-힣]+;.+$" }, "Here you are:\n학교;school", ['line 1 is "Here you are:"']],
    [{ maxTokens: 2 }, "one two three", ["has 3 tokens, more than 2"]],
    [{ json: { type: "object", required: ["a"] } }, '```json\n{"a": 1}\n```', []],
    [{ json: { type: "array", items: { type: "string" } } }, "[1]", [expect.stringMatching(/^0: .*string/u)]],
    [{ json: { type: "object" } }, "{oops", ["is not JSON"]],
    [{ contains: "x", maxTokens: 1 }, "a b", ['lacks "x"', "has 2 tokens, more than 1"]],
  ])("%j of %j", (expected, answer, failures) => {
    expect(failedChecks(answer, expected, words)).toEqual(failures);
  });
});
