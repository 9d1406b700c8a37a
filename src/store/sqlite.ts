import { AsyncLocalStorage } from "node:async_hooks";
import { statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Database, Dialect, Row, SqlValue, Transaction } from "./database.ts";
import { createLine } from "./line.ts";
import { openDatabaseFile } from "./sqlite-file.ts";

/** In bytes. To write more anew would keep everyone waiting for longer than ten seconds. */
const mostRewritten = 256_000_000;

const dialect: Dialect = {
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  bytes: "BLOB",
  strict: " STRICT",
};

/** Opens the SQLite database of a data folder for this process alone. Throws UserError when it can't. */
export async function openSqlite(dataFolder: string): Promise<Database> {
  const file = await openDatabaseFile(dataFolder);
  const all = statements(file.connection);
  // One connection, which a transaction owns.
  const inLine = createLine();
  /** Set in the code that a transaction runs, so that it can't wait for itself. */
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  let scrubbing: Promise<void> | undefined;

  const enqueue = <Result>(job: () => Result | Promise<Result>): Promise<Result> => {
    if (inside.getStore()?.open) {
      return Promise.reject(
        new Error("Inside a transaction, query through it: the database waits for its end."),
      );
    }
    return inLine(job);
  };

  async function transact<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const scope = { open: true };
    const transaction: Transaction = {
      async query<Result extends Row>(sql: string, parameters?: readonly SqlValue[]) {
        if (!scope.open) throw new Error("This transaction is over.");
        return all(sql, parameters) as readonly Result[];
      },
      // Transactions run one after the other, in one process: nobody is there to keep out.
      async lock() {},
    };
    file.connection.exec("BEGIN IMMEDIATE");
    try {
      const result = await inside.run(scope, () => run(transaction));
      file.connection.exec("COMMIT");
      return result;
    } catch (error) {
      // After a full disk, for one, SQLite has rolled back already.
      if (file.connection.isTransaction) file.connection.exec("ROLLBACK");
      throw error;
    } finally {
      scope.open = false;
    }
  }

  return {
    dialect,
    location: file.path,
    query: <Result extends Row>(sql: string, parameters?: readonly SqlValue[]) =>
      enqueue(() => all(sql, parameters) as readonly Result[]),
    transaction: (run) => enqueue(() => transact(run)),
    // One that has not begun yet serves all who ask for it.
    scrub: () =>
      (scrubbing ??= enqueue(() => {
        scrubbing = undefined;
        // What is deleted is overwritten, but a page that was split or merged may keep old bytes between its rows.
        if (statSync(file.path).size <= mostRewritten) file.connection.exec("VACUUM");
        file.connection.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      })),
    close: () => enqueue(() => file.release()),
  };
}

/** Runs statements on the connection, each prepared once. */
function statements(
  connection: DatabaseSync,
): (sql: string, parameters?: readonly SqlValue[]) => readonly Row[] {
  const prepared = new Map<string, StatementSync>();
  return (sql, parameters = []) => {
    let statement = prepared.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      prepared.set(sql, statement);
    }
    return statement.all(...parameters) as Row[];
  };
}
