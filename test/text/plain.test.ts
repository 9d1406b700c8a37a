import { expect, test } from "vitest";
import { parseMarkdown } from "../../src/text/document.ts";
import { toPlainText } from "../../src/text/plain.ts";

test("a document reads well without its markup", () => {
  const markdown = [
    "# Title",
    "Some **bold** `code`, a [link](https://a.bc) and https://d.ef.",
    "![alt](https://p.ic)",
    "3. three\n   - nested\n\n     second paragraph\n4. four",
    "- [x] done\n- [ ] open",
    "> quoted\n>\n> > twice",
    "````ts x=1\n```\n````",
    "| a | b |\n|---|---|\n| 1 | **2** |",
    "---",
  ];
  expect(toPlainText(parseMarkdown(markdown.join("\n\n"), { growing: false }))).toBe(
    [
      "Title",
      "Some bold code, a link (https://a.bc) and https://d.ef.",
      "alt (https://p.ic)",
      "3. three\n   - nested\n\n     second paragraph\n4. four",
      "- [x] done\n- [ ] open",
      "> quoted\n>\n> > twice",
      "````ts x=1\n```\n````",
      "a | b\n1 | 2",
      "---",
    ].join("\n\n"),
  );
});
