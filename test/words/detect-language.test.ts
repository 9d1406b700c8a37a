import { expect, test } from "vitest";
import { languageOf, languageOfLocale, languages } from "../../src/words/language.ts";
import type { InboundMessage } from "../../src/chat.ts";
import { detectLanguage } from "../../src/words/detect-language.ts";
import { messages } from "../fixtures/languages/messages.ts";

test("the language of a short message is told in 19 of 20, in every language in 9 of 10", () => {
  const wrong = messages.filter(([language, text]) => detectLanguage(text) !== language);
  expect(messages.length).toBeGreaterThan(140);
  // Measured: 8 of 152, each of which is told as English or as nothing, or mixes scripts.
  expect(wrong.length / messages.length).toBeLessThanOrEqual(0.055);
  for (const language of languages) {
    const of = messages.filter(([each]) => each === language);
    const missed = wrong.filter(([each]) => each === language);
    expect(missed.length / of.length, language).toBeLessThanOrEqual(0.1);
  }
});

test("a message that quotes another language is told by its own words", () => {
  expect(detectLanguage("What does 안녕하세요 mean?")).toBe("en");
  expect(detectLanguage('"What is the meaning of this?" 이게 무슨 뜻이야?')).toBe("ko");
  expect(detectLanguage("次の文を英語にして: 오늘은 정말 날씨가 좋네요")).toBe("ja");
  expect(detectLanguage("que significa 안녕하세요")).toBe("es");
});

test("code, addresses and names alone tell nothing", () => {
  for (const text of ["", "42", "🙂", "https://example.com/what-is-this", "React"])
    expect(detectLanguage(text), text).toBeUndefined();
});

test.each([
  ["ko", "ko"],
  ["ko-KR", "ko"],
  ["zh-TW", "zh"],
  ["zh-hans", "zh"],
  ["es-419", "es"],
  ["en-US", "en"],
  ["ja_JP.UTF-8", "ja"],
  ["pt-BR", undefined],
  ["C", undefined],
  ["", undefined],
])("the locale %s is %s", (locale, language) => expect(languageOfLocale(locale)).toBe(language));

const message = (text: string, locale?: string): InboundMessage => ({
  type: "message",
  id: "1",
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim", ...(locale !== undefined && { locale }) },
  text,
  attachments: [],
});

test("what the person chose on the platform goes before what they write, where the bot speaks it", () => {
  expect(languageOf(message("안녕하세요", "ja"))).toBe("ja");
  expect(languageOf(message("안녕하세요", "en-US"))).toBe("en");
  expect(languageOf(message("안녕하세요", "pt-BR"))).toBe("ko");
  expect(languageOf(message("안녕하세요"))).toBe("ko");
  expect(languageOf(message("?"))).toBeUndefined();
});
