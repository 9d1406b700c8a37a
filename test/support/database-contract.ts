import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Database, Transaction } from "../../src/store/database.ts";

/** What every table's code may count on, whichever database is behind it. */
export function describeDatabase(name: string, open: () => Promise<Database>): void {
  describe(name, () => databaseTests(open));
}

function databaseTests(open: () => Promise<Database>): void {
  let database: Database;

  beforeEach(async () => {
    database = await open();
    const { text, integer, real, bytes, strict } = database.dialect;
    await database.query(
      `CREATE TABLE item (name ${text} PRIMARY KEY, size ${integer}, weight ${real}, data ${bytes})${strict}`,
    );
  });
  afterEach(() => database.close());

  const add = (on: Pick<Database, "query">, name: string, size = 0) =>
    on.query("INSERT INTO item (name, size) VALUES (?, ?)", [name, size]);
  const names = async () =>
    (await database.query("SELECT name FROM item ORDER BY name")).map((row) => row["name"]);

  describe("queries", () => {
    it("gives back text, numbers, bytes and null as they were", async () => {
      const values = ["한 ? 'x'", Date.UTC(2026, 0, 1), 0.1 + 0.2, Uint8Array.of(0, 255, 63)] as const;
      await database.query("INSERT INTO item (name, size, weight, data) VALUES (?, ?, ?, ?)", values);
      await add(database, "b");
      const rows = await database.query("SELECT name, size, weight, data FROM item ORDER BY size DESC");
      expect(rows.map((row) => Object.values(row))).toStrictEqual([[...values], ["b", 0, null, null]]);
    });

    it("writes U+FFFD where a text has NUL or half a character, which not every database can hold", async () => {
      await add(database, "a\0b\ud800c");
      expect(await names()).toEqual(["a\uFFFDb\uFFFDc"]);
      const found = await database.query("SELECT name FROM item WHERE name = ?", ["a\0b\ud800c"]);
      expect(found).toHaveLength(1);
    });

    it("answers counts and sums as numbers", async () => {
      await add(database, "a", 2);
      await add(database, "b", 3);
      const [row] = await database.query("SELECT COUNT(*) AS count, SUM(size) AS sum FROM item");
      expect({ ...row }).toEqual({ count: 2, sum: 5 });
    });

    it("leaves a question mark within quotes alone", async () => {
      const [row] = await database.query("SELECT 'why?' AS question, CAST(? AS TEXT) AS answer", ["so"]);
      expect({ ...row }).toEqual({ question: "why?", answer: "so" });
    });

    it("sorts text by its bytes", async () => {
      for (const name of ["b", "a-c", "B", "ab", "é", "a_b"]) await add(database, name);
      expect(await names()).toEqual(["B", "a-c", "a_b", "ab", "b", "é"]);
    });

    it("updates on conflict and returns what it wrote", async () => {
      const sql = `INSERT INTO item (name, size) VALUES (?, ?)
        ON CONFLICT (name) DO UPDATE SET size = item.size + excluded.size RETURNING size`;
      await database.query(sql, ["a", 2]);
      const [row] = await database.query(sql, ["a", 3]);
      expect(row?.["size"]).toBe(5);
    });

    it("refuses a value that is not of its column's type", async () => {
      await expect(
        database.query("INSERT INTO item (name, size) VALUES (?, ?)", ["a", "many"]),
      ).rejects.toThrow();
      expect(await names()).toEqual([]);
    });

    it("rejects a broken statement and serves the next", async () => {
      await expect(database.query("SELEKT")).rejects.toThrow();
      expect(await names()).toEqual([]);
    });
  });

  describe("transactions", () => {
    it("keeps all of it, and answers what the function answers", async () => {
      const answer = await database.transaction(async (transaction) => {
        await add(transaction, "a");
        await add(transaction, "b");
        return "both";
      });
      expect(answer).toBe("both");
      expect(await names()).toEqual(["a", "b"]);
    });

    it("keeps nothing when the function throws, and throws the same", async () => {
      const error = new Error("no");
      const attempt = database.transaction(async (transaction) => {
        await add(transaction, "a");
        throw error;
      });
      await expect(attempt).rejects.toBe(error);
      expect(await names()).toEqual([]);
    });

    it("keeps nothing when one of its statements fails", async () => {
      const attempt = database.transaction(async (transaction) => {
        await add(transaction, "a");
        await add(transaction, "a");
      });
      await expect(attempt).rejects.toThrow();
      expect(await names()).toEqual([]);
    });

    it("runs its last statements with the commit: their rows are there then, and where one fails nothing is kept", async () => {
      const insert = "INSERT INTO item (name, size) VALUES (?, ?) RETURNING name";
      const { last } = await database.transaction(async (transaction) => {
        const last = transaction.last(insert, ["last", 0]);
        await add(transaction, "first");
        return { last };
      });
      expect((await last).map(({ name }) => name)).toEqual(["last"]);
      const failing = database.transaction(async (transaction) => {
        await add(transaction, "before");
        void transaction.last(insert, ["other", 0]);
        void transaction.last(insert, ["first", 0]);
        void transaction.last(insert, ["another", 0]);
      });
      await expect(failing).rejects.toThrow();
      await add(database, "next");
      expect(await names()).toEqual(["first", "last", "next"]);
    });

    it("runs a batch whole or not at all, each statement on what those before it left, and gives the rows of each", async () => {
      const insert = "INSERT INTO item (name, size) VALUES (?, ?) RETURNING name";
      const renamed = "UPDATE item SET name = 'b' WHERE name = ? RETURNING name";
      const rows = await database.batch([
        [insert, ["a", 0]],
        [renamed, ["a"]],
        [renamed, ["a"]],
      ]);
      expect(rows.map((each) => each.map(({ name }) => name))).toEqual([["a"], ["b"], []]);
      for (const work of [database, database.soon, database.intake])
        await expect(
          work.batch(
            [
              [insert, ["c", 0]],
              [insert, ["b", 0]],
              [renamed, ["c"]],
            ],
            { lock: "item" },
          ),
        ).rejects.toThrow(/unique/iu);
      await add(database, "next");
      expect(await names()).toEqual(["b", "next"]);
    });

    it("never shows others what is not committed, nor takes theirs with it when it rolls back", async () => {
      const started = Promise.withResolvers<undefined>();
      const seen = Promise.withResolvers<undefined>();
      const attempt = database.transaction(async (transaction) => {
        await add(transaction, "a");
        started.resolve(undefined);
        await seen.promise;
        throw new Error("undone");
      });
      await started.promise;
      const others = [names(), add(database, "b")];
      seen.resolve(undefined);
      await expect(attempt).rejects.toThrow("undone");
      const [during] = await Promise.all(others);
      expect(during).not.toContain("a");
      expect(await names()).toEqual(["b"]);
    });

    it("counts right when many read and write under one lock", async () => {
      await add(database, "counter", 0);
      const increment = async (transaction: Transaction) => {
        await transaction.lock("counter");
        const [row] = await transaction.query<{ size: number }>(
          "SELECT size FROM item WHERE name = 'counter'",
        );
        await transaction.query("UPDATE item SET size = ? WHERE name = 'counter'", [(row?.size ?? 0) + 1]);
      };
      await Promise.all(Array.from({ length: 25 }, () => database.transaction(increment)));
      const [row] = await database.query("SELECT size FROM item");
      expect(row?.["size"]).toBe(25);
    });
  });

  it("finishes what was asked before it closes, rejects what comes after, and may be closed twice", async () => {
    const asked = database.transaction((transaction) => add(transaction, "a"));
    await Promise.all([asked, database.close()]);
    await expect(names()).rejects.toThrow();
    await expect(database.transaction((transaction) => add(transaction, "b"))).rejects.toThrow();
    await database.close();
  });
}
