import { AsyncLocalStorage } from "node:async_hooks";
import { statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Database, Dialect, Row, SqlValue, Statement, Transaction, Work } from "./database.ts";
import { createEnding } from "./ending.ts";
import { createFlushes, type Flush } from "./flush.ts";
import { createLine } from "./line.ts";
import { openDatabaseFile } from "./sqlite-file.ts";
import { createRewriting, type RewritingTimes } from "./rewriting.ts";
import { isReading, storable } from "./sql.ts";
import { orAway } from "./sqlite-trouble.ts";

/** In bytes. To write more anew would keep everyone waiting for longer than ten seconds. */
const mostRewritten = 256_000_000;

/** Into the file, where what is deleted is overwritten; the log holds it as it was. */
const emptyLog = "PRAGMA wal_checkpoint(TRUNCATE)";

const dialect: Dialect = {
  name: "SQLite",
  text: "TEXT",
  integer: "INTEGER",
  real: "REAL",
  bytes: "BLOB",
  strict: " STRICT",
};

interface SqliteOptions {
  /** In place of the file's own. */
  readonly flush?: Flush;
  readonly rewriting?: RewritingTimes;
}

/** Opens the SQLite database of a data folder for this process alone. Throws UserError when it can't. */
export async function openSqlite(dataFolder: string, options: SqliteOptions = {}): Promise<Database> {
  const file = await openDatabaseFile(dataFolder);
  // The disk works while the next commits are made, and then for all of them at once.
  const flushes = createFlushes(options.flush ?? file.flush);
  const all = statements(file.connection);
  // One connection, which a transaction owns.
  const inLine = createLine();
  /** Set in the code that a transaction runs, so that it can't wait for itself. */
  const inside = new AsyncLocalStorage<{ open: boolean }>();
  const enqueue = <Result>(job: () => Result | Promise<Result>): Promise<Result> => {
    if (inside.getStore()?.open) {
      return Promise.reject(
        new Error("Inside a transaction, query through it: the database waits for its end."),
      );
    }
    return inLine(job);
  };

  const rewriting = createRewriting(() => inLine(() => rewrite(file)), options.rewriting);

  const transact = <Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result> => {
    const scope = { open: true };
    return inTransaction(file.connection, { all, scope }, (transaction) =>
      inside.run(scope, () => run(transaction)),
    );
  };

  /** `flush`: what is waited for after a commit. */
  const work = (flush: () => Promise<void> | void): Work => {
    const write = async <Result>(job: () => Result | Promise<Result>): Promise<Result> => {
      const result = await enqueue(job);
      rewriting.worked();
      await flush();
      return result;
    };
    return {
      query<Result extends Row>(sql: string, parameters?: readonly SqlValue[]) {
        const run = () => all(sql, parameters) as readonly Result[];
        return isReading(sql) ? enqueue(run) : write(run);
      },
      transaction: (run) => write(() => transact(run)),
      batch: (statements) => write(() => inOneGo(file.connection, all, statements)),
    };
  };

  const soon = work(flushes.soon);
  return {
    ...work(flushes.now),
    soon,
    // One connection does all, and each piece of it is short.
    intake: soon,
    dialect,
    location: file.path,
    snapshot: (run) => enqueue(() => transact(run)),
    // It is open for this process alone.
    bots: async () => 0,
    secure: flushes.now,
    lost: flushes.lost,
    async scrub(what) {
      if (what === "file") rewriting.ask();
      await enqueue(() => file.connection.exec(emptyLog));
    },
    async close() {
      await rewriting.end();
      await enqueue(() => release(file, flushes));
    },
  };
}

/** A flush that failed has been told to who waited for it; closing writes everything once more. */
async function release(
  file: { release(): Promise<void> | void },
  flushes: { now(): Promise<void> },
): Promise<void> {
  await flushes.now().catch(() => undefined);
  await file.release();
}

/** What is deleted is overwritten, but a page that was split or merged may keep old bytes between its rows. */
function rewrite({ path, connection }: { readonly path: string; readonly connection: DatabaseSync }): void {
  if (statSync(path).size <= mostRewritten) connection.exec("VACUUM");
  connection.exec(emptyLog);
}

/** Commits when `run` settles, rolls back when it rejects; `scope` is open until then. */
async function inTransaction<Result>(
  connection: DatabaseSync,
  { all, scope }: { all: ReturnType<typeof statements>; scope: { open: boolean } },
  run: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const query = async <Result extends Row>(sql: string, parameters?: readonly SqlValue[]) => {
    if (!scope.open) throw new Error("This transaction is over.");
    return all(sql, parameters) as readonly Result[];
  };
  const ending = createEnding(query);
  const transaction: Transaction = {
    query,
    last: ending.last,
    // Transactions run one after the other, in one process: nobody is there to keep out.
    async lock() {},
  };
  all("BEGIN IMMEDIATE");
  try {
    const result = await run(transaction);
    await Promise.all(ending.send());
    all("COMMIT");
    return result;
  } catch (error) {
    // After a full disk, for one, SQLite has rolled back already.
    if (connection.isTransaction) connection.exec("ROLLBACK");
    throw error;
  } finally {
    scope.open = false;
  }
}

function inOneGo(
  connection: DatabaseSync,
  all: ReturnType<typeof statements>,
  batch: readonly Statement[],
): readonly (readonly Row[])[] {
  all("BEGIN IMMEDIATE");
  try {
    const rows = batch.map((statement) => all(...statement));
    all("COMMIT");
    return rows;
  } catch (error) {
    if (connection.isTransaction) connection.exec("ROLLBACK");
    throw error;
  }
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
    try {
      return statement.all(...parameters.map(storable)) as Row[];
    } catch (error) {
      throw orAway(error);
    }
  };
}
