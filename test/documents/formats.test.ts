import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { makeDocx, makeEpub, makePptx, paragraph } from "../support/office.ts";
import { makePackage, makeZip } from "../support/zip.ts";
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

const odf = (type: string, body: string): Buffer =>
  makePackage({
    mimetype: `application/vnd.oasis.opendocument.${type}`,
    "META-INF/manifest.xml": "<manifest/>",
    "meta.xml":
      "<office:meta><dc:title>Plan</dc:title><meta:initial-creator>Kim</meta:initial-creator></office:meta>",
    "content.xml": `<office:document-content><office:body>${body}</office:body></office:document-content>`,
  });

test("texts, sheets and slides of LibreOffice keep their headings, tables and lists", async () => {
  const text = odf(
    "text",
    `<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
     <text:h text:outline-level="1">One</text:h><text:p>First<text:s text:c="2"/>line<text:line-break/>of <text:span>it</text:span><text:note><text:note-citation>1</text:note-citation></text:note>.</text:p>
     <text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>
     <text:h text:outline-level="1">Two</text:h><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>`,
  );
  expect(await readHere(text)).toEqual({
    kind: "ODT",
    title: "Plan",
    author: "Kim",
    unit: "chapter",
    sections: [
      { label: "ch. 1", title: "One", text: "First  line\nof it.\n\n- a\n  - b" },
      { label: "ch. 2", title: "Two", text: "| x | y |\n| --- | --- |" },
    ],
    notes: [],
  });
  const cell = (value: string, more = "") =>
    `<table:table-cell ${more}><text:p>${value}</text:p></table:table-cell>`;
  const sheet = odf(
    "spreadsheet",
    `<table:table table:name="Sales"><table:table-row>${cell("Item")}${cell("n", 'table:number-columns-repeated="2"')}</table:table-row>
     <table:table-row>${cell("Tea")}${cell("3")}<table:table-cell table:number-columns-repeated="16000"/></table:table-row>
     <table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>`,
  );
  expect((await readHere(sheet)).sections).toEqual([
    { label: "sheet Sales", text: "| Item | n | n |\n| --- | --- | --- |\n| Tea | 3 |  |" },
  ]);
  const slides = odf(
    "presentation",
    "<draw:page><text:p>Hello</text:p><presentation:notes><text:p>Smile.</text:p></presentation:notes></draw:page><draw:page><text:p>End</text:p></draw:page>",
  );
  expect((await readHere(slides)).sections).toEqual([
    { label: "slide 1", text: "Hello\n\nNotes:\n\nSmile." },
    { label: "slide 2", text: "End" },
  ]);
});

test("the text of an RTF document is read in whatever encoding it is, without its form", async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg949\uc1{\fonttbl{\f0 Batang;}}{\*\generator Riched20;}{\info{\title x}}
\pard\b Caf\u233?\b0  \'c7\'d1\'b1\'db \{ok\}\par
{\field{\*\fldinst HYPERLINK "x"}{\fldrslt here}}\line \u-10179?\u-8704?\par}`;
  expect(await readHere(Buffer.from(rtf, "latin1"))).toMatchObject({
    kind: "RTF",
    sections: [{ text: "Café 한글 {ok}\n\nhere\n😀" }],
  });
});
