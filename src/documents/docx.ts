import { chaptersOfMarkdown } from "./chapters.ts";
import { createMarkdownWriter, type MarkdownWriter } from "./markdown-writer.ts";
import { corePropertiesOf, type Package } from "./package.ts";
import type { Reading } from "./reading.ts";
import { readXml, type XmlEvents } from "./xml.ts";

/** What a paragraph is, besides its text. */
interface Paragraph {
  heading: number;
  /** The level of the list that it is an item of, from 0. */
  item: number | undefined;
}

const deepestHeading = 6;

/** A Word document: headings, paragraphs, lists, tables and notes, cut at its headings. */
export function readDocx(parts: Package): Reading {
  const headings = headingStyles(parts);
  const writer = createMarkdownWriter();
  readXml(parts.read("word/document.xml"), bodyEvents(writer, headings));
  for (const notes of ["word/footnotes.xml", "word/endnotes.xml"])
    readXml(parts.read(notes), bodyEvents(writer, headings));
  return { kind: "DOCX", ...corePropertiesOf(parts), ...chaptersOfMarkdown(writer.finish()), notes: [] };
}

/** The level of each style that is a heading's, by its id: its name is English in every language's Word. */
function headingStyles(parts: Package): ReadonlyMap<string, number> {
  const levels = new Map<string, number>();
  let style = "";
  readXml(parts.read("word/styles.xml"), {
    open(name, { "w:styleId": id, "w:val": value = "" }) {
      if (name === "style") style = id ?? "";
      const named = /^heading (\d)$/iu.exec(value)?.[1] ?? (/^title$/iu.test(value) ? "1" : undefined);
      if (name === "name" && named !== undefined) levels.set(style, Number(named));
      if (name === "outlineLvl" && Number(value) < deepestHeading) levels.set(style, Number(value) + 1);
    },
  });
  return levels;
}

function bodyEvents(writer: MarkdownWriter, headings: ReadonlyMap<string, number>): XmlEvents {
  let paragraph: Paragraph = { heading: 0, item: undefined };
  let [begun, inText, fallback] = [false, false, 0];
  const note = { id: "", open: false };
  const begin = (): void => {
    if (begun) return;
    begun = true;
    writer.begin(prefixOf(paragraph));
    if (note.open) writer.verbatim(`[^${note.id}]: `);
    note.open = false;
  };
  const opening: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    p() {
      paragraph = { heading: 0, item: undefined };
      begun = false;
    },
    pStyle: ({ "w:val": style = "" }) => (paragraph.heading = headings.get(style) ?? 0),
    outlineLvl({ "w:val": level }) {
      if (Number(level) < deepestHeading) paragraph.heading = Number(level) + 1;
    },
    numPr: () => (paragraph.item = 0),
    ilvl: ({ "w:val": level }) => (paragraph.item = Number(level)),
    t: () => (begin(), (inText = true)),
    tab: () => begun && writer.verbatim(" "),
    br: () => begun && writer.verbatim("\n"),
    noBreakHyphen: () => begun && writer.verbatim("-"),
    tbl: () => writer.beginTable(),
    tr: () => writer.beginRow(),
    tc: () => writer.beginCell(),
    footnoteReference: ({ "w:id": id }) => writer.verbatim(`[^${id}]`),
    endnoteReference: ({ "w:id": id }) => writer.verbatim(`[^${id}]`),
    footnote: ({ "w:id": id = "" }) => Object.assign(note, { id, open: true }),
    endnote: ({ "w:id": id = "" }) => Object.assign(note, { id, open: true }),
  };
  return {
    open(name, attributes) {
      // The same once more, for programs that can't show the first.
      if (name === "Fallback") fallback += 1;
      if (fallback === 0) opening[name]?.(attributes);
    },
    text(text) {
      if (inText) writer.verbatim(text);
    },
    close(name) {
      if (name === "t") inText = false;
      else if (name === "Fallback") fallback -= 1;
      else if (name === "tbl" && fallback === 0) writer.endTable();
      else if (name === "p" && fallback === 0) writer.begin();
    },
  };
}

function prefixOf({ heading, item }: Paragraph): string {
  if (heading > 0) return `${"#".repeat(heading)} `;
  return item === undefined ? "" : `${"  ".repeat(Math.min(item, deepestHeading))}- `;
}
