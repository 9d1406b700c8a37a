import readXlsxFile from "read-excel-file/node";
import { corePropertiesOf, type Package } from "./package.ts";
import type { Reading } from "./reading.ts";
import { sectionsOfRows } from "./rows.ts";
import { type Said, say } from "./said.ts";

const mostSheets = 100;

/** The sheets of a workbook, with what formulas came to when it was saved. */
export async function readXlsx(bytes: Uint8Array, parts: Package): Promise<Reading> {
  const workbook = await readXlsxFile(Buffer.from(bytes), { trim: false });
  const filled = workbook.filter(({ data }) => data.some((row) => row.some((cell) => cell !== null)));
  const sheets = filled.slice(0, mostSheets).map(({ sheet, data }) =>
    sectionsOfRows(
      sheet,
      data.map((row) => row.map(toText)),
    ),
  );
  const notes: Said[] = sheets.flatMap(({ notes }) => notes);
  if (filled.length > mostSheets) notes.push(say("partsLeftOut", mostSheets, filled.length));
  return {
    kind: "XLSX",
    ...corePropertiesOf(parts),
    unit: "sheet",
    sections: sheets.flatMap(({ sections }) => sections),
    notes,
  };
}

/** A date without a time is a day. Excel keeps times as parts of a day, which are seldom whole seconds. */
function toText(cell: unknown): string {
  if (cell instanceof Date) {
    const rounded = new Date(Math.round(cell.getTime() / 1000) * 1000);
    return rounded
      .toISOString()
      .replace(/T00:00:00\.000Z$/u, "")
      .replace("T", " ")
      .replace(/(?::00)?\.000Z$/u, "");
  }
  return typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean"
    ? String(cell)
    : "";
}
