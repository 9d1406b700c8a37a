import { expect, test } from "vitest";
import { remember } from "../../src/platform/remember.ts";
import { parseThread, threadId } from "../../src/platform/thread-id.ts";
import { shorten } from "../../src/text/shorten.ts";

test("a thread id gives back what was put in", () => {
  expect(threadId("chat", -100, 7)).toBe("chat:-100:7");
  expect(parseThread("chat:-100:7")).toEqual({ channel: "-100", root: "7" });
  expect(parseThread(threadId("chat", "c"))).toEqual({ channel: "c" });
});

test("the newest entries are remembered, and what is used again counts as new", () => {
  const map = new Map<string, number>();
  for (const [index, key] of ["a", "b", "a", "c"].entries()) remember(map, key, index, 2);
  expect([...map]).toEqual([
    ["a", 2],
    ["c", 3],
  ]);
});

test("a text is shortened only when it must be, and never within a character of two units", () => {
  expect(shorten("12345", 5)).toBe("12345");
  expect(shorten("123456", 5)).toBe("1234…");
  expect(shorten("123😀56", 5).isWellFormed()).toBe(true);
});
