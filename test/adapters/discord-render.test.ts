import { array, assert, boolean, constantFrom, nat, oneof, property, tuple } from "fast-check";
import { MessageFlags } from "discord-api-types/v10";
import { describe, expect, test } from "vitest";
import { bodyOf, type DiscordMessage, renderAnswer } from "../../adapters/discord/render.ts";
import type { Answer, Receipt } from "../../src/chat.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { toPlainText } from "../../src/text/plain.ts";
import { plainText } from "../support/discord/plain.ts";

const answer = (change: Partial<Answer>): Answer => ({
  state: "done",
  text: "",
  thinking: "",
  sources: [],
  notices: [],
  footer: "short",
  actions: [],
  ...change,
});
/** What a message says, its spoilers in their marks. */
const contentOf = ({ blocks }: Pick<DiscordMessage, "blocks">): string =>
  blocks.map(({ text, spoiler }) => (spoiler ? `||${text}||` : text)).join("\n");
const render = (text: string): readonly string[] => renderAnswer(answer({ text })).map(contentOf);
const only = ([message]: readonly DiscordMessage[]): string => contentOf(message ?? { blocks: [] });
const characters = ({ blocks }: DiscordMessage): number =>
  blocks.reduce((sum, { text }) => sum + Array.from(text).length, 0);
const receipt: Receipt = {
  model: "openai/gpt-6-luna",
  usage: { inputTokens: 120, cachedTokens: 100, cacheWriteTokens: 0, outputTokens: 30, thinkingTokens: 12 },
  costUsd: 0.000123,
  windowShare: 0.123,
  tools: ["ocr"],
  elapsedMs: 1_234,
};

describe("Markdown becomes Discord's", () => {
  test.each([
    ["headings of three sizes", "# A\n\n#### B\ntext", "# A\n### B\ntext"],
    ["emphasis", "**bold** *it* ~~no~~ `code`", "**bold** *it* ~~no~~ `code`"],
    ["emphasis around strong words, which three stars would turn round", "***a** b*", "_**a** b_"],
    ["links without their preview", "[docs](https://a.b/c_d)", "[docs](<https://a.b/c_d>)"],
    ["bare addresses", "see https://a.b/c_d!", "see <https://a.b/c_d>!"],
    ["links that Discord would not make", "[chapter](#one)", "chapter (#one)"],
    [
      "a link that calls itself by another address",
      "[https://a.b](https://c.d)",
      "https://a.b (<https://c.d>)",
    ],
    ["pictures", "![a cat](https://a.b/cat.png)", "[a cat](<https://a.b/cat.png>)"],
    ["nested lists", "1. one\n   - two\n2. three", "1. one\n   - two\n2. three"],
    ["tasks", "- [x] done\n- [ ] open", "- ☑ done\n- ☐ open"],
    ["code within a list, as it is", "- run\n  ```sh\n  ls\n  ```\n- done", "- run\n```sh\nls\n```\n- done"],
    ["quotes, of which Discord knows one level", "> a\n>\n> > b", "> a\n> \n> b"],
    ["a rule", "a\n\n---\n\nb", "a\n\n───────────\n\nb"],
    ["tables", "| a | b |\n| - | -: |\n| 값 | 1 |", "```\na  | b\n---+--\n값 | 1\n```"],
    ["a fence of four within one", "`````\n````\n`````", "```\n`\u200B`\u200B``\n```"],
    ["fences within fences", "````md\n```js\n1\n```\n````", "```md\n`\u200B``js\n1\n`\u200B``\n```"],
  ])("%s", (_, markdown, expected) => {
    expect(render(markdown)).toEqual([expected]);
  });

  test.each([
    "2 * 3 * 4, snake_case, __init__, _x_, ~~ and || and `",
    "<@123> <#1> <:a:1> @everyone",
    "\\# not a heading",
    "1\\. not a list",
    "\\- neither, \\> nor this, [no](link",
  ])("what means nothing to people means nothing to Discord: %s", (text) => {
    const [content = ""] = render(text);
    expect(plainText(content)).toBe(toPlainText(parseMarkdown(text, { growing: false })));
    expect(content).not.toMatch(/(?<!\\)<[@#:]/u);
  });
});

describe("an answer", () => {
  const words = [
    "word",
    "snake_case",
    "한국어",
    "日本語。",
    "😀",
    "👨‍👩‍👧",
    "مرحبا",
    "*",
    "_",
    "<@1>",
    "||",
    "a`b",
  ];
  const prose = array(constantFrom(...words), { minLength: 1, maxLength: 400 }).map((all) => all.join(" "));
  const plain = array(constantFrom(...words.slice(0, 7)), { minLength: 1, maxLength: 60 });
  const block = oneof(
    prose,
    plain.map((all) => `## ${all.join(" ")}`),
    plain.map((all) => `**${all.join(" ")}** and [${all[0]}](https://a.b/c)`),
    plain.map((all) => all.map((word, index) => `${index + 1}. ${word}`).join("\n")),
    plain.map((all) => all.map((word) => `- ${word}\n  - in ${word}`).join("\n")),
    plain.map((all) => `> ${all.join("\n> ")}`),
    tuple(plain, nat(80)).map(
      ([all, times]) => `~~~~ts\n${"```\n".repeat(times % 3)}${`${all.join(" ")}\n`.repeat(times)}~~~~`,
    ),
  );
  const markdown = array(block, { maxLength: 12 }).map((blocks) => blocks.join("\n\n"));
  /** Without white space, quote marks and fences, which repeat on every part. */
  const bare = (text: string): string => text.replaceAll(/`{3,}(?:ts)?|`|[\s>]/gu, "");

  test("is told whole, in order, in messages that fit", () => {
    assert(
      property(markdown, boolean(), (text, growing) => {
        const pages = renderAnswer(answer({ text, state: growing ? "growing" : "done" }));
        const contents = pages.map(contentOf);
        for (const page of pages) expect(characters(page)).toBeLessThanOrEqual(4000);
        for (const content of contents) expect(content.trim()).not.toBe("");
        const document = parseMarkdown(text, { growing });
        if (growing || document.children.length === 0) return;
        expect(bare(contents.map(plainText).join("\n"))).toBe(bare(toPlainText(document)));
      }),
      { numRuns: 60 },
    );
  });

  test("fits with its thinking too: as plain text, or as few components", () => {
    assert(
      property(markdown, markdown, (text, thinking) => {
        const actions = Array.from({ length: 7 }, (_, index) => ({ token: `t${index}`, label: "Again" }));
        for (const page of renderAnswer(answer({ text, thinking, actions }))) {
          const { content, components, flags } = bodyOf(page);
          if (typeof content === "string") {
            expect(Array.from(content).length).toBeLessThanOrEqual(2000);
            expect(flags).toBe(MessageFlags.SuppressEmbeds);
          } else {
            expect(characters(page)).toBeLessThanOrEqual(4000);
            expect(components?.length ?? 0).toBeLessThanOrEqual(20);
            expect(flags).toBe(MessageFlags.IsComponentsV2);
          }
          expect(page.blocks.every((block) => block.text.trim() !== "")).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("leaves its earlier messages as they are while it grows", () => {
    const text = Array.from({ length: 400 }, (_, index) => `Sentence ${index} says a little.`).join(" ");
    let before: readonly string[] = [];
    for (let end = 100; end < text.length; end += 333) {
      const pages = renderAnswer(answer({ text: text.slice(0, end), state: "growing" }));
      const settled = Math.max(0, before.length - 1);
      expect(pages.slice(0, settled).map(contentOf)).toEqual(before.slice(0, settled));
      before = pages.map(contentOf);
    }
    expect(before.length).toBeGreaterThan(2);
  });

  test("counts code points, as Discord does", () => {
    const emoji = "😀".repeat(3999);
    expect(render(emoji)).toEqual([emoji]);
  });

  test("has notices, sources and receipt in small print under it, and its buttons on the last message", () => {
    const pages = renderAnswer(
      answer({
        text: "word ".repeat(900),
        persona: { name: "Tutor" },
        notices: ["I left out a_b.pdf: it is larger than 1 MB."],
        sources: [{ url: "https://a.b/1", title: "One [1]" }, { url: "https://a.b/2" }],
        receipt,
        actions: [{ token: "t", label: "Again" }],
      }),
    );
    expect(pages).toHaveLength(2);
    expect(pages[0]?.buttons).toEqual([]);
    expect(pages[1]?.buttons).toEqual([{ token: "t", label: "Again" }]);
    expect(
      contentOf(pages[1] ?? { blocks: [] })
        .split("\n")
        .slice(-3),
    ).toEqual([
      "-# [1] [One \\[1\\]](<https://a.b/1>) (a.b) · [2] <https://a.b/2>",
      "-# I left out a_b.pdf: it is larger than 1 MB.",
      "-# Tutor · openai/gpt-6-luna · 120 in, 30 out · $0.00012",
    ]);
  });

  test("tells the whole receipt when asked to, and none when not", () => {
    const full = only(renderAnswer(answer({ text: "Hi.", receipt, footer: "full" })));
    expect(full).toContain("83 % cached · 12 thinking · 12 % of the window · tools: ocr · 1.2 s");
    expect(only(renderAnswer(answer({ text: "Hi.", receipt, footer: "off" })))).toBe("Hi.");
  });

  test("puts thinking under a spoiler, and shows it alone while there is no text yet", () => {
    const thinking = "First, *this*.";
    expect(only(renderAnswer(answer({ thinking, state: "growing" })))).toBe(
      "-# Thinking\n||First, *this*.||",
    );
    expect(only(renderAnswer(answer({ thinking, state: "growing", text: "So" })))).toBe("So");
    expect(only(renderAnswer(answer({ thinking, text: "So." })))).toBe(
      "So.\n-# Thinking\n||First, *this*.||",
    );
  });

  test("is never empty, and a failure alone stands in full size", () => {
    expect(renderAnswer(answer({ state: "growing" }))).toEqual([{ blocks: [{ text: "-# …" }], buttons: [] }]);
    expect(only(renderAnswer(answer({ state: "failed", notices: ["The model failed."] })))).toBe(
      "The model failed.",
    );
  });

  test("with more small print than a message holds goes on in further ones", () => {
    const sources = Array.from({ length: 120 }, (_, index) => ({
      url: `https://a.b/${"x".repeat(60)}/${index}`,
    }));
    const pages = renderAnswer(answer({ text: "Hi.", sources, notices: ["long ".repeat(900)] }));
    const told = pages.map(contentOf).join("");
    for (const { url } of sources) expect(told).toContain(url);
    expect(told.match(/long/gu)).toHaveLength(900);
    for (const page of pages) expect(characters(page)).toBeLessThanOrEqual(4000);
  });
});
