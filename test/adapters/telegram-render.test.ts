import { array, assert, boolean, constantFrom, oneof, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { renderAnswer } from "../../adapters/telegram/render.ts";
import type { Answer } from "../../src/chat.ts";
import { checkText } from "../support/telegram/checks.ts";

const answer = (text: string, more: Partial<Answer> = {}): Answer => ({
  state: "done",
  text,
  thinking: "",
  sources: [],
  notices: [],
  footer: "off",
  actions: [],
  ...more,
});

const usage = { inputTokens: 10, outputTokens: 20, cachedTokens: 0, cacheWriteTokens: 0, thinkingTokens: 0 };

/** Each entity with the words it covers. */
function marked(text: string, more?: Partial<Answer>): readonly string[] {
  const [message] = renderAnswer(answer(text, more), "auto");
  return (message?.entities ?? []).map(
    ({ type, offset, length }) => `${type}: ${message?.text.slice(offset, offset + length)}`,
  );
}

describe("an answer on Telegram", () => {
  it("is text with entities whose offsets count UTF-16 units", () => {
    expect(marked("😀 **굵게** and `x` [여기](https://a.b)")).toEqual([
      "bold: 굵게",
      "code: x",
      "text_link: 여기",
    ]);
  });

  it("keeps code as it is, also in lists and quotes", () => {
    const text = "1. first\n   ```js\n   a\n     b\n   ```\n2. second\n\n> quoted\n> > deeper";
    const [message] = renderAnswer(answer(text), "auto");
    expect(message?.text).toBe("1. first\na\n  b\n2. second\n\nquoted\n\n┃ deeper");
    expect(marked(text)).toEqual(["pre: a\n  b", "blockquote: quoted\n\n┃ deeper"]);
  });

  it("spells out links that Telegram would drop", () => {
    const [message] = renderAnswer(answer("[here](/docs) and [`code`](https://a.b)"), "auto");
    expect(message?.text).toBe("here (/docs) and code");
    expect(message?.entities.map(({ type }) => type)).toEqual(["text_link"]);
  });

  it("ends with folded thoughts and sources, quiet notices and receipt, and buttons on the last message alone", () => {
    const messages = renderAnswer(
      answer("word ".repeat(1500), {
        persona: { name: "Tutor" },
        thinking: "hm",
        sources: [{ url: "https://a.b", title: "A" }],
        notices: ["I left out b.pdf."],
        receipt: { model: "x/y", usage, tools: [], elapsedMs: 1000 },
        footer: "short",
        actions: [{ token: "again:1", label: "Again" }],
      }),
      "auto",
    );
    expect(messages).toHaveLength(2);
    expect(messages[0]?.text).toMatch(/^Tutor\n\nword/u);
    expect(messages[1]?.text).toMatch(
      /Thinking\nhm\n\nSources\n\[1\] A \(a\.b\)\n\nI left out b\.pdf\.\n\nx\/y · 10 in, 20 out$/u,
    );
    expect(messages[1]?.entities.filter(({ type }) => type === "expandable_blockquote")).toHaveLength(2);
    expect(messages.map(({ buttons }) => buttons.length)).toEqual([0, 1]);
  });

  it("is rich when it has a table, a formula or details, unless rich is switched off", () => {
    const table = "| a |\n|---|\n| 1 |";
    const formula = "so $a_1^2$ is, for $5 to $10,\n\n$$\n\\frac{a}{b}\n$$";
    const details = "<details><summary>More</summary>\n\nhidden\n\n</details>\n\nafter";
    const rich = (text: string, policy: "auto" | "never" = "auto") =>
      renderAnswer(answer(text), policy)[0]?.rich;
    expect(rich("plain")).toBeUndefined();
    expect(rich(table, "never")).toBeUndefined();
    expect(rich(table)).toMatchObject([
      { type: "table", cells: [[{ text: ["a"], is_header: true }], [{ text: ["1"] }]] },
    ]);
    expect(rich(formula)).toEqual([
      {
        type: "paragraph",
        text: ["so ", { type: "mathematical_expression", expression: "a_1^2" }, " is, for $5 to $10,"],
      },
      { type: "mathematical_expression", expression: "\\frac{a}{b}" },
    ]);
    expect(rich(details)).toMatchObject([
      { type: "details", summary: "More" },
      { type: "paragraph", text: ["after"] },
    ]);
  });

  it("never breaks Telegram's rules, whatever the model wrote", () => {
    const piece = oneof(
      constantFrom(
        "**",
        "*",
        "`",
        "```\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "\n",
        "\n\n",
        "[a](https://a.b)",
        "| a | b |\n|--|--|\n| 1 | 2 |\n",
        "~~",
        "    ",
      ),
      string({ unit: "grapheme", maxLength: 20 }),
    );
    assert(
      property(array(piece, { maxLength: 60 }), boolean(), (pieces, growing) => {
        const text = pieces.join("").repeat(8);
        const complaints: string[] = [];
        for (const message of renderAnswer(answer(text, { state: growing ? "growing" : "done" }), "auto"))
          checkText(message.text, message.entities, (what) => complaints.push(what));
        expect(complaints).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a long answer on Telegram", () => {
  it("shows every word once and in order, and what is read stays as it is while it grows", () => {
    const mark = constantFrom(
      "**",
      "`",
      "\n\n",
      "\n- ",
      "\n1. ",
      "\n> ",
      "\n# ",
      "\n```\n",
      " ",
      "*",
      "한국어 ",
      "😀",
    );
    assert(
      property(array(mark, { minLength: 300, maxLength: 500 }), (marks) => {
        const words = marks.map((_, index) => `w${index}w`);
        const text = marks.map((mark, index) => `${mark} ${words[index]} ${"x".repeat(index % 90)}`).join("");
        const texts = renderAnswer(answer(text), "auto").map((message) => message.text);
        expect(texts.join("\n").match(/w\d+w/gu)).toEqual(words);
        const rich = renderAnswer(answer(text), "always").map((message) => message.rich ?? message.text);
        expect(JSON.stringify(rich).match(/w\d+w/gu)).toEqual(words);
        const earlier = renderAnswer(answer(text.slice(0, text.length / 2), { state: "growing" }), "auto");
        const settled = earlier.slice(0, -2).map((message) => message.text);
        expect(texts.slice(0, settled.length)).toEqual(settled);
      }),
      { numRuns: 8 },
    );
  });
});
