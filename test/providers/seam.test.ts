import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSeam } from "../../src/providers/seam.ts";

/** What is read when a new call says `again` after `said`, in pieces of `size` UTF-16 units. */
function joined(said: string, again: string, size = 1): string {
  const seam = createSeam(said);
  let text = said;
  for (let at = 0; at < again.length; at += size) text += seam.push(again.slice(at, at + size));
  return text + seam.end();
}

describe.each([1, 3, 1_000])("in pieces of %i", (size) => {
  test.each([
    ["nothing again", "오늘은 날씨가 좋", "아요.", "오늘은 날씨가 좋아요."],
    ["one character again", "오늘은 날씨가 좋아", "아요.", "오늘은 날씨가 좋아요."],
    ["the cut word again", "오늘은 날씨가 좋", "좋아요.", "오늘은 날씨가 좋아요."],
    ["the last words again", "오늘은 날씨가 좋", "날씨가 좋아요.", "오늘은 날씨가 좋아요."],
    ["everything again", "오늘은 날씨가 좋", "오늘은 날씨가 좋아요.", "오늘은 날씨가 좋아요."],
    ["Chinese", "我喜欢喝", "喜欢喝茶。", "我喜欢喝茶。"],
    ["Japanese", "東京に行きま", "ました。", "東京に行きました。"],
    ["letters that are alike by chance", "hel", "lo there", "hello there"],
    ["the cut Latin word", "say hel", "hello there", "say hello there"],
    ["a space said twice", "the quick ", " brown fox", "the quick brown fox"],
    ["a space said once, before", "the quick ", "brown fox", "the quick brown fox"],
    ["a space said once, after", "the quick", " brown fox", "the quick brown fox"],
    ["words and their space", "see the quick", "the quick brown fox", "see the quick brown fox"],
    ["an empty line said twice", "One.\n\n", "\n\nTwo.", "One.\n\nTwo."],
    ["an empty line in halves", "One.\n", "\nTwo.", "One.\n\nTwo."],
    ["an indent in halves", "if x:\n  ", "  y()", "if x:\n    y()"],
    ["signs in halves", "a *", "*bold**", "a **bold**"],
    ["dots before the words", "the quick brown", "…quick brown fox", "the quick brown fox"],
    ["a line before the words", "the quick brown", "\n\nthe quick brown fox", "the quick brown fox"],
    ["words and another space", "the quick ", "the quick\nbrown", "the quick \nbrown"],
    ["words and fewer lines", "the quick\n\n", "the quick\n  brown", "the quick\n\n  brown"],
    ["words and no space", "the quick ", "the quick", "the quick "],
    ["a space before a like syllable", "날씨가 좋아요", " 요즘은 춥다", "날씨가 좋아요 요즘은 춥다"],
    ["an emoji of several characters", "say hi 👋", "hi 👋🏽 there", "say hi 👋🏽 there"],
    ["an emoji beside its like", "bravo 🎉", "🎉!", "bravo 🎉🎉!"],
    ["a number", "in 20", "2026 again", "in 2026 again"],
  ])("%s: %j + %j", (_what, said, again, whole) => {
    expect(joined(said, again, size)).toBe(whole);
  });
});

test("who only says the last words again had nothing to add", () => {
  expect(joined("All of it is said.", "is said.")).toBe("All of it is said.");
});

test("words that stand earlier in the answer are no repetition of its end", () => {
  expect(joined("one two three ", "one four")).toBe("one two three one four");
});

test("nothing is held back longer than it can be a repetition", () => {
  const seam = createSeam("the quick brown");
  expect(seam.push("qui")).toBe("");
  expect(seam.push("et fox")).toBe("quiet fox");
  expect(seam.push(" and")).toBe(" and");
});

test("half a character is never passed on", () => {
  const seam = createSeam("");
  const [high, low] = ["👋".charAt(0), "👋".charAt(1)];
  expect(seam.push(`hi ${high}`)).toBe("hi ");
  expect(seam.push(low)).toBe("👋");
  expect(seam.push("!")).toBe("!");
  expect(seam.end()).toBe("");
});

const words = fc.uniqueArray(fc.stringMatching(/^(?:[a-zé]{2,9}|[가-힣]{2,5}|[一-鿿]{2,4})$/u), {
  minLength: 4,
  maxLength: 30,
});

test("wherever an answer is cut, and wherever a word begins from which it goes on, it is whole and once", () => {
  fc.assert(
    fc.property(words, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (list, cut, back, size) => {
      const whole = list.map((word, index) => `${word}${index}${index % 5 === 4 ? ".\n\n" : " "}`).join("");
      const end = 1 + (cut % whole.length);
      const said = whole.slice(0, end);
      const starts = [...said.matchAll(/[^\s]+/gu)].map(({ index }) => index);
      const from = starts[back % starts.length] ?? 0;
      expect(joined(said, whole.slice(from), size)).toBe(whole);
    }),
    { numRuns: 500 },
  );
});
