import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { openStore } from "../../src/store/open.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { describeAlbums } from "../support/album-contract.ts";
import { describeDatabase } from "../support/database-contract.ts";
import { describeQueue } from "../support/queue-contract.ts";

import { until } from "../support/until.ts";
import { describeStore } from "../support/store-contract.ts";
import { conversation, pictureBytes, pictureMessage, storedTurn, turnId } from "../support/turns.ts";
import { describeWithdrawals } from "../support/withdraw-contract.ts";

let root: string;
let dataFolder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "parlance-sqlite-"));
  dataFolder = join(root, "not", "there yet");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describeQueue("the queue on SQLite", async () => ({ open: () => openStore({ dataFolder }) }));

describeWithdrawals("questions taken back on SQLite", async () => ({
  open: () => openStore({ dataFolder }),
}));
describeAlbums("albums on SQLite", async () => ({ open: () => openStore({ dataFolder }) }));
describeStore("the store on SQLite", async () => ({ open: () => openStore({ dataFolder }) }));
describeDatabase("SQL on SQLite", () => openSqlite(dataFolder));

describe("SQLite", () => {
  it("makes folder and files for this user's eyes only, and leaves one file behind", async () => {
    const store = await openStore({ dataFolder });
    await store.turns.append(conversation, storedTurn(1));
    const mode = (path: string) => statSync(path).mode & 0o777;
    expect(mode(dataFolder)).toBe(0o700);
    const files = readdirSync(dataFolder).toSorted();
    expect(files).toEqual(["parlance.db", "parlance.db-wal", "parlance.pid"]);
    for (const file of files) expect(mode(join(dataFolder, file))).toBe(0o600);
    await store.close();
    expect(readdirSync(dataFolder)).toEqual(["parlance.db"]);
  });

  it("keeps a log that is flushed before anything leaves it, alone on its file", async () => {
    const database = await openSqlite(dataFolder);
    const setting = async (name: string) =>
      Object.values((await database.query(`PRAGMA ${name}`))[0] ?? {})[0];
    expect(await setting("journal_mode")).toBe("wal");
    expect(await setting("synchronous")).toBe(1);
    expect(await setting("foreign_keys")).toBe(1);
    expect(await setting("locking_mode")).toBe("exclusive");
    await database.close();
  });

  it("settles a write only after a flush that began when it was committed, one for all that came meanwhile", async () => {
    const flushes: PromiseWithResolvers<void>[] = [];
    const flush = (): Promise<void> =>
      flushes[flushes.push(Promise.withResolvers()) - 1]?.promise ?? Promise.reject();
    const database = await openSqlite(dataFolder, { flush });
    const settled: string[] = [];
    const write = (name: string, run: () => Promise<unknown>) => run().then(() => settled.push(name));
    void write("table", () => database.query("CREATE TABLE item (name TEXT)"));
    // A question waits for no disk, and sees what was committed.
    const count = async () => (await database.query("SELECT COUNT(*) AS count FROM item"))[0]?.["count"];
    expect(await count()).toBe(0);
    await until("its flush has begun", () => flushes.length > 0);
    const insert = (name: string) => database.query("INSERT INTO item VALUES (?)", [name]);
    void write("a", () => insert("a"));
    void write("b", () => database.transaction((within) => within.query("INSERT INTO item VALUES ('b')")));
    await database.soon.query("INSERT INTO item VALUES ('c')");
    expect(await count()).toBe(3);
    expect(settled).toEqual([]);
    flushes[0]?.resolve();
    await until("the first is settled", () => settled.length > 0 && flushes.length > 1);
    expect(settled).toEqual(["table"]);
    flushes[1]?.resolve();
    await until("the others are", () => settled.length > 1);
    expect(settled).toEqual(["table", "a", "b"]);
    expect(flushes).toHaveLength(2);
    const closed = database.close();
    await until("a last flush is asked for", () => flushes.length > 2);
    flushes[2]?.resolve();
    await closed;
  });

  it("stores nothing more for sure after a flush that failed", async () => {
    const failures = [new Error("no space left")];
    const flush = async (): Promise<void> => {
      const failure = failures.pop();
      if (failure) throw failure;
    };
    const database = await openSqlite(dataFolder, { flush });
    const failed = { name: "DatabaseAway", isUndone: false, cause: { message: "no space left" } };
    await expect(database.query("CREATE TABLE item (name TEXT)")).rejects.toMatchObject(failed);
    await expect(database.query("INSERT INTO item VALUES ('a')")).rejects.toMatchObject(failed);
    expect(await database.query("SELECT * FROM item")).toHaveLength(1);
    expect(await database.lost).toMatchObject({ message: "no space left" });
    await database.close();
  });

  it("takes what it had no room for once there is room", async () => {
    const database = await openSqlite(dataFolder);
    await database.query("CREATE TABLE item (name TEXT)");
    const [size] = await database.query<{ page_count: number }>("PRAGMA page_count");
    await database.query(`PRAGMA max_page_count = ${size?.page_count}`);
    const insert = () =>
      database.transaction((within) => within.query("INSERT INTO item VALUES (?)", ["a".repeat(9_000)]));
    await expect(insert()).rejects.toMatchObject({ name: "DatabaseAway", isUndone: true });
    expect(await database.query("SELECT * FROM item")).toHaveLength(0);
    await database.query("PRAGMA max_page_count = 1000");
    await insert();
    expect(await database.query("SELECT * FROM item")).toHaveLength(1);
    await database.close();
  });

  it.skipIf(!existsSync("/dev/full"))(
    "opens on a full disk, where its note of the process has no room",
    async () => {
      await (await openStore({ dataFolder })).close();
      symlinkSync("/dev/full", join(dataFolder, "parlance.pid"));
      const store = await openStore({ dataFolder });
      expect(await store.turns.list(conversation)).toEqual([]);
      await store.close();
      expect(readdirSync(dataFolder)).toEqual(["parlance.db"]);
    },
  );

  it("lets go of its file where it can't be opened whole", async () => {
    const note = join(dataFolder, "parlance.pid");
    mkdirSync(note, { recursive: true });
    await expect(openStore({ dataFolder })).rejects.toThrow(/^Can't write to the data folder /u);
    rmdirSync(note);
    await (await openStore({ dataFolder })).close();
  });

  it("refuses a query that would wait for the transaction it is in", async () => {
    const database = await openSqlite(dataFolder);
    const attempt = database.transaction(async () => {
      await database.query("SELECT 1");
    });
    await expect(attempt).rejects.toThrow("Inside a transaction");
    expect(await database.query("SELECT 1 AS one")).toHaveLength(1);
    await database.close();
  });

  it("refuses a transaction's queries after its end", async () => {
    const database = await openSqlite(dataFolder);
    const late = await database.transaction(async (transaction) => () => transaction.query("SELECT 1"));
    await expect(late()).rejects.toThrow("over");
    await database.close();
  });

  it("leaves no deleted byte between the rows that stay, once its file was written anew", async () => {
    const rewriting = { afterMs: 1, quietMs: 1, longestMs: 1_000 };
    const database = await openSqlite(dataFolder, { rewriting });
    await database.query("CREATE TABLE item (id TEXT PRIMARY KEY, person TEXT, text TEXT) STRICT");
    await database.query("CREATE INDEX item_by_person ON item (person, id)");
    // Rows of every length split and merge pages; from this start, some keep old bytes.
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    await database.transaction(async (transaction) => {
      for (let n = 0; n < 3_000; n++) {
        const person = random(4) === 0 ? "kim9q7x" : `p${random(20)}`;
        const text = `${person} `.repeat(1 + random(200));
        await transaction.query("INSERT INTO item VALUES (?, ?, ?) ON CONFLICT DO NOTHING", [
          `e${random(1e6)}`,
          person,
          text,
        ]);
        await transaction.query("UPDATE item SET text = '' WHERE id < ?", [`e${random(10)}`]);
      }
      await transaction.query("DELETE FROM item WHERE person = 'kim9q7x'");
    });
    await database.query("PRAGMA wal_checkpoint(TRUNCATE)");
    const holds = (): boolean =>
      ["parlance.db", "parlance.db-wal"].some((name) =>
        readFileSync(join(dataFolder, name)).includes("kim9q7x"),
      );
    expect(holds()).toBe(true);
    await database.scrub?.("log");
    expect(holds()).toBe(true);
    await database.scrub?.("file");
    await until("nothing deleted is left", () => !holds());
    await database.close();
  });

  it("is written anew once for all who ask within some minutes, at a quiet moment, and at its end", async () => {
    const file = async (afterMs: number, quietMs: number) => {
      const database = await openSqlite(dataFolder, { rewriting: { afterMs, quietMs, longestMs: 60_000 } });
      // It counts how often the file was written anew, beside what changes its tables.
      const count = async () => (await database.query("PRAGMA schema_version"))[0]?.["schema_version"];
      return { ...database, count };
    };
    const often = await file(60_000, 60_000);
    await often.query("CREATE TABLE item (id TEXT PRIMARY KEY) STRICT");
    const before = Number(await often.count());
    for (let n = 0; n < 20; n++) await often.scrub?.(n % 2 === 0 ? "file" : "log");
    expect(await often.count()).toBe(before);
    await often.close();

    const busy = await file(1, 50);
    expect(await busy.count()).toBe(before + 1);
    await busy.scrub?.("file");
    const isOver = sleep(300, true);
    while (!(await Promise.race([isOver, sleep(5, false)])))
      await busy.query("INSERT INTO item VALUES ('a') ON CONFLICT DO NOTHING");
    expect(await busy.count()).toBe(before + 1);
    while ((await busy.count()) === before + 1) await sleep(5);
    expect(await busy.count()).toBe(before + 2);
    await busy.close();
  });

  it("stores a picture once in its conversation, and deletes it with its last turn", async () => {
    const messages = [pictureMessage(pictureBytes(1_000))];
    const store = await openStore({ dataFolder });
    await store.turns.append(conversation, storedTurn(1, { messages }));
    await store.turns.append(conversation, storedTurn(2, { messages }));
    await store.close();
    expect(await countBlobs()).toBe(1);
    for (const [n, left] of [
      [2, 1],
      [1, 0],
    ] as const) {
      const again = await openStore({ dataFolder });
      await again.turns.remove(conversation, turnId(n));
      await again.close();
      expect(await countBlobs()).toBe(left);
    }
  });

  async function countBlobs(): Promise<unknown> {
    const database = await openSqlite(dataFolder);
    const [row] = await database.query("SELECT COUNT(*) AS count FROM blob");
    await database.close();
    return row?.["count"];
  }
});

describe("a data folder that can't be used is said plainly:", () => {
  async function refusal(folder: string): Promise<string> {
    const error: unknown = await openStore({ dataFolder: folder }).then(
      (store) => store.close(),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UserError);
    return error instanceof Error ? error.message : "";
  }

  it("not a folder", async () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    expect(await refusal(join(file, "data"))).toMatch(
      /^Can't write to the data folder .*: not a directory\./u,
    );
  });

  it.skipIf(process.getuid?.() === 0)("not writable", async () => {
    chmodSync(root, 0o500);
    expect(await refusal(dataFolder)).toMatch(/^Can't write to the data folder .*: permission denied\./u);
    chmodSync(root, 0o700);
  });

  it("a file that is no database", async () => {
    writeFileSync(join(root, "parlance.db"), "x".repeat(5_000));
    expect(await refusal(root)).toMatch(
      /parlance\.db is damaged or is not a Parlance database\. Put a backup/u,
    );
  });

  it("a database whose inside is damaged", async () => {
    await (await openStore({ dataFolder: root })).close();
    writeFileSync(join(root, "parlance.db"), Buffer.alloc(4_096, 0xee), { flag: "r+" });
    expect(await refusal(root)).toContain("is damaged");
  });

  it("written by a newer version", async () => {
    await (await openStore({ dataFolder })).close();
    const database = await openSqlite(dataFolder);
    await database.query("INSERT INTO parlance_schema (version, applied_at) VALUES (999, 0)");
    await database.close();
    expect(await refusal(dataFolder)).toMatch(
      /written by a newer Parlance \(its schema is version 999, this one knows \d+\)\. Update Parlance/u,
    );
    // And it is let go of again.
    await (await openSqlite(dataFolder)).close();
  });
});
