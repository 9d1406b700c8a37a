import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  countMessages,
  estimateTokens,
  loadTokenCounter,
  type CountTokens,
} from "../../src/conversation/tokens.ts";

let exact: CountTokens;
beforeAll(async () => {
  exact = await loadTokenCounter();
});

describe("counting tokens", () => {
  test("the exact count is OpenAI's", () => {
    expect(exact("Hello, world!")).toBe(4);
    expect(exact("안녕하세요")).toBe(2);
  });

  test("special tokens in a person's text are text", () => {
    expect(exact("<|endoftext|>")).toBeGreaterThan(1);
  });

  test("long runs without spaces are counted in slices, none of which tears an emoji apart", () => {
    expect(exact("가".repeat(20_000))).toBeGreaterThan(5_000);
    expect(exact("😀".repeat(1_000))).toBe(1_000 * exact("😀"));
  });

  test.each([
    [
      "English",
      "The quick brown fox jumps over the lazy dog, and nobody in the village was surprised by it.",
    ],
    ["Korean", "오늘은 일찍 들어올 거지? 저녁 같이 먹자. 비가 와서 길이 많이 막혀요."],
    ["Japanese", "今日は早く帰ってくるよね。一緒に夕飯を食べよう。"],
    ["code", "for (const [key, value] of Object.entries(map)) { console.log(`${key}: ${value}`); }"],
    ["numbers", "2026-11-23 14:05:33, 3.14159, 1,234,567"],
  ])("the estimate of %s text errs on the high side, but not wildly", (_, text) => {
    expect(estimateTokens(text)).toBeGreaterThanOrEqual(exact(text) * 0.9);
    expect(estimateTokens(text)).toBeLessThanOrEqual(exact(text) * 3);
  });

  test("longer text never counts less", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (one, other) => {
        expect(estimateTokens(one + other)).toBeGreaterThanOrEqual(estimateTokens(one) - 1);
      }),
    );
  });

  test("messages count their text, pictures and tool exchanges", () => {
    const count = (text: string): number => text.length;
    expect(
      countMessages(
        [
          { role: "user", parts: [{ type: "text", text: "12345" }] },
          { role: "assistant", parts: [{ type: "tool-call", id: "1", name: "ocr", arguments: "{}" }] },
          {
            role: "tool",
            parts: [{ type: "tool-result", id: "1", name: "ocr", text: "1234567", failed: false }],
          },
        ],
        count,
      ),
    ).toBe(5 + 4 + (5 + 4) + (7 + 4));
  });
});
