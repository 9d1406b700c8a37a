import { chaptersOfMarkdown } from "./chapters.ts";
import { createNumbering, headingOf, type ParagraphKind, plain, readStyles } from "./docx-styles.ts";
import { createMarkdownWriter, type MarkdownWriter } from "./markdown-writer.ts";
import { corePropertiesOf, type Package } from "./package.ts";
import type { Reading } from "./reading.ts";
import { readXml, type XmlEvents } from "./xml.ts";

const deepestIndent = 6;

/** A Word document: headings, paragraphs, lists, tables and notes, cut at its headings. */
export function readDocx(parts: Package): Reading {
  const writer = createMarkdownWriter();
  const events = bodyEvents(writer, { styles: readStyles(parts), numberOf: createNumbering(parts) });
  for (const part of ["document", "footnotes", "endnotes"]) readXml(parts.read(`word/${part}.xml`), events);
  return { kind: "DOCX", ...corePropertiesOf(parts), ...chaptersOfMarkdown(writer.finish()), notes: [] };
}

function bodyEvents(
  writer: MarkdownWriter,
  {
    styles,
    numberOf,
  }: {
    readonly styles: ReadonlyMap<string, ParagraphKind>;
    readonly numberOf: (list: string, level: number) => string;
  },
): XmlEvents {
  let paragraph = plain;
  let [begun, inText, fallback] = [false, false, 0];
  const note = { id: "", open: false };
  const begin = (): void => {
    if (begun) return;
    begun = true;
    writer.begin(prefixOf(paragraph, numberOf));
    if (note.open) writer.verbatim(`[^${note.id}]: `);
    note.open = false;
  };
  const opening: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    p() {
      paragraph = plain;
      begun = false;
    },
    pStyle: ({ "w:val": style = "" }) => (paragraph = styles.get(style) ?? plain),
    outlineLvl: ({ "w:val": outline }) => (paragraph = { ...paragraph, heading: headingOf(outline) }),
    numId: ({ "w:val": list = "" }) => (paragraph = { ...paragraph, list }),
    ilvl: ({ "w:val": level }) => (paragraph = { ...paragraph, level: Number(level) || 0 }),
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

function prefixOf(
  { heading, list, level }: ParagraphKind,
  numberOf: (list: string, level: number) => string,
): string {
  if (heading > 0) return `${"#".repeat(heading)} `;
  // List 0 takes a paragraph out of its style's list.
  return list === undefined || list === "0"
    ? ""
    : "  ".repeat(Math.min(level, deepestIndent)) + numberOf(list, level);
}
