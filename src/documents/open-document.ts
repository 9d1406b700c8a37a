import { chaptersOfMarkdown } from "./chapters.ts";
import type { Section } from "./document.ts";
import { createMarkdownWriter, type MarkdownWriter } from "./markdown-writer.ts";
import type { Package } from "./package.ts";
import type { Reading } from "./reading.ts";
import { sectionsOfRows } from "./rows.ts";
import { Refusal, type Said, say } from "./said.ts";
import { readXml } from "./xml.ts";

const mostSections = 1000;
const mostCells = 200;
/** More are cut afterwards, and told. */
const mostRows = 20_000;
/** A cell or a row that is there so often is how a program fills the rest of a sheet. */
const mostRepeated = 1000;
const deepestIndent = 6;

/** What is not shown, or is shown elsewhere. */
const unseen = new Set(["tracked-changes", "annotation", "note-citation", "sequence-decls"]);

/** A text, a workbook or a presentation of LibreOffice and its kin. Throws Refusal for one with a password. */
export function readOpenDocument(parts: Package): Reading {
  if (parts.read("META-INF/manifest.xml").includes("encryption-data")) throw new Refusal(say("locked"));
  const [, type = ""] = /opendocument\.(\w+)/u.exec(parts.read("mimetype").toString("latin1")) ?? [];
  const about = propertiesOf(parts);
  if (type === "spreadsheet") return { kind: "ODS", ...about, unit: "sheet", ...sheetsOf(parts) };
  if (type === "presentation") return { kind: "ODP", ...about, unit: "slide", ...slidesOf(parts) };
  const writer = createMarkdownWriter();
  readBody(parts, writer);
  return { kind: "ODT", ...about, ...chaptersOfMarkdown(writer.finish()), notes: [] };
}

type Opened = (name: string, attributes: Readonly<Record<string, string>>) => void;

/** Writes what stands in the document; `onOpen` and `onClose` hear of every element, too. */
function readBody(
  parts: Package,
  writer: MarkdownWriter,
  { onOpen, onClose }: { readonly onOpen?: Opened; readonly onClose?: (name: string) => void } = {},
): void {
  let [hidden, lists, paragraphs] = [0, 0, 0];
  const indent = (): string => "  ".repeat(Math.min(lists - 1, deepestIndent));
  const opening: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => void>> = {
    h: ({ "text:outline-level": level }) => writer.begin(`${"#".repeat(Math.min(Number(level) || 1, 6))} `),
    p: () => writer.begin(lists > 0 ? `${indent()}- ` : ""),
    s: ({ "text:c": count }) => writer.verbatim(" ".repeat(Math.min(Number(count) || 1, 40))),
    tab: () => writer.verbatim(" "),
    "line-break": () => writer.verbatim("\n"),
    list: () => (lists += 1),
    table: () => writer.beginTable(),
    "table-row": () => writer.beginRow(),
    "table-cell": () => writer.beginCell(),
  };
  readXml(parts.read("content.xml"), {
    open(name, attributes) {
      if (unseen.has(name)) hidden += 1;
      if (hidden > 0) return;
      if (name === "p" || name === "h") paragraphs += 1;
      onOpen?.(name, attributes);
      opening[name]?.(attributes);
    },
    text(text) {
      if (hidden === 0 && paragraphs > 0) writer.text(text);
    },
    close(name) {
      if (unseen.has(name)) hidden -= 1;
      else if (hidden > 0) return;
      else if (name === "list") lists -= 1;
      else if (name === "table") writer.endTable();
      else if (name === "p" || name === "h") {
        paragraphs -= 1;
        writer.begin();
      }
      onClose?.(name);
    },
  });
}

/** A writer that begins a text of its own with `next`; `finish` gives that. */
function createTurning(): Pick<MarkdownWriter, "finish"> & {
  readonly writer: MarkdownWriter;
  readonly next: () => void;
} {
  let current = createMarkdownWriter();
  const finish = (): string => current.finish();
  const writer: MarkdownWriter = {
    text: (text) => current.text(text),
    verbatim: (text) => current.verbatim(text),
    begin: (prefix) => current.begin(prefix),
    beginTable: () => current.beginTable(),
    beginRow: () => current.beginRow(),
    beginCell: () => current.beginCell(),
    endTable: () => current.endTable(),
    finish,
  };
  return { writer, next: () => (current = createMarkdownWriter()), finish };
}

/** How often a cell or a row is there. */
function times(count: string | undefined): number {
  const number = Number(count) || 1;
  return number > mostRepeated ? 1 : number;
}

function sheetsOf(parts: Package): Pick<Reading, "sections" | "notes"> {
  const sections: Section[] = [];
  const notes: Said[] = [];
  const { writer, next, finish } = createTurning();
  let sheet = "";
  let rows: string[][] = [];
  let [rowTimes, cellTimes] = [1, 1];
  readBody(parts, writer, {
    onOpen(name, attributes) {
      if (name === "table") [sheet, rows] = [attributes["table:name"] ?? "", []];
      if (name === "table-row") {
        rowTimes = times(attributes["table:number-rows-repeated"]);
        rows.push([]);
      }
      if (name !== "table-cell") return;
      cellTimes = times(attributes["table:number-columns-repeated"]);
      next();
    },
    onClose(name) {
      const row = rows.at(-1);
      if (name === "table-cell" && row) {
        const text = finish();
        row.push(...Array.from({ length: Math.min(cellTimes, mostCells - row.length) }, () => text));
      }
      if (name === "table-row" && row)
        for (let time = 1; time < rowTimes && rows.length < mostRows; time++) rows.push(row);
      if (name !== "table") return;
      while (rows.at(-1)?.every((each) => each === "")) rows.pop();
      if (rows.length === 0 || sections.length >= mostSections) return;
      const read = sectionsOfRows(sheet, rows);
      sections.push(...read.sections);
      notes.push(...read.notes);
    },
  });
  return { sections, notes };
}

function slidesOf(parts: Package): Pick<Reading, "sections" | "notes"> {
  const sections: Section[] = [];
  const { writer, next, finish } = createTurning();
  readBody(parts, writer, {
    onOpen(name) {
      if (name === "page") next();
      if (name === "notes") {
        writer.begin();
        writer.verbatim("Notes:");
      }
    },
    onClose(name) {
      if (name !== "page" || sections.length >= mostSections) return;
      sections.push({ label: `slide ${sections.length + 1}`, text: finish() });
    },
  });
  return { sections, notes: [] };
}

function propertiesOf(parts: Package): { readonly title?: string; readonly author?: string } {
  const found: Record<string, string> = {};
  let name = "";
  readXml(parts.read("meta.xml"), {
    open: (opened) => (name = opened),
    text: (text) => (found[name] = (found[name] ?? "") + text),
    close: () => (name = ""),
  });
  const title = found["title"]?.trim() ?? "";
  const author = (found["initial-creator"] ?? found["creator"] ?? "").trim();
  return { ...(title !== "" && { title }), ...(author !== "" && { author }) };
}
