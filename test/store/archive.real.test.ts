import { Buffer } from "node:buffer";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { createLog } from "../../src/log.ts";
import { archiveOf } from "../../src/store/archive.ts";
import type { Database } from "../../src/store/database.ts";
import { importArchive } from "../../src/store/import-archive.ts";
import { schemaVersion } from "../../src/store/migrations.ts";
import { openCoordinator, openDatabase, openStore, type StoreOptions } from "../../src/store/open.ts";
import { describeArchive, exportLines, importLines, openFull } from "../support/archive-contract.ts";
import { makeFolder } from "../support/folder.ts";
import { type PostgresServer, startPostgres } from "../support/postgres.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn, turnId } from "../support/turns.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.close());

const onSqlite = async (): Promise<StoreOptions> => ({ dataFolder: makeFolder() });
const onPostgres = async (): Promise<StoreOptions> => ({
  dataFolder: "",
  databaseUrl: await server.createStoreDatabase(),
});

describeArchive(
  "everything of a store on SQLite",
  onSqlite,
  `SELECT m.name AS "table", c.name AS "column", c.pk AS position
   FROM sqlite_schema m, pragma_table_info(m.name) c WHERE m.type = 'table'`,
);

describeArchive(
  "everything of a store on Postgres",
  onPostgres,
  `SELECT c.relname AS "table", a.attname AS "column",
     COALESCE(array_position(i.indkey::smallint[], a.attnum) + 1, 0) AS position
   FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
   LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
   WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped`,
);

describe("moving between the databases", () => {
  it("gives the same file from SQLite, from Postgres, and from SQLite again", async () => {
    const first = await openFull(await onSqlite());
    const lines = await exportLines(first);
    await first.close();
    for (const make of [onPostgres, onSqlite, onPostgres]) {
      const { database } = await openDatabase(await make());
      await importLines(database, lines);
      expect(await exportLines(database)).toEqual(lines);
      await database.close();
    }
  });

  it("shows people the same conversation, pictures and all", async () => {
    const [from, to] = [await onPostgres(), await onSqlite()];
    const full = await openFull(from);
    const lines = await exportLines(full);
    await full.close();
    const { database } = await openDatabase(to);
    await importLines(database, lines);
    await database.close();
    const [before, after] = [await openStore(from), await openStore(to)];
    for (const key of [conversation, "fake:방|fake:kim" as typeof conversation]) {
      const turns = await before.turns.list(key);
      expect(turns.length).toBeGreaterThan(0);
      expect(await after.turns.list(key)).toStrictEqual(turns);
    }
    expect(await after.facts.list("fake:kim")).toStrictEqual(await before.facts.list("fake:kim"));
    await Promise.all([before.close(), after.close()]);
  });
});

describe("Postgres with bots at work", () => {
  it("exports one moment, whatever is written meanwhile", async () => {
    const options = await onPostgres();
    const { database } = await openDatabase(options);
    const store = await openStore(options);
    const turn = (n: number) => storedTurn(n, { messages: [pictureMessage(pictureBytes(100, n))] });
    await store.turns.append(conversation, turn(1));
    const header = {
      parlance: "data" as const,
      format: 1,
      schema: schemaVersion,
      version: "0",
      at: new Date().toISOString(),
      from: "Postgres",
    };
    const text = await database.snapshot(async (queries) => {
      const pieces: string[] = [];
      for await (const piece of archiveOf(queries, header, () => undefined)) {
        // The rows of the first table have been read: what comes now must not show in those after it.
        if (piece.startsWith('{"table":"blob"')) {
          await store.turns.append(conversation, turn(2));
          await store.turns.remove(conversation, turnId(2));
          await store.turns.remove(conversation, turnId(1));
          await store.facts.add("fake:kim", {
            id: turnId(1),
            text: "late",
            at: new Date(0),
            persona: "tutor",
            place: "dm",
          });
        }
        pieces.push(piece);
      }
      return pieces.join("");
    });
    await Promise.all([store.close(), database.close()]);
    expect(text).not.toContain("late");
    const target = await onPostgres();
    const moved = await openDatabase(target);
    await importLines(moved.database, text.trimEnd().split("\n"));
    await moved.database.close();
    const after = await openStore(target);
    expect(await after.turns.list(conversation)).toStrictEqual([turn(1)]);
    await after.close();
  });

  it("writes nothing while it exports", async () => {
    const { database } = await openDatabase(await onPostgres());
    const attempt = database.snapshot((queries) =>
      queries.query("INSERT INTO document (key, value) VALUES ('a', '1')"),
    );
    await expect(attempt).rejects.toMatchObject({ cause: { message: expect.stringContaining("read-only") } });
    await database.close();
  });

  it("waits for a source that pauses for longer than a transaction may", async () => {
    const full = await openFull(await onSqlite());
    const lines = await exportLines(full);
    await full.close();
    const { database } = await openDatabase(await onPostgres());
    const impatient: Database = {
      ...database,
      transaction: (run) =>
        database.transaction(async (transaction) => {
          await transaction.query("SET LOCAL idle_in_transaction_session_timeout = 50");
          return run(transaction);
        }),
    };
    async function* pausing(): AsyncGenerator<Uint8Array> {
      for (const [index, line] of lines.entries()) {
        if (index === lines.length - 1) await sleep(300);
        yield Buffer.from(`${line}\n`);
      }
    }
    await importArchive(impatient, pausing(), { name: "backup.jsonl", version: "0" });
    expect(await exportLines(database)).toEqual(lines);
    await database.close();
  });

  it("says that a bot came up while it imported, whose rows are among those that it reads back", async () => {
    const full = await openFull(await onSqlite());
    const lines = await exportLines(full);
    await full.close();
    const options = await onPostgres();
    const { database } = await openDatabase(options);
    const { database: other } = await openDatabase(options);
    const coordinator = await openCoordinator(options, createLog("silent"));
    async function* joined(): AsyncGenerator<Uint8Array> {
      for (const [index, line] of lines.entries()) {
        if (index === 40) {
          await coordinator.publish({ type: "wake", conversation });
          await other.query("INSERT INTO memory_pause (person, at) VALUES ('fake:new', 1)");
        }
        yield Buffer.from(`${line}\n`);
      }
    }
    await expect(importArchive(database, joined(), { name: "backup.jsonl", version: "0" })).rejects.toThrow(
      /^A running Parlance works on the database .* since the import began, and nothing was imported\. Stop all/u,
    );
    expect(await other.query("SELECT person FROM memory_pause")).toEqual([{ person: "fake:new" }]);
    await Promise.all([coordinator.close(), other.close(), database.close()]);
  });

  it("says to the person that imports where the server went away meanwhile", async () => {
    const full = await openFull(await onSqlite());
    const lines = await exportLines(full);
    await full.close();
    const { database } = await openDatabase(await onPostgres());
    const { database: other } = await openDatabase(await onPostgres());
    async function* cut(): AsyncGenerator<Uint8Array> {
      for (const [index, line] of lines.entries()) {
        if (index === 40) {
          await other.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?", [
            database.location.split("/").at(-1) ?? "",
          ]);
          // The connection hears of it.
          await sleep(100);
        }
        yield Buffer.from(`${line}\n`);
      }
    }
    const attempt = importArchive(database, cut(), { name: "backup.jsonl", version: "0" });
    await expect(attempt).rejects.toBeInstanceOf(UserError);
    await expect(attempt).rejects.toThrow(
      /^Rows of the table \w+ could not be stored: .*Nothing was imported\.$/u,
    );
    await Promise.all([database.close(), other.close()]);
  });

  it("imports nothing where a bot runs", async () => {
    const options = await onPostgres();
    const { database } = await openDatabase(options);
    const lines = await exportLines(database);
    const bot = await openCoordinator(options, createLog("silent"));
    await bot.publish({ type: "wake", conversation });
    await expect(importLines(database, lines)).rejects.toThrow(
      `A running Parlance works on the database ${database.location}. Stop all, import, and start again.`,
    );
    await bot.close();
    await importLines(database, lines);
    await database.close();
  });
});
