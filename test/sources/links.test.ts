import { describe, expect, test } from "vitest";
import { addressesIn, exactKey, markLinks, pageKey } from "../../src/sources/links.ts";

const known = new Set(["https://example.org/read", "https://ko.wikipedia.org/wiki/탑_(건축)"].map(pageKey));
const marked = (text: string): string =>
  markLinks(text, (address) => known.has(pageKey(address)), "not opened").text;

describe("a link that nobody opened is marked", () => {
  test.each([
    ["See [this](https://a.example/x).", "See [this](https://a.example/x) (not opened)."],
    ["See https://a.example/x, it says.", "See https://a.example/x (not opened), it says."],
    ["(see <https://a.example/x>)", "(see <https://a.example/x> (not opened))"],
    ["[https://a.example](https://a.example)", "[https://a.example](https://a.example) (not opened)"],
    ['[a](https://a.example/b_(c) "Title")', '[a](https://a.example/b_(c) "Title") (not opened)'],
  ])("%s", (text, shown) => {
    expect(marked(text)).toBe(shown);
  });

  test.each([
    ["[read](https://www.example.org/read/#part) and https://example.org/read?utm_source=chat."],
    ["https://ko.m.wikipedia.org/wiki/%ED%83%91_(%EA%B1%B4%EC%B6%95)"],
    ["`curl https://a.example/x` and\n```\nhttps://a.example/y\n```"],
  ])("but not: %s", (text) => {
    expect(marked(text)).toBe(text);
  });
});

test("an address is found whole in whatever text it stands, and known to the letter where a server is asked", () => {
  expect(addressesIn("([a](https://a.example/b_(c)) and **https://d.example/e?f=1**.)")).toEqual([
    "https://a.example/b_(c)",
    "https://d.example/e?f=1",
  ]);
  expect(exactKey("https://a.example/?q=1#x")).toBe("https://a.example/?q=1");
  expect(exactKey("https://a.example/?q=1&utm_x=secret")).not.toBe(exactKey("https://a.example/?q=1"));
});
