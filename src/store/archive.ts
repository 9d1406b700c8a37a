import { createHash } from "node:crypto";
import { z } from "zod";
import type { Queries, SqlValue } from "./database.ts";
import { storable } from "./sql.ts";
import { columnsOf, readRows, tables } from "./tables.ts";

/**
 * The file that everything of a store fits into, whichever database it is in: lines of JSON. First a header; then, for
 * each table, a line that names it and one line a row, sorted by key; last a trailer, by which a cut or changed file shows.
 */
export const formatVersion = 1;

export type Header = z.infer<typeof headerSchema>;

export const headerSchema = z.object({
  parlance: z.literal("data"),
  format: z.int(),
  /** Of the database's tables. */
  schema: z.int(),
  /** Of the Parlance that wrote it. */
  version: z.string(),
  at: z.iso.datetime(),
  from: z.string(),
});

/** Stands before the rows of a table. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });

/** `sha256` of a table is that of its rows' lines, the file's own that of all lines before this one; in hex. */
export const trailerSchema = z.object({
  end: z.literal(true),
  tables: z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() })),
  sha256: z.string(),
});

const valueSchema = z.union([
  z.string(),
  z.number(),
  z.null(),
  z
    .strictObject({ base64: z.string() })
    .transform(({ base64 }) => new Uint8Array(Buffer.from(base64, "base64"))),
]);

const rowSchema = z.array(valueSchema);

/** One row's line, the same for the same row of either database. */
export function encodeRow(row: readonly SqlValue[]): string {
  const values = row.map((value) =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString("base64") } : storable(value),
  );
  return JSON.stringify(values);
}

/** Throws what is wrong with the line. */
export const decodeRow = (line: string): readonly SqlValue[] => rowSchema.parse(JSON.parse(line));

/** The lines of everything that can be read through `queries`, some at a time; `tell` hears how many rows each table has. */
export async function* archiveOf(
  queries: Queries,
  header: Header,
  tell: (table: string, rows: number) => void,
): AsyncGenerator<string> {
  const file = createHash("sha256");
  const hashed = (text: string): string => {
    file.update(text);
    return text;
  };
  const sums: z.infer<typeof trailerSchema>["tables"] = {};
  yield hashed(`${JSON.stringify(header)}\n`);
  for (const table of tables) {
    yield hashed(`${JSON.stringify({ table: table.name, columns: columnsOf(table) })}\n`);
    const hash = createHash("sha256");
    let rows = 0;
    let after: readonly SqlValue[] | undefined;
    for (;;) {
      const page = await readRows(queries, table, { after, most: table.page });
      if (page.length === 0) break;
      const lines = page.map((row) => `${encodeRow(row)}\n`).join("");
      hash.update(lines);
      yield hashed(lines);
      rows += page.length;
      after = page.at(-1);
    }
    sums[table.name] = { rows, sha256: hash.digest("hex") };
    tell(table.name, rows);
  }
  yield `${JSON.stringify({ end: true, tables: sums, sha256: file.digest("hex") })}\n`;
}
