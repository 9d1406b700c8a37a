import { array, assert, oneof, property } from "fast-check";
import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { expect, test } from "vitest";
import { parse } from "../../src/text/parse.ts";
import { cjkEmphasis } from "../../src/text/syntax/cjk-emphasis.ts";
import { verbatimMath } from "../../src/text/syntax/verbatim-math.ts";
import { lines, markdown } from "../support/markdown.ts";

const whole = {
  extensions: [
    gfm({ singleTilde: false }),
    { disable: { null: ["htmlFlow", "setextUnderline"] } },
    cjkEmphasis(),
    verbatimMath(),
  ],
  mdastExtensions: [gfmFromMarkdown()],
};

const withoutPositions = (tree: Root): unknown =>
  JSON.parse(JSON.stringify(tree, (key, value: unknown) => (key === "position" ? undefined : value)));

function expectTheSame(text: string): void {
  expect(withoutPositions(parse(text))).toEqual(withoutPositions(fromMarkdown(text, whole)));
}

test("a text is what all of GFM makes of it", () => {
  const soup = array(lines, { maxLength: 14 }).map((all) => all.join("\n"));
  assert(property(oneof({ weight: 1, arbitrary: markdown }, { weight: 9, arbitrary: soup }), expectTheSame), {
    numRuns: 200,
  });
});

test.each([
  "https://a.bc, HTTP://A.BC and Www.a.bc/x",
  "http:\\/\\/a.bc, http:\\//a.bc and http:/\\/a.bc",
  "www\\.a.bc and ww&#119;.a.bc",
  "a@b.cd, a\\@b.cd, a&commat;b.cd and a&#x40;b.cd",
  "http&colon;//a.bc and http:&sol;/a.bc",
  "mailto:a@b.cd and xmpp:a@b.cd/e",
])("a bare address is found however it is written: %s", (text) => {
  expect(JSON.stringify(parse(text))).toContain('"url"');
  expectTheSame(text);
});

test.each([
  "| a \\| `b \\| c \\\\ d` |\n|:-:|\n| `e` |\n\n`f \\| g`",
  "- [x] done\n- [ ]\topen\n- [X]\n- [ ] \n  a",
])("tables and tasks: %s", expectTheSame);
