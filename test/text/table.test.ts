import type { Table } from "mdast";
import { expect, test } from "vitest";
import { parseMarkdown } from "../../src/text/document.ts";
import { tableToText } from "../../src/text/table.ts";
import { displayWidth } from "../../src/text/width.ts";

function grid(markdown: string, maxWidth?: number): string[] {
  const table = parseMarkdown(markdown, { growing: false }).children[0] as Table;
  return tableToText(table, maxWidth).split("\n");
}

test("columns line up by what the characters take on screen, aligned as the table says", () => {
  expect(
    grid("| 단어 | Meaning | n |\n|:--|:-:|--:|\n| 사람 | a person | 1 |\n| 👨‍👩‍👧 가족 | `family` | 22 |"),
  ).toEqual([
    "단어    | Meaning  |  n",
    "--------+----------+---",
    "사람    | a person |  1",
    "👨‍👩‍👧 가족 |  family  | 22",
  ]);
});

test("a long cell goes on in further lines, and rows then stand apart", () => {
  expect(grid("| a | b |\n|---|---|\n| 1 | one two three four |\n| 2 | 가나다라마바사아자차 |", 20)).toEqual([
    "a | b",
    "--+-----------------",
    "1 | one two three",
    "  | four",
    "--+-----------------",
    "2 | 가나다라마바사아",
    "  | 자차",
  ]);
});

test("a row with fewer or more cells than the header keeps all it has", () => {
  expect(grid("| a | b |\n|---|---|\n| 1 |\n| x<br>y | z |")).toEqual([
    "a | b",
    "--+--",
    "1 |",
    "--+--",
    "x | z",
    "y |",
  ]);
});

test("a table of a header alone is a header and a rule", () => {
  expect(grid("| a | b |\n|---|---|")).toEqual(["a | b", "--+--"]);
});

test.each([
  ["abc", 3],
  ["한글", 4],
  ["\u1112\u1161\u11ab", 2],
  ["ｆｕｌｌ", 8],
  ["e\u0301", 1],
  ["👨‍👩‍👧‍👦🇰🇷❤️", 6],
  ["שלום", 4],
  ["a\u200bb", 2],
  ["𠮷", 2],
])("%s takes %i columns", (text, width) => {
  expect(displayWidth(text)).toBe(width);
});
