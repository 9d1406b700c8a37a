import { Buffer } from "node:buffer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { archiveOf, type Header } from "../../src/store/archive.ts";
import type { Database } from "../../src/store/database.ts";
import { importArchive } from "../../src/store/import-archive.ts";
import { schemaVersion } from "../../src/store/migrations.ts";
import { openDatabase, openStore, type StoreOptions } from "../../src/store/open.ts";
import { columnsOf, countRows, tables } from "../../src/store/tables.ts";
import { fillStore, waiting } from "./full-store.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn, turnId } from "./turns.ts";

const header: Header = {
  parlance: "data",
  format: 1,
  schema: schemaVersion,
  version: "0.0.1",
  at: "2026-01-01T00:00:00.000Z",
  from: "a test",
};

/** All lines of the data file of a database. */
export async function exportLines(database: Database): Promise<readonly string[]> {
  const text = await database.snapshot(async (queries) =>
    (await Array.fromAsync(archiveOf(queries, header, () => undefined))).join(""),
  );
  return text.trimEnd().split("\n");
}

/** Brings them into a database, in pieces as a disk might give them. */
export async function importLines(database: Database, lines: readonly string[]): Promise<void> {
  await importBytes(database, Buffer.from(lines.map((line) => `${line}\n`).join("")));
}

async function importBytes(database: Database, bytes: Buffer): Promise<void> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 1_001) yield bytes.subarray(at, at + 1_001);
  }
  await importArchive(database, pieces(), { name: "backup.jsonl", version: "0.0.2" });
}

/** A database with something in every table. */
export async function openFull(options: StoreOptions): Promise<Database> {
  const store = await openStore(options);
  await fillStore(store);
  await store.close();
  return (await openDatabase(options)).database;
}

async function refusal(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error instanceof Error ? error.message : "";
}

/** One row a column: the table, the column, and its place in the primary key or 0. */
type RealColumn = { readonly table: string; readonly column: string; readonly position: number };

/** What moving everything promises, whichever database it is taken from or brought into. `columns` asks the database for all it has. */
export function describeArchive(
  name: string,
  createPlace: () => Promise<StoreOptions>,
  columns: string,
): void {
  describe(name, () => {
    let full: Database;
    let place: StoreOptions;
    let empty: Database;

    beforeEach(async () => {
      full = await openFull(await createPlace());
      place = await createPlace();
      empty = (await openDatabase(place)).database;
    });
    afterEach(() => Promise.all([full.close(), empty.close()]));

    const rowsOfEmpty = async () => {
      let rows = 0;
      for (const table of tables) rows += await countRows(empty, table);
      return rows;
    };

    it("knows every table with all its columns, so that none can be forgotten", async () => {
      const real = (await full.query<RealColumn>(columns)).filter(({ table }) => table !== "parlance_schema");
      const known = tables.flatMap((table) =>
        columnsOf(table).map((column) => ({
          table: table.name,
          column,
          position: table.key.indexOf(column) + 1,
        })),
      );
      const written = (all: readonly RealColumn[]) =>
        all.map(({ table, column, position }) => `${table}.${column} ${position}`).toSorted();
      expect(written(known)).toEqual(written(real));
    });

    it("brings everything back as it was, and the same file out of it", async () => {
      const lines = await exportLines(full);
      for (const table of tables) expect(await countRows(full, table), table.name).toBeGreaterThan(0);
      await importLines(empty, lines);
      expect(await exportLines(empty)).toEqual(lines);
    });

    it("never has more than one picture or one page of rows in hand", async () => {
      const most = Math.max(...tables.map(({ page }) => page));
      await full.snapshot(async (queries) => {
        for await (const piece of archiveOf(queries, header, () => undefined)) {
          const lines = piece.trimEnd().split("\n");
          expect(lines.length).toBeLessThanOrEqual(piece.includes('{"base64":"') ? 1 : most);
        }
      });
    });

    it("goes on with unfinished work where it was moved to", async () => {
      await importLines(empty, await exportLines(full));
      await empty.close();
      const store = await openStore(place);
      const pending = await store.inbox.pending(conversation, 9);
      expect(pending.map(({ id, job }) => [id, job])).toEqual([
        ["2-begun", "job-begun"],
        ["3-held", "job-held"],
        ["4-waits", undefined],
      ]);
      expect(pending[2]?.inbound).toEqual({ ...waiting, id: "4-waits" });
      const job = await store.outbox.begin(conversation, { id: "job-begun", events: ["2-begun"], posts: {} });
      expect(job).toMatchObject({
        posts: { 0: null, f0: "한" },
        isBegun: true,
        rounds: { model: "openai/x" },
      });
      expect(await store.inbox.put(conversation, { id: "1-done", seq: "9", at: 0, inbound: waiting })).toBe(
        false,
      );
      const turn = storedTurn(2, { id: turnId(99), messages: [pictureMessage(pictureBytes(9))] });
      await store.turns.append(conversation, turn);
      expect(await store.turns.list(conversation)).toHaveLength(61);
      await store.close();
    });

    it("refuses a file that is cut anywhere, and keeps nothing of it", async () => {
      const lines = await exportLines(full);
      const bytes = Buffer.from(`${lines.join("\n")}\n`);
      const cuts = [
        0,
        1,
        50,
        ...[0.1, 0.5, 0.9].map((part) => Math.floor(bytes.length * part)),
        bytes.length - 1,
      ];
      for (const cut of cuts) {
        const said = await refusal(importBytes(empty, bytes.subarray(0, cut)));
        expect(said).toMatch(/^backup\.jsonl is damaged: .*Nothing was imported/u);
      }
      for (let left = 1; left < lines.length; left += 29) {
        await refusal(importLines(empty, lines.slice(0, left)));
      }
      expect(await refusal(importLines(empty, lines.slice(0, -1)))).toContain("it ends too early");
      expect(await rowsOfEmpty()).toBe(0);
    });

    it("refuses a file in which any line is changed, twice there or gone, and keeps nothing of it", async () => {
      const lines = await exportLines(full);
      for (let at = 0; at < lines.length; at += 13) {
        const line = lines[at] ?? "";
        const changed = line.replace(/[a-f0-9](?=[^a-f0-9]*$)/u, (found) => (found === "a" ? "b" : "a"));
        expect(changed, line).not.toBe(line);
        await refusal(importLines(empty, lines.with(at, changed)));
        await refusal(importLines(empty, lines.toSpliced(at, 0, line)));
        await refusal(importLines(empty, lines.toSpliced(at, 1)));
      }
      await refusal(importLines(empty, [...lines, "{}"]));
      expect(await rowsOfEmpty()).toBe(0);
      await importLines(empty, lines);
    });

    it("refuses to import over anything, and says what is there", async () => {
      const lines = await exportLines(full);
      await empty.query("INSERT INTO document (key, value) VALUES ('a:b', '1')");
      expect(await refusal(importLines(empty, lines))).toContain(
        `The database ${empty.location} is not empty (rows: 1 in document). Nothing was imported. `,
      );
      expect(await rowsOfEmpty()).toBe(1);
    });

    it("says which version to take for a file of another one", async () => {
      const lines = await exportLines(full);
      const of = (changes: Partial<Header>) => lines.with(0, JSON.stringify({ ...header, ...changes }));
      expect(await refusal(importLines(empty, of({ schema: 1, version: "0.0.0" })))).toBe(
        `backup.jsonl was written by Parlance 0.0.0: its tables are version 1, those of this Parlance (0.0.2) ` +
          `${schemaVersion}. Import it with Parlance 0.0.0; then start this one there, which brings the tables up to date.`,
      );
      const newer = "backup.jsonl was written by Parlance 9.0.0, which is newer than this one (0.0.2).";
      expect(await refusal(importLines(empty, of({ schema: 999, version: "9.0.0" })))).toContain(newer);
      expect(await refusal(importLines(empty, of({ format: 2, version: "9.0.0" })))).toContain(newer);
      expect(await refusal(importLines(empty, ["hello"]))).toContain(
        "not one that `parlance data export` wrote",
      );
    });

    it("says what the database made of a row, when that is not what the file has", async () => {
      const lines = await exportLines(full);
      await spoilFacts(empty);
      expect(await refusal(importLines(empty, lines))).toBe(
        'Row 1 of the table fact is not the same once it is stored: text is "" in the file and "spoilt" in the database. ' +
          "Nothing was imported.",
      );
      expect(await rowsOfEmpty()).toBe(0);
    });
  });
}

/** Makes the database change what is stored, as no database should. */
async function spoilFacts(database: Database): Promise<void> {
  if (database.dialect.name === "SQLite") {
    await database.query(
      "CREATE TRIGGER spoil AFTER INSERT ON fact BEGIN UPDATE fact SET text = 'spoilt' WHERE id = new.id; END",
    );
    return;
  }
  await database.query(
    "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.text := ''spoilt''; RETURN new; END'",
  );
  await database.query("CREATE TRIGGER spoil BEFORE INSERT ON fact FOR EACH ROW EXECUTE FUNCTION spoil()");
}
