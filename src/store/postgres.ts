import { DatabaseAway, UserError } from "../errors.ts";
import type { Database, Dialect, Row, SqlValue, Statement, Transaction, Work } from "./database.ts";
import { createEnding } from "./ending.ts";
import { shareFlushes } from "./flush.ts";
import { type Connection, createPool, locate, lockKey, queryOn, runningKey } from "./postgres-pool.ts";
import { explain } from "./postgres-trouble.ts";
import { isReading } from "./sql.ts";

type Pool = ReturnType<typeof createPool>;

const dialect: Dialect = {
  name: "Postgres",
  text: 'TEXT COLLATE "C"',
  integer: "BIGINT",
  real: "DOUBLE PRECISION",
  bytes: "BYTEA",
  strict: "",
};

/** Connects to Postgres. Throws UserError, without the password, when the address is wrong or nobody answers. */
export async function openPostgres(url: string): Promise<Database> {
  const location = locate(url);
  const breaks = { count: 0 };
  const pool = createPool(url, { most: mostConnections, breaks });
  const intakePool = createPool(url, { most: mostForIntake, breaks });
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw explain(error, location);
  }

  const gated = gate([pool, intakePool]);
  const durable = createWork(pool, gated, { isSoon: false });
  const soon = (on: Pool): Work => createWork(on, gated, { isSoon: true });
  const flush = shareFlushes(() => gated.run(() => queryOn(intakePool)(writeAndFlush)));
  return {
    ...durable,
    soon: soon(pool),
    intake: soon(intakePool),
    async secure() {
      const before = breaks.count;
      await flush();
      if (breaks.count !== before)
        throw new Error("The server may have gone down with what it had not written to the disk yet.");
    },
    dialect,
    location,
    snapshot: (run) =>
      gated.run(() => inTransaction(pool, beginSnapshot, (client) => run({ query: queryOn(client) }))),
    async bots() {
      const [row] = await durable.query<{ count: number }>(countRunning);
      return row?.count ?? 0;
    },
    close: () => gated.close(),
  };
}

/** Its commit does not wait for the disk, which the server sees to within a second. */
const beginSoon = "BEGIN; SET LOCAL synchronous_commit TO off";

/** It locks nothing, and whoever reads it may take their time. */
const beginSnapshot =
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0";

/** A commit that waits for the disk takes all before it there; this one writes a line of the log that nobody reads. */
const writeAndFlush = "SELECT pg_logical_emit_message(true, 'parlance', '')";

const lockName = `SELECT pg_advisory_xact_lock(${lockKey("?")})`;

/** How many processes share a lock that is a number of 64 bits, which this view shows in halves. */
const countRunning = `SELECT COUNT(*) AS count FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 1 AND mode = 'ShareLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32) | objid::bigint = ${runningKey}`;

const mostConnections = 8;
/** What comes in does not stand in line behind the work on what came before: only once it is stored is anybody told so. */
const mostForIntake = 2;

type Gate = ReturnType<typeof gate>;

/** Ends the pools after the work that runs on them: by themselves they forget who still waits for a connection. */
function gate(pools: readonly Pool[]) {
  const running = new Set<Promise<unknown>>();
  let closing: Promise<void> | undefined;
  return {
    async run<Result>(job: () => Promise<Result>): Promise<Result> {
      if (closing) throw new Error("The database is closed.");
      const result = job();
      running.add(result);
      try {
        return await result;
      } catch (error) {
        throw orAway(error);
      } finally {
        running.delete(result);
      }
    },
    close: () =>
      (closing ??= Promise.allSettled(running).then(async () => {
        await Promise.all(pools.map((pool) => pool.end()));
      })),
  };
}

/** A failure as DatabaseAway where nothing is wrong with what was asked. */
export function orAway(error: unknown): unknown {
  if (isAway(error)) return new DatabaseAway("the database is away", { cause: error });
  if (!isUnable(error)) return error;
  return new DatabaseAway("the database takes nothing now", { cause: error, isUndone: true });
}

/** A server without room on its disk or in its memory, with a disk that fails, that may only be read, or was too busy with others. */
const isUnable = (error: unknown): boolean =>
  error instanceof Error &&
  "code" in error &&
  /^(?:53[124]00|58030|25006|57014|40001|40P01|55P03)$/u.test(String(error.code));

/** Connections that can't be made or broke, and what a server says that shuts down, starts up or is full; no word on what was asked. */
const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof UserError) &&
  ("code" in error
    ? /^(?:E[A-Z]+|08\w{3}|25P03|57P0\d|53300)$/u.test(String(error.code))
    : /timeout|Connection terminated|not queryable/u.test(error.message));

/** `isSoon`: its commits need not be waited for. */
function createWork(pool: Pool, gated: Gate, { isSoon }: { readonly isSoon: boolean }): Work {
  const atOnce: Work["batch"] = (statements, options) =>
    inOneGo(pool, statements, { ...options, flushes: !isSoon });
  const query = async <Result extends Row>(sql: string, parameters?: readonly SqlValue[]) => {
    if (!isSoon || isReading(sql)) return queryOn(pool)<Result>(sql, parameters);
    return ((await atOnce([[sql, parameters]]))[0] ?? []) as readonly Result[];
  };
  return {
    query: (sql, parameters) => gated.run(() => query(sql, parameters)),
    batch: (statements, options) => gated.run(() => atOnce(statements, options)),
    transaction: (change) =>
      gated.run(() =>
        inTransaction(pool, isSoon ? beginSoon : "BEGIN", (client, last) => {
          const query = queryOn(client);
          const lock = async (name: string) => {
            await query(lockName, [name]);
          };
          return change({ query, lock, last });
        }),
      ),
  };
}

async function inTransaction<Result>(
  pool: Pool,
  begin: string,
  run: (client: Connection, last: Transaction["last"]) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  const ending = createEnding(queryOn(client));
  let broken = false;
  try {
    // The first statement goes out with it.
    const begun = client.query(begin);
    begun.catch(() => undefined);
    const result = await run(client, ending.last);
    await begun;
    // Where one of them fails, the commit takes all back.
    await Promise.all([...ending.send(), client.query("COMMIT")]);
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * A whole transaction in one round trip. `flushes`: what waits for the disk goes behind the commit, so that nobody else waits
 * for the rows meanwhile.
 */
async function inOneGo(
  pool: Pool,
  statements: readonly Statement[],
  { lock, flushes }: { readonly lock?: string; readonly flushes: boolean },
): Promise<readonly (readonly Row[])[]> {
  const client = await pool.connect();
  const query = queryOn(client);
  const { stream } = client.connection;
  // One packet: writing it costs more than what is in it.
  stream.cork();
  const begun: Promise<unknown>[] = [client.query(beginSoon)];
  if (lock !== undefined) begun.push(query(lockName, [lock]));
  const ran = statements.map((statement) => query(...statement));
  // After a failure it takes the transaction back.
  const frame = [...begun, client.query("COMMIT"), ...(flushes ? [query(writeAndFlush)] : [])];
  stream.uncork();
  await Promise.allSettled([...frame, ...ran]);
  const isBroken = (await Promise.allSettled(frame)).some(({ status }) => status === "rejected");
  client.release(isBroken);
  const rows = await Promise.all(ran);
  await Promise.all(frame);
  return rows;
}
