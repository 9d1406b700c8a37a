import { makePackage } from "./zip.ts";

const word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const relationships = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const link = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

const core = `<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Plan</dc:title><dc:creator>Kim</dc:creator></cp:coreProperties>`;

/** A paragraph of Word: its text, and what it is. */
export const paragraph = (text: string, properties = ""): string =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** A Word document with this body. */
export const makeDocx = (body: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  makePackage({
    "[Content_Types].xml": "<Types/>",
    "docProps/core.xml": core,
    "word/styles.xml": `<w:styles ${word}><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Aufzhlung"><w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>`,
    "word/numbering.xml": `<w:numbering ${word}><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>`,
    "word/document.xml": `<?xml version="1.0"?><w:document ${word}><w:body>${body}</w:body></w:document>`,
    ...more,
  });

/** A workbook, whose sheets may be changed; a cell that is a number stays one, and `date:` before one makes it a day. */
export function makeXlsx(
  sheets: Readonly<Record<string, readonly (readonly (string | number)[])[]>>,
  change = (xml: string): string => xml,
): Buffer {
  const names = Object.keys(sheets);
  const cell = (value: string | number, at: string): string => {
    if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
    if (value.startsWith("date:")) return `<c r="${at}" s="1"><v>${value.slice(5)}</v></c>`;
    return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const sheet = (rows: readonly (readonly (string | number)[])[]): string =>
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
      .map(
        (row, index) =>
          `<row r="${index + 1}">${row.map((value, column) => cell(value, `${String.fromCodePoint(65 + column)}${index + 1}`)).join("")}</row>`,
      )
      .join("")}</sheetData></worksheet>`;
  return makePackage({
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ${link}><sheets>${names
      .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
      .join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships ${relationships}>${names
      .map(
        (_, index) =>
          `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
      )
      .join(
        "",
      )}<Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        change(sheet(rows)),
      ]),
    ),
  });
}

/** A presentation whose slides stand in the archive in the opposite order. */
export function makePptx(
  slides: readonly { title: string; lines: readonly string[]; spoken?: string }[],
): Buffer {
  const text = (lines: readonly string[], place: string): string =>
    `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${place}"/></p:nvPr></p:nvSpPr><p:txBody>${lines.map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`).join("")}</p:txBody></p:sp>`;
  const files = slides.map(({ title, lines, spoken }, index) => ({
    [`ppt/slides/slide${index + 1}.xml`]: `<p:sld>${text([title], "title")}${text(lines, "body")}${text(["7"], "sldNum")}</p:sld>`,
    ...(spoken !== undefined && {
      [`ppt/slides/_rels/slide${index + 1}.xml.rels`]: `<Relationships><Relationship Id="n" Target="../notesSlides/notesSlide${index + 1}.xml"/></Relationships>`,
      [`ppt/notesSlides/notesSlide${index + 1}.xml`]: `<p:notes>${text([spoken], "body")}</p:notes>`,
    }),
  }));
  return makePackage({
    ...Object.assign({}, ...files.toReversed()),
    "docProps/core.xml": core,
    "ppt/presentation.xml": `<p:presentation ${link}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    "ppt/_rels/presentation.xml.rels": `<Relationships>${slides.map((_, index) => `<Relationship Id="rId${index}" Target="slides/slide${index + 1}.xml"/>`).join("")}</Relationships>`,
  });
}

/** A book of chapters, each of which is a file; one without a title belongs to the one before. */
export const makeEpub = (
  chapters: readonly { title?: string; html: string }[],
  more: Readonly<Record<string, string>> = {},
): Buffer =>
  makePackage({
    mimetype: "application/epub+zip",
    "META-INF/container.xml": `<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>`,
    "OEBPS/book.opf": `<package><metadata><dc:title>A Small Book</dc:title><dc:creator>Lee</dc:creator></metadata><manifest><item id="nav" href="nav.xhtml" properties="nav"/>${chapters.map((_, index) => `<item id="c${index}" href="text/c%20${index}.xhtml"/>`).join("")}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join("")}</spine></package>`,
    "OEBPS/nav.xhtml": `<html><body><nav><ol>${chapters.map(({ title }, index) => (title === undefined ? "" : `<li><a href="text/c%20${index}.xhtml#start">${title}</a></li>`)).join("")}</ol></nav></body></html>`,
    ...Object.fromEntries(
      chapters.map(({ html }, index) => [`OEBPS/text/c ${index}.xhtml`, `<html><body>${html}</body></html>`]),
    ),
    ...more,
  });
