import type { Nodes, Root } from "mdast";
import { expect, test } from "vitest";
import { parseMarkdown } from "../../src/text/document.ts";
import { paginate } from "../../src/text/paginate.ts";
import { toPlainText } from "../../src/text/plain.ts";
import { renderMarkdown, trace } from "../support/markdown.ts";

/** The parts of a finished answer as Markdown, each at most so many characters. */
function split(markdown: string, limit: number): string[] {
  const document = parseMarkdown(markdown, { growing: false });
  const parts = paginate(document, (part) => renderMarkdown(part).length <= limit);
  expect(parts.flatMap((part) => trace(part))).toEqual(trace(document));
  return parts.map(renderMarkdown);
}

const lines = (count: number, line: string): string =>
  Array.from({ length: count }, (_, index) => line.replaceAll("#", String(index + 1))).join("\n");

test("an answer that fits is one part, and so is an empty one", () => {
  expect(split("# Hello\n\nworld", 100)).toEqual(["# Hello\n\nworld"]);
  expect(split("", 100)).toEqual([""]);
});

test("text is split at the end of a sentence, else of a word", () => {
  expect(split("One is here. Two is there. Three is gone.", 30)).toEqual([
    "One is here. Two is there.",
    "Three is gone.",
  ]);
  expect(split("one two three four five six", 15)).toEqual(["one two three", "four five six"]);
  expect(split("첫 문장입니다. 둘째 문장입니다. 셋째입니다.", 20)).toEqual([
    "첫 문장입니다. 둘째 문장입니다.",
    "셋째입니다.",
  ]);
});

test("lines within a paragraph stay whole, as in a list of words to learn", () => {
  expect(split("사람;person\n나라;country\n바다;the sea\n하늘;the sky", 26)).toEqual([
    "사람;person\n나라;country",
    "바다;the sea\n하늘;the sky",
  ]);
});

test("a word longer than a part is split between graphemes, never within one", () => {
  const family = "👨‍👩‍👧‍👦";
  const syllable = "\u1112\u1161\u11ab";
  for (const grapheme of [family, syllable, "𠮷", "🇰🇷", "e\u0301\u0323"]) {
    const parts = split(grapheme.repeat(40), 50);
    const whole = Math.floor(50 / grapheme.length);
    expect(parts[0]).toBe(grapheme.repeat(whole));
    expect(parts.join("")).toBe(grapheme.repeat(40));
  }
});

test("a letter under thousands of accents is no reason to fail", () => {
  expect(split(`Z${"\u0301".repeat(3000)}`, 1000).map((part) => part.length)).toEqual([1000, 1000, 1000, 1]);
});

test("a Korean paragraph of 10,000 characters without a space arrives whole", () => {
  const text = "가나다라마바사아자차카타파하".repeat(715).slice(0, 10_000);
  const parts = split(text, 2000);
  expect(parts.map((part) => part.length)).toEqual([2000, 2000, 2000, 2000, 2000]);
  expect(parts.join("")).toBe(text);
});

test("emphasis and links are closed and opened again around a split", () => {
  expect(split("**One is here. Two is *there. Three* is gone.**", 34)).toEqual([
    "**One is here. Two is _there._**",
    "**_Three_ is gone.**",
  ]);
  expect(split("See [this is a link. It is long](https://a.bc/d).", 40)).toEqual([
    "See [this is a link. It](https://a.bc/d)",
    "[is long](https://a.bc/d).",
  ]);
});

test("inline code goes on as code", () => {
  expect(split("`one two three four five six seven`", 20)).toEqual([
    "`one two three four`",
    "`five six seven`",
  ]);
});

test("code is split between lines and goes on in a fence of its language", () => {
  const parts = split(`\`\`\`\`python\n${lines(40, 'print("```")  # #')}\n\`\`\`\``, 200);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(part).toMatch(/^````python\n(?:print\("```"\) {2}\d+ \d+\n)+````$/u);
});

test("a line of code of 5,000 characters loses none", () => {
  const line = "x = 1; y=2;\t".repeat(417).slice(0, 5000);
  const parts = split(`before\n\n\`\`\`js\n${line}\nnext();\n\`\`\``, 1000);
  const code = parts
    .slice(1)
    .map((part) => /^```js\n(?<code>[^]*)\n```$/u.exec(part)?.groups?.["code"] ?? "");
  expect(code.join("")).toBe(`${line}\nnext();`);
});

test("a table goes on under its header", () => {
  const table = `| Word | Meaning |\n| :-- | --: |\n${lines(40, "| 단어# | meaning # |")}`;
  const parts = split(table, 400);
  expect(parts.length).toBeGreaterThan(2);
  for (const part of parts) expect(part).toMatch(/^\| Word +\| +Meaning \|\n\| :-+ \| -+: \|\n\| 단어/u);
});

test("a list goes on at its number, and within an item without a new mark", () => {
  const document = parseMarkdown(lines(9, "#. This is item #. It has two sentences."), { growing: false });
  const parts = paginate(document, (part) => toPlainText(part).length <= 100);
  expect(parts.map(toPlainText).slice(0, 3)).toEqual([
    "1. This is item 1. It has two sentences.\n2. This is item 2. It has two sentences.",
    "3. This is item 3. It has two sentences.\n4. This is item 4. It has two sentences.",
    "5. This is item 5. It has two sentences.\n6. This is item 6. It has two sentences.",
  ]);
  const long = parseMarkdown(`4. ${lines(3, "Sentence number #.").replaceAll("\n", " ")}\n5. end`, {
    growing: false,
  });
  expect(paginate(long, (part) => toPlainText(part).length <= 45).map(toPlainText)).toEqual([
    "4. Sentence number 1. Sentence number 2.",
    "   Sentence number 3.\n5. end",
  ]);
});

test("nested lists and quotes keep what they stand in", () => {
  const parts = split(`> - outer\n>   - ${"inner words ".repeat(8)}\n>   - second\n> - last`, 70);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part).toMatch(/^(?:> .*\n?)+$/u);
});

test("a fence inside a list inside a quote keeps its language and both its containers", () => {
  const code = lines(30, "const value# = #;").replaceAll("\n", "\n>   ");
  for (const part of split(`> - item\n>\n>   \`\`\`ts\n>   ${code}\n>   \`\`\`\n>\n> end`, 200).slice(1, -1))
    expect(part).toMatch(/^> - ```ts\n(?:> {3}const value\d+ = \d+;\n)+> {3}```$/u);
});

test("a heading is not the last of a part", () => {
  const parts = split(`${"word ".repeat(16)}\n\n## Heading\n\n${"text ".repeat(16)}`, 100);
  expect(parts).toEqual(["word ".repeat(16).trim(), `## Heading\n\n${"text ".repeat(16).trim()}`]);
});

test("code that begins low in a part goes to the next one as a whole", () => {
  const code = `\`\`\`ts\n${lines(10, "line #;")}\n\`\`\``;
  expect(split(`${"word ".repeat(20)}\n\n${code}`, 150)).toEqual(["word ".repeat(20).trim(), code]);
});

test("what can't be split in its own form arrives as plain text", () => {
  const url = `https://example.com/${"a".repeat(300)}`;
  const document = parseMarkdown(`- ok\n- see [here](${url})`, { growing: false });
  const parts = paginate(document, (part) => renderMarkdown(part).length <= 100);
  const words = (node: Nodes): string => toPlainText(node).replaceAll(/[\s-]/gu, "");
  expect(parts.map(words).join("")).toBe(words(document));

  const wide = parseMarkdown(`| a | b |\n|-|-|\n| ${"x".repeat(200)} | ${"y".repeat(200)} |`, {
    growing: false,
  });
  const text = paginate(wide, (part) => renderMarkdown(part).length <= 100)
    .map(toPlainText)
    .join("");
  expect(text.replaceAll(/\s/gu, "")).toBe(`a|b${"x".repeat(200)}|${"y".repeat(200)}`);
});

test("a limit that not even one character meets is an error, not a loop", () => {
  const document = parseMarkdown("- **hello**", { growing: false });
  expect(() => paginate(document, () => false)).toThrow("Not even one character");
});

test("while an answer grows by single characters, all parts but the last two stay as they are", () => {
  const answer = [
    "# 제목",
    '**"인용"**은 _굵게_ 보입니다. See [the page](https://example.com/page) for more, and `code` too.',
    "1. first item\n2. second item\n   - nested **item** of the second\n   - another one\n3. third 👨‍👩‍👧‍👦",
    "```ts\nconst one = 1;\nconst two = 2;\nconst three = 3;\nconst four = 4;\n```",
    "| 단어 | meaning |\n|---|---|\n| 사람 | person |\n| 나라 | country |\n| 바다 | sea |",
    "> A quote of two sentences. This is the second, which is longer.\n\nThe end ~~is~~ was near.",
  ].join("\n\n");
  const fits = (part: Root): boolean => renderMarkdown(part).length <= 80;
  const finished = paginate(parseMarkdown(answer, { growing: false }), fits);
  expect(finished.length).toBeGreaterThan(6);
  for (let end = 0; end <= answer.length; end++) {
    const document = parseMarkdown(answer.slice(0, end), { growing: true });
    const parts = paginate(document, fits);
    expect(parts.flatMap((part) => trace(part))).toEqual(trace(document));
    expect(parts.slice(0, -2)).toEqual(finished.slice(0, Math.max(0, parts.length - 2)));
  }
});

test("an answer of 60,000 characters takes few measurements", () => {
  const section = `## Section\n\n${"This is **bold** text, with some 한국어 문장입니다. ".repeat(12)}\n\n\`\`\`ts\n${lines(30, "const x# = 1;")}\n\`\`\`\n\n${lines(12, "- item number #")}\n\n`;
  const document = parseMarkdown(section.repeat(45), { growing: false });
  let calls = 0;
  let measured = 0;
  const fits = (part: Root): boolean => {
    const { length } = toPlainText(part);
    calls++;
    measured += length;
    return length <= 2000;
  };
  const parts = paginate(document, fits);
  expect(parts.length).toBeGreaterThan(25);
  expect(calls / parts.length).toBeLessThan(20);
  expect(measured / parts.length).toBeLessThan(20 * 2000);
});
