import { array, assert, integer, property } from "fast-check";
import type { Nodes } from "mdast";
import { expect, test } from "vitest";
import { parseMarkdown } from "../../src/text/document.ts";
import { toPlainText } from "../../src/text/plain.ts";
import { lines, markdown, renderMarkdown } from "../support/markdown.ts";

/** A document in one line: `strong(a)`, texts as they are. */
function outline(node: Nodes): string {
  if (node.type === "text") return node.value;
  if (node.type === "code") return `code ${node.lang}(${node.value})`;
  const inner = "children" in node ? node.children.map(outline).join("") : "value" in node ? node.value : "";
  const name = "url" in node ? `${node.type} ${node.url}` : node.type;
  return node.type === "root" || node.type === "paragraph" ? inner : `${name}(${inner})`;
}

const finished = (text: string): string => outline(parseMarkdown(text, { growing: false }));
const growing = (text: string): string => outline(parseMarkdown(text, { growing: true }));

test.each([
  ["**중요**한", "strong(중요)한"],
  ['**"인용"**은', 'strong("인용")은'],
  ["**これは重要。**すごく", "strong(これは重要。)すごく"],
  ["강조는*(이것)*입니다", "강조는emphasis((이것))입니다"],
  ['~~"지움"~~은', 'delete("지움")은'],
  ["2 * 3 * 4 = 24, a ** b", "2 * 3 * 4 = 24, a ** b"],
])("emphasis beside CJK text: %s", (text, expected) => {
  expect(finished(text)).toBe(expected);
});

test("one tilde is a tilde", () => {
  expect(finished("안녕~ 반가워~ 5~10")).toBe("안녕~ 반가워~ 5~10");
});

test.each([
  "\\(x_1 * y*\\) and \\[a*b*c\\]",
  "$a*b*c$ and $$a_b_c$$",
  "\\[\na\n- b\n+ c \\\\\n= d\n\\]",
  "$$\n1. a\n> b\n$$",
])("a formula stays the text it is: %s", (text) => {
  expect(finished(text)).toBe(text);
  expect(finished(`- item\n\n  ${text.replaceAll("\n", "\n  ")}`)).toBe(`list(listItem(item${text}))`);
});

test("a formula on its own lines ends the paragraph before it", () => {
  expect(parseMarkdown("So:\n$$\n- x\n$$\nand *on*", { growing: false }).children).toMatchObject([
    { type: "paragraph", children: [{ value: "So:" }] },
    { type: "paragraph", children: [{ value: "$$\n- x\n$$" }] },
    { type: "paragraph", children: [{ value: "and " }, { type: "emphasis" }] },
  ]);
});

test("dollars of money are no formula", () => {
  expect(finished("It costs $5 or *about* $10, not $3-$4.")).toBe(
    "It costs $5 or emphasis(about) $10, not $3-$4.",
  );
});

test("HTML is shown as text, with the Markdown in it; a line break tag breaks the line", () => {
  expect(finished("<details>\n**b** & <i class='x'>c</i>\n</details>")).toBe(
    "<details>\nstrong(b) & <i class='x'>c</i>\n</details>",
  );
  expect(finished("one<br>two<br/>\nthree")).toBe("onebreak()twobreak()three");
});

test("references are resolved, wherever they are defined, and an unused definition is shown", () => {
  expect(
    finished(
      '[a][1] ![b][Pic]\n\n- x\n\n  [1]: https://a.bc "T"\n\n[pic]: https://d.ef\n[9]: https://un.used',
    ),
  ).toBe(
    "link https://a.bc(a) image https://d.ef()list(listItem(x))[9]: link https://un.used(https://un.used)",
  );
});

test("footnotes stay readable, also before their text arrives", () => {
  expect(finished("It is so[^1].\n\n[^1]: A *source*.")).toBe("It is so[1].[1] A emphasis(source).");
  expect(growing("It is so[^1].\n\nMore")).toBe("It is so[1].More");
});

test("a bare address is a link, without the CJK text after it", () => {
  expect(finished("https://example.com입니다")).toBe("link https://example.com(https://example.com)입니다");
  expect(finished("見る：https://a.bc/x?y=1。次")).toBe(
    "見る：link https://a.bc/x?y=1(https://a.bc/x?y=1)。次",
  );
  expect(finished("https://ko.wikipedia.org/wiki/한국 www.a.bc")).toBe(
    "link https://ko.wikipedia.org/wiki/한국(https://ko.wikipedia.org/wiki/한국) link http://www.a.bc(www.a.bc)",
  );
  expect(finished("[](https://a.bc)")).toBe("link https://a.bc(https://a.bc)");
});

test("a rule under a paragraph is a rule", () => {
  expect(finished("text\n---\nmore")).toBe("textthematicBreak()more");
});

test("blocks that show nothing are left out", () => {
  expect(finished("#\n\n>\n\n- \n\n```\n\n```\n\n&nbsp;\n\n| |\n|-|")).toBe("");
});

test.each([
  ["a **bold", "a strong(bold)"],
  ["a **", "a"],
  ['**"인용', 'strong("인용)'],
  ["`cod", "inlineCode(cod)"],
  ["see [the page](https://exam", "see the page"],
  ["see [the pa", "see the pa"],
  ["see ![a pict", "see a pict"],
  ["see ![a picture](https://ex", "see a picture"],
  ["[a][1", "[a]"],
  ["```ts", ""],
  ["```ts\nconst x = '**", "code ts(const x = '**)"],
  ["- a\n-", "list(listItem(a))"],
  ["text\n--", "text"],
  ["| a | b", "table(tableRow(tableCell(a)tableCell(b)))"],
  ["| a | b |\n|--", "table(tableRow(tableCell(a)tableCell(b)))"],
  ["| a |\n|-|\n| **b", "table(tableRow(tableCell(a))tableRow(tableCell(strong(b))))"],
])("what is open while it grows is completed: %s", (text, expected) => {
  expect(growing(text)).toBe(expected);
});

test("a mark without a partner disturbs its own block only", () => {
  expect(growing("The ** operator of Python\n\nis not bo")).toBe("The ** operator of Pythonis not bo");
});

test("the address of a half link is never shown, however it grows", () => {
  const text = "See [the **page**](https://example.com/secret?x=1) now.";
  for (let end = 0; end < text.indexOf(")"); end++)
    expect(growing(text.slice(0, end))).not.toMatch(/http|\]\(/u);
});

/** Brings a text bit by bit, and tells what it is in the end. */
function parseGrowing(text: string, step: number) {
  const memo = {};
  for (let end = 0; end < text.length; end += step)
    parseMarkdown(text.slice(0, end), { growing: true, memo });
  return parseMarkdown(text, { growing: false, memo });
}

test("a text parsed bit by bit is the text parsed at once", () => {
  assert(
    property(markdown, (text) => {
      const whole = parseMarkdown(text, { growing: false });
      expect(parseGrowing(text, 1 + (text.length >> 4))).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

test("no line ends what a later line goes on with", () => {
  assert(
    property(array(lines, { maxLength: 14 }), integer({ min: 1, max: 5 }), (all, step) => {
      const text = all.join("\n");
      expect(parseGrowing(text, step)).toEqual(parseMarkdown(text, { growing: false }));
    }),
    {
      numRuns: 100,
      examples: [
        // The indentation of a list's first line counts for the next one; indented code changes what may follow it.
        [["a", "", "  - b", "   - c"], 1],
        [["   - a", "  ", "    code", "  - 10. c"], 1],
        [["\tcode", " ", "1. ", "  ", "1. #"], 1],
        [["  ```", "  code", "", "  code", "  ```", "", "a", ""], 1],
      ],
    },
  );
});

test("a version of a growing text shares the blocks that stay", () => {
  const memo = {};
  const before = parseMarkdown("# One\n\n- two\n\nthree\nand", { growing: true, memo });
  const after = parseMarkdown("# One\n\n- two\n\nthree\nand more", { growing: false, memo });
  expect(after.children[1]).toBe(before.children[1]);
  const other = parseMarkdown("# Another", { growing: false, memo });
  expect(outline(other)).toBe("heading(Another)");
});

test("what was parsed before a definition is parsed anew with it", () => {
  const memo = {};
  const text = "See [a].\n\nMore text.\n\nThe end.\n\n";
  expect(outline(parseMarkdown(text, { growing: true, memo }))).toBe("See [a].More text.The end.");
  expect(outline(parseMarkdown(`${text}[a]: https://a.bc`, { growing: false, memo }))).toBe(
    "See link https://a.bc(a).More text.The end.",
  );
});

test("marks nested beyond reason are text at some depth", () => {
  for (const mark of ["> ", "- ", "1. "]) {
    const document = parseMarkdown(`${mark.repeat(5000)}deep`, { growing: true });
    expect(toPlainText(document)).toMatch(/deep$/u);
    expect(renderMarkdown(document)).toMatch(/deep$/u);
  }
  expect(finished("- ".repeat(60))).toBe("thematicBreak()");
});
