import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeMarkdown } from "../../src/text/write-markdown.ts";
import { parseMarkdown } from "../../src/text/document.ts";
import { toPlainText } from "../../src/text/plain.ts";

const read = (markdown: string) => parseMarkdown(markdown, { growing: false });
const rewritten = (markdown: string): string => writeMarkdown(read(markdown));

describe("Markdown written anew", () => {
  it.each([
    "# Title\n\ntext with *emphasis*, **weight**, ~~not this~~ and `code`",
    "> quoted\n>\n> - a list\n> - in it",
    "- one\n- two\n  1. first\n  2. second\n- three",
    "3. three\n4. four",
    "- [x] done\n- [ ] open",
    "````md\n```js\nnested\n```\n````",
    "- item\n\n  ```js\n  const a = 1;\n  ```\n\n- next",
    "| a | b |\n| :-- | --: |\n| 1 | x \\| y |",
    "see [the page](https://example.org/a) or https://example.org/b",
    "---",
    "단어는 **굵게** 쓴다",
    "snake_case and 2 * 3 stay, `a``b`, \\*stars\\* too",
    "1\\. no list",
    "\\* no list either",
    "\\>no quote",
    "text\n\\- - -",
    "1. one list\n\n1) another\n\n1. a third",
    "- one list\n\n* another\n\n- a third",
    "- a\n  1. one\n  1) another",
  ])("says the same again: %j", (markdown) => {
    const once = rewritten(markdown);
    expect(toPlainText(read(once))).toBe(toPlainText(read(markdown)));
    expect(rewritten(once)).toBe(once);
  });

  it("loses nothing of any text", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "*",
        "_",
        "**",
        "`",
        "[",
        "](u)",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "|",
        "~~",
        "\\",
        "가",
      ),
      fc.constantFrom("word", "two words", " ", "snake_case", "```\n", "😀", "שלום"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const document = read(pieces.join(""));
        expect(lettersOf(toPlainText(read(writeMarkdown(document))))).toBe(lettersOf(toPlainText(document)));
      }),
      { numRuns: 500 },
    );
  });

  it("does not repeat the mark of an item that goes on", () => {
    const document = read("1. one\n2. two");
    const [list] = document.children;
    const item = list?.type === "list" ? list.children[0] : undefined;
    if (item) item.data = { continues: true };
    expect(writeMarkdown(document)).toBe("one\n\n2. two");
  });
});

/** What a person reads, without the marks around it. */
const lettersOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\p{Emoji_Presentation}]/gu, "");
