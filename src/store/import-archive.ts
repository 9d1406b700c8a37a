import { createHash } from "node:crypto";
import type { z } from "zod";
import { UserError } from "../errors.ts";
import { type ArchiveLines, createArchiveLines } from "./archive-lines.ts";
import {
  decodeRow,
  encodeRow,
  formatVersion,
  type Header,
  headerSchema,
  tableSchema,
  trailerSchema,
} from "./archive.ts";
import type { Database, Queries, SqlValue } from "./database.ts";
import { schemaVersion } from "./migrations.ts";
import { columnsOf, countRows, insertRows, readRows, type Table, tables } from "./tables.ts";

/** What a table came to: rows, and the SHA-256 of their lines in hex. */
type Sum = z.infer<typeof trailerSchema>["tables"][string];

/**
 * Brings a data file into an empty database, all or nothing, and reads back what was stored: it is the file's, row by
 * row. Answers how many rows each table has. Throws UserError that says what stands against it.
 */
export async function importArchive(
  database: Database,
  source: AsyncIterable<Uint8Array>,
  { name, version }: { readonly name: string; readonly version: string },
): Promise<ReadonlyMap<string, number>> {
  const lines = createArchiveLines(source, name);
  checkHeader(
    await lines.read(headerSchema, "it is not one that `parlance data export` wrote"),
    name,
    version,
  );
  const bots = await database.bots();
  if (bots > 0) throw inUse(database, bots);
  try {
    return await importAll(database, lines);
  } catch (error) {
    // What one that came up meanwhile stored stands among these rows: then nothing is wrong with the file.
    const late = await database.bots().catch(() => 0);
    throw late > 0 ? inUse(database, late, error) : error;
  }
}

function inUse({ location }: Database, bots: number, cause?: unknown): UserError {
  const works = bots === 1 ? "A running Parlance works" : `${bots} running Parlances work`;
  const since = cause === undefined ? "" : " since the import began, and nothing was imported";
  return new UserError(`${works} on the database ${location}${since}. Stop all, import, and start again.`, {
    cause,
  });
}

function importAll(database: Database, lines: ArchiveLines): Promise<ReadonlyMap<string, number>> {
  return database.transaction(async (transaction) => {
    await refuseUnlessEmpty(transaction, database);
    // The source may take its time: a slow line, or somebody who is asked for a password.
    if (database.dialect.name === "Postgres")
      await transaction.query("SET LOCAL idle_in_transaction_session_timeout = 0");
    const sums = new Map<string, Sum>();
    for (const table of tables) {
      const { table: named, columns } = await lines.read(
        tableSchema,
        `the table ${table.name} should begin here`,
      );
      if (named !== table.name || columns.join() !== columnsOf(table).join())
        throw lines.damaged(`the table ${table.name} should begin here`);
      sums.set(table.name, await importTable(transaction, table, lines));
    }
    await checkTrailer(lines, sums);
    await countAgain(transaction, sums);
    return new Map(Array.from(sums, ([table, { rows }]) => [table, rows]));
  });
}

function checkHeader({ format, schema, version: wrote }: Header, name: string, version: string): void {
  if (format > formatVersion || schema > schemaVersion) {
    throw new UserError(
      `${name} was written by Parlance ${wrote}, which is newer than this one (${version}). Update Parlance, then import.`,
    );
  }
  if (schema < schemaVersion) {
    throw new UserError(
      `${name} was written by Parlance ${wrote}: its tables are version ${schema}, those of this Parlance (${version}) ` +
        `${schemaVersion}. Import it with Parlance ${wrote}; then start this one there, which brings the tables up to date.`,
    );
  }
}

async function refuseUnlessEmpty(queries: Queries, { dialect, location }: Database): Promise<void> {
  const found: string[] = [];
  for (const table of tables) {
    const rows = await countRows(queries, table);
    if (rows > 0) found.push(`${rows} in ${table.name}`);
  }
  if (found.length === 0) return;
  const wayOut =
    dialect.name === "SQLite"
      ? "Set PARLANCE_DATA to a new folder, or move parlance.db away"
      : "Create a new database and set DATABASE_URL to it";
  throw new UserError(
    `The database ${location} is not empty (rows: ${found.join(", ")}). Nothing was imported. ${wayOut}, and import again.`,
  );
}

/** Each page is read back as soon as it is stored. */
async function importTable(queries: Queries, table: Table, lines: ArchiveLines): Promise<Sum> {
  const hash = createHash("sha256");
  let rows = 0;
  let after: readonly SqlValue[] | undefined;
  for (;;) {
    const page = await lines.rows(table.page);
    if (page.length === 0) return { rows, sha256: hash.digest("hex") };
    await insert(queries, table, { page, lines });
    const stored = await readRows(queries, table, { after, most: page.length });
    for (const [index, line] of page.entries()) {
      const row = stored[index];
      const storedLine = row && encodeRow(row);
      if (row === undefined || storedLine !== line)
        throw different(table, { number: rows + index + 1, line, row });
      hash.update(`${storedLine}\n`);
    }
    rows += page.length;
    after = stored.at(-1);
  }
}

async function insert(
  queries: Queries,
  table: Table,
  { page, lines }: { page: readonly string[]; lines: ArchiveLines },
): Promise<void> {
  const rows = page.map((line) => {
    try {
      const row = decodeRow(line);
      if (row.length === columnsOf(table).length) return row;
    } catch {
      // Said below.
    }
    throw lines.damaged(`a row of ${table.name} is not what it should be`);
  });
  try {
    await insertRows(queries, table, rows);
  } catch (error) {
    throw new UserError(
      `Rows of the table ${table.name} could not be stored: ${error instanceof Error ? error.message : String(error)}. ` +
        "Nothing was imported.",
      { cause: error },
    );
  }
}

function different(
  table: Table,
  { number, line, row }: { number: number; line: string; row: readonly SqlValue[] | undefined },
): UserError {
  const wanted = decodeRow(line);
  const index = row
    ? wanted.findIndex((value, at) => encodeRow([value]) !== encodeRow([row[at] ?? null]))
    : 0;
  const column = columnsOf(table)[index];
  const found = row ? excerpt(row[index]) : "nothing";
  return new UserError(
    `Row ${number} of the table ${table.name} is not the same once it is stored: ${column} is ` +
      `${excerpt(wanted[index])} in the file and ${found} in the database. Nothing was imported.`,
  );
}

const excerpt = (value: SqlValue = null): string => {
  const text = encodeRow([value]).slice(1, -1);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

async function checkTrailer(lines: ArchiveLines, sums: ReadonlyMap<string, Sum>): Promise<void> {
  const sum = lines.sum();
  const trailer = await lines.read(trailerSchema, "it ends too early");
  for (const [table, { rows, sha256 }] of sums) {
    const wanted = trailer.tables[table];
    if (wanted?.rows !== rows)
      throw lines.damaged(`${table} has ${rows} rows and should have ${wanted?.rows ?? 0}`);
    if (wanted.sha256 !== sha256)
      throw lines.damaged(`the rows of ${table} are not those that were exported`);
  }
  if (trailer.sha256 !== sum) throw lines.damaged("it is not as it was exported");
  await lines.end();
}

/** Nobody, and nothing within the database, added or took away. */
async function countAgain(queries: Queries, sums: ReadonlyMap<string, Sum>): Promise<void> {
  for (const table of tables) {
    const [stored, wanted] = [await countRows(queries, table), sums.get(table.name)?.rows];
    if (stored === wanted) continue;
    throw new UserError(
      `The table ${table.name} has ${stored} rows once they are stored, and ${wanted} in the file. Nothing was imported.`,
    );
  }
}
