import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { makeDocx, makeEpub, makePptx, paragraph } from "../support/office.ts";
import { makeZip } from "../support/zip.ts";
import { readHere } from "./read.ts";

test("a Word document is cut at its headings, whatever the language of its styles", async () => {
  const docx = makeDocx(
    [
      paragraph("Plan", '<w:pStyle w:val="berschrift1"/>'),
      paragraph("First "),
      paragraph("one", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
      paragraph("one more", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'),
      paragraph("then", '<w:pStyle w:val="Aufzhlung"/>'),
      paragraph("and last", '<w:pStyle w:val="Aufzhlung"/>'),
      paragraph("Costs", '<w:pStyle w:val="berschrift1"/>'),
      `<w:tbl><w:tr><w:tc>${paragraph("What")}</w:tc><w:tc>${paragraph("How much")}</w:tc></w:tr><w:tr><w:tc>${paragraph("Tea")}</w:tc><w:tc>${paragraph("3 | 4")}</w:tc></w:tr></w:tbl>`,
      '<w:p><w:r><w:t>Paid</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:delText>not</w:delText></w:r></w:p>',
    ].join(""),
    {
      "word/footnotes.xml": `<w:footnotes xmlns:w="w"><w:footnote w:id="2">${paragraph("In cash.")}</w:footnote></w:footnotes>`,
    },
  );
  expect(await readHere(docx)).toEqual({
    kind: "DOCX",
    title: "Plan",
    author: "Kim",
    unit: "chapter",
    sections: [
      { label: "ch. 1", title: "Plan", text: "First\n\n- one\n  - one more\n1. then\n2. and last" },
      {
        label: "ch. 2",
        title: "Costs",
        text: "| What | How much |\n| --- | --- |\n| Tea | 3 \\| 4 |\n\nPaid[^2]\n\n[^2]: In cash.",
      },
    ],
    notes: [],
  });
});

test("a presentation keeps the order of its slides, and what is said at them", async () => {
  const { sections, unit } = await readHere(
    makePptx([
      { title: "Hello", lines: ["One", "Two"], spoken: "Smile." },
      { title: "End", lines: [] },
    ]),
  );
  expect(unit).toBe("slide");
  expect(sections).toEqual([
    { label: "slide 1", title: "Hello", text: "One\n\nTwo\n\nNotes: Smile." },
    { label: "slide 2", title: "End", text: "" },
  ]);
});

test("a book keeps its chapters, as its own table of contents names them", async () => {
  const epub = makeEpub([
    { title: "Morning", html: "<h1>Morning</h1><p>She <b>woke</b>.</p>" },
    { html: "<p>And slept again.</p>" },
    { title: "Night", html: "<h2>II</h2><blockquote>Dark.</blockquote>" },
  ]);
  expect(await readHere(epub)).toEqual({
    kind: "EPUB",
    title: "A Small Book",
    author: "Lee",
    unit: "chapter",
    sections: [
      { label: "ch. 1", title: "Morning", text: "She woke.\n\nAnd slept again." },
      { label: "ch. 2", title: "Night", text: "## II\n\n> Dark." },
    ],
    notes: [],
  });
});

test("a page is read as Markdown, without what nobody sees", async () => {
  const html = `<!doctype html><title>T &amp; U</title><meta name=author content=Ana><script>evil()</script>
    <h1>One</h1><p>Text <a href="https://example.org/">here</a>,
    in   lines.<ol><li>a<li>b<ul><li>c</ul></ol><pre>x
  y</pre><h1>Two</h1><table><tr><td>only</table>`;
  expect(await readHere(Buffer.from(html))).toEqual({
    kind: "HTML",
    title: "T & U",
    author: "Ana",
    unit: "chapter",
    sections: [
      {
        label: "ch. 1",
        title: "One",
        text: "Text [here](https://example.org/), in lines.\n\n1. a\n2. b\n  - c\n\n```\nx\n  y\n```",
      },
      { label: "ch. 2", title: "Two", text: "only" },
    ],
    notes: [],
  });
});

test("a table that is text is one, whatever stands between its cells", async () => {
  const { sections } = await readHere(Buffer.from('name;note\nKim;"a; b"\nLee;\n'), { name: "t.csv" });
  expect(sections).toEqual([
    { label: "", text: "| name | note |\n| --- | --- |\n| Kim | a; b |\n| Lee |  |" },
  ]);
});

test("an archive is listed, and a packed file read", async () => {
  const zip = makeZip([
    { name: "notes/", data: "" },
    { name: "notes/a.txt", data: "x".repeat(2500) },
    { name: "../../etc/passwd", data: "root" },
  ]);
  expect(await readHere(zip)).toMatchObject({
    kind: "ZIP archive",
    sections: [{ label: "", text: "2 files\n- notes/a.txt (3 kB)\n- ../../etc/passwd (4 bytes)" }],
    notes: ["it is an archive, so I see only what is in it. To have something read, send it by itself."],
  });
  expect(await readHere(gzipSync("# Log\nline"), { name: "a.log.gz" })).toMatchObject({
    kind: "text",
    sections: [{ text: "# Log\nline" }],
  });
});
