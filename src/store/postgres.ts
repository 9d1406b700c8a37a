import { Client, type CustomTypesConfig, Pool, type PoolClient, types } from "pg";
import { DatabaseAway, UserError } from "../errors.ts";
import type { Database, Dialect, Queries, Row, SqlValue, Transaction, Work } from "./database.ts";
import { createEnding } from "./ending.ts";
import { shareFlushes } from "./flush.ts";
import { prepared } from "./postgres-statements.ts";
import { explain } from "./postgres-trouble.ts";
import { isReading, storable } from "./sql.ts";

const dialect: Dialect = {
  name: "Postgres",
  text: 'TEXT COLLATE "C"',
  integer: "BIGINT",
  real: "DOUBLE PRECISION",
  bytes: "BYTEA",
  strict: "",
};

/** Every running bot has one connection of this name. */
const claimsName = "parlance claims";

/** A connection of its own, not yet connected: what is locked or listened to on it ends with it. Queries fail after `patienceMs`. */
export const openConnection = (url: string, { patienceMs }: { readonly patienceMs: number }): Client =>
  new Client({
    connectionString: url,
    application_name: claimsName,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: patienceMs,
    pipeline: true,
  });

const statementTimeoutMs = 30_000;
/** A process that is suspended within a transaction keeps what others wait for locked no longer than its claims. */
const idleTimeoutMs = 15_000;

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
  const work = (on: Pool, begin: string, query: Queries["query"]): Work => ({
    query: <Result extends Row>(sql: string, parameters?: readonly SqlValue[]) =>
      gated.run(() => query<Result>(sql, parameters)),
    transaction: (run) =>
      gated.run(() =>
        inTransaction(on, begin, (client, last) => {
          const query = queryOn(client);
          const lock = async (name: string) => {
            await query("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [name]);
          };
          return run({ query, lock, last });
        }),
      ),
  });
  const durable = work(pool, "BEGIN", queryOn(pool));
  const flush = shareFlushes(() => gated.run(() => queryOn(intakePool)(writeAndFlush)));
  return {
    ...durable,
    soon: work(pool, beginSoon, queryInOneGo(pool)),
    intake: work(intakePool, beginSoon, queryInOneGo(intakePool)),
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
      const [row] = await durable.query<{ count: number }>(
        "SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?",
        [claimsName],
      );
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

const mostConnections = 8;
/** What comes in does not stand in line behind the work on what came before: only once it is stored is anybody told so. */
const mostForIntake = 2;

/** `breaks`: counts the connections that broke. */
function createPool(
  url: string,
  { most, breaks }: { readonly most: number; readonly breaks: { count: number } },
): Pool {
  const pool = new Pool({
    connectionString: url,
    max: most,
    // Statements that don't wait for each other share a round trip.
    pipeline: true,
    application_name: "parlance",
    connectionTimeoutMillis: 5_000,
    // For a server that vanished; one that is there ends the statement itself, before this.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
    types: { getTypeParser },
    // Not as a start-up parameter: PgBouncer refuses those it does not know.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, its types don't know
    onConnect: async (client) => {
      await client.query(
        `SET statement_timeout = ${statementTimeoutMs}; SET idle_in_transaction_session_timeout = ${idleTimeoutMs}`,
      );
    },
  });
  // A connection that breaks is thrown away, and whoever used it sees its query reject. Unheard, the event would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => void breaks.count++));
  return pool;
}

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
export const orAway = (error: unknown): unknown =>
  isAway(error) ? new DatabaseAway("the database is away", { cause: error }) : error;

/** Connections that can't be made or broke, and what a server says that shuts down, starts up or is full; no word on what was asked. */
const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  ("code" in error
    ? /^(?:E[A-Z]+|08\w{3}|25P03|57P0\d|53300)$/u.test(String(error.code))
    : /timeout|Connection terminated|not queryable/u.test(error.message));

async function inTransaction<Result>(
  pool: Pool,
  begin: string,
  run: (client: PoolClient, last: Transaction["last"]) => Promise<Result>,
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

/** Statements whose commit need not be waited for. */
function queryInOneGo(pool: Pool): Queries["query"] {
  const query = queryOn(pool);
  return (sql, parameters) => (isReading(sql) ? query(sql, parameters) : inOneGo(pool, sql, parameters));
}

/** One statement that need not be waited for, in one round trip. */
async function inOneGo<Result extends Row>(
  pool: Pool,
  sql: string,
  parameters?: readonly SqlValue[],
): Promise<readonly Result[]> {
  const client = await pool.connect();
  const begun = client.query(beginSoon);
  const ran = queryOn(client)<Result>(sql, parameters);
  // After a failure it takes the transaction back.
  const ended = client.query("COMMIT");
  const [first, , last] = await Promise.allSettled([begun, ran, ended]);
  client.release(first.status === "rejected" || last.status === "rejected");
  return (await Promise.all([ran, ended]))[0];
}

function queryOn(connection: Pool | PoolClient): Queries["query"] {
  return async <Result extends Row>(sql: string, parameters: readonly SqlValue[] = []) => {
    const { rows } = await connection.query<Result>({
      ...prepared(sql),
      values: parameters.map(storable),
    });
    return rows;
  };
}

/** Numbers and bytes as SQLite gives them: counts and sums are numbers, bytes a plain Uint8Array. */
const getTypeParser: CustomTypesConfig["getTypeParser"] = (type, format) => {
  const { INT8, NUMERIC, BYTEA } = types.builtins;
  if (type === INT8 || type === NUMERIC) return Number;
  const parse: (text: string) => unknown = types.getTypeParser(type, format);
  if (type !== BYTEA) return parse;
  return (text: string) => {
    const bytes = parse(text) as Buffer;
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
};

/** `host:port/name` as the driver reads the address; a broken address is never repeated, for it may hold a password. */
function locate(url: string): string {
  try {
    if (!/^postgres(ql)?:\/\//u.test(url)) throw new Error("no Postgres address");
    const { host, port, database } = new Client({ connectionString: url });
    return `${host}:${port}/${database ?? ""}`;
  } catch {
    throw new UserError(
      "The database address is not one of Postgres. Write DATABASE_URL (or database.url in parlance.yaml) " +
        "as postgres://user:password@host:5432/name, with %-codes for special characters in the password.",
    );
  }
}
