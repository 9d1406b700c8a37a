import type { Section } from "./document.ts";
import { writeTable } from "./markdown-writer.ts";
import { type Said, say } from "./said.ts";

/** More rows than this are no reading but work for a database. */
const mostRows = 10_000;
/** Of one section: enough to see a whole table, few enough to go looking in. */
const rowsEach = 200;

/** A table of rows whose first names the columns; a long one in several sections, each with that first row. `sheet` is empty where there is but one table. */
export function sectionsOfRows(
  sheet: string,
  rows: readonly (readonly string[])[],
): { readonly sections: readonly Section[]; readonly notes: readonly Said[] } {
  const name = sheet === "" ? "" : `sheet ${sheet}`;
  const [head = [], ...body] = rows.slice(0, mostRows).map(trimEnd);
  const notes = rows.length > mostRows ? [say("rowsLeftOut", sheet, mostRows, rows.length)] : [];
  if (body.length <= rowsEach)
    return { sections: [{ label: name, text: writeTable([head, ...body]) }], notes };
  const starts = Array.from({ length: Math.ceil(body.length / rowsEach) }, (_, part) => part * rowsEach);
  const sections = starts.map((start) => {
    const part = body.slice(start, start + rowsEach);
    // As a spreadsheet counts them: the first row is row 1.
    const range = `rows ${start + 2}-${start + 1 + part.length}`;
    return { label: name === "" ? range : `${name}, ${range}`, text: writeTable([head, ...part]) };
  });
  return { sections, notes };
}

function trimEnd(row: readonly string[]): readonly string[] {
  return row.slice(0, row.findLastIndex((cell) => cell.trim() !== "") + 1);
}
