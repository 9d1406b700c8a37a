import type { AlignType, Table } from "mdast";
import { toPlainText } from "./plain.ts";
import { displayWidth, wrapText } from "./width.ts";

/** No column is made narrower than this to fit the others. */
const narrowest = 8;

/**
 * A table as a grid for a monospace font, with a rule under its header. Long cells go on in further lines so that the
 * grid is at most `maxWidth` columns wide, unless it has too many columns for that; rows then stand apart by rules.
 */
export function tableToText(table: Table, maxWidth = 76): string {
  const count = Math.max(...table.children.map((row) => row.children.length));
  const columns = Array.from({ length: count }, (_, index) => index);
  const rows = table.children.map((row) =>
    columns.map((column) => row.children[column]).map((cell) => (cell ? toPlainText(cell) : "")),
  );
  const natural = columns.map((column) => Math.max(1, ...rows.map((row) => cellWidth(row[column] ?? ""))));
  const widths = narrow(natural, maxWidth - 3 * (count - 1));
  const grid = rows.map((row) => columns.map((column) => wrapText(row[column] ?? "", widths[column] ?? 1)));

  const rule = widths.map((width) => "-".repeat(width)).join("-+-");
  const lines = grid.map((cells) => rowLines(cells, widths, table.align ?? []));
  const apart = lines.slice(1).some((row) => row.length > 1);
  const [header = "", ...body] = lines.map((row) => row.join("\n"));
  const between = apart ? `\n${rule}\n` : "\n";
  return [header, rule, ...(body.length > 0 ? [body.join(between)] : [])].join("\n");
}

const cellWidth = (cell: string): number => Math.max(...cell.split("\n").map(displayWidth));

/** Takes from the widest columns first, until all go into the room. */
function narrow(natural: readonly number[], room: number): number[] {
  let widest = Math.max(...natural);
  const capped = (): number[] => natural.map((width) => Math.min(width, Math.max(widest, narrowest)));
  while (widest > narrowest && capped().reduce((sum, width) => sum + width, 0) > room) widest--;
  return capped();
}

function rowLines(
  cells: readonly string[][],
  widths: readonly number[],
  align: readonly AlignType[],
): string[] {
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    cells
      .map((lines, column) => pad(lines[line] ?? "", widths[column] ?? 0, align[column] ?? null))
      .join(" | ")
      .trimEnd(),
  );
}

function pad(text: string, width: number, align: AlignType): string {
  const free = Math.max(0, width - displayWidth(text));
  const before = align === "right" ? free : align === "center" ? free >> 1 : 0;
  return " ".repeat(before) + text + " ".repeat(free - before);
}
