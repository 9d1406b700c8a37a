import { Client, type CustomTypesConfig, Pool, type PoolClient, types } from "pg";
import { DatabaseAway, UserError } from "../errors.ts";
import type { Database, Dialect, Queries, Row, SqlValue, Work } from "./database.ts";
import { storable } from "./storable.ts";

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
  });

const statementTimeoutMs = 30_000;

/** Connects to Postgres. Throws UserError, without the password, when the address is wrong or nobody answers. */
export async function openPostgres(url: string): Promise<Database> {
  const location = locate(url);
  const pool = createPool(url);
  try {
    await pool.query("SELECT 1");
  } catch (error) {
    await pool.end();
    throw explain(error, location);
  }

  const query = queryOn(pool);
  const work = gate(pool);
  const durable: Work = {
    query: <Result extends Row>(sql: string, parameters?: readonly SqlValue[]) =>
      work.run(() => query<Result>(sql, parameters)),
    transaction: (run) =>
      work.run(() =>
        inTransaction(pool, "BEGIN", (client) => {
          const query = queryOn(client);
          const lock = async (name: string) => {
            await query("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", [name]);
          };
          return run({ query, lock });
        }),
      ),
  };
  return {
    ...durable,
    // The server's disk is waited for within the round trip.
    soon: durable,
    async secure() {},
    dialect,
    location,
    snapshot: (run) =>
      work.run(() =>
        inTransaction(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", (client) =>
          run({ query: queryOn(client) }),
        ),
      ),
    async bots() {
      const [row] = await work.run(() =>
        query<{ count: number }>(
          "SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = ?",
          [claimsName],
        ),
      );
      return row?.count ?? 0;
    },
    close: () => work.close(),
  };
}

function createPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: "parlance",
    connectionTimeoutMillis: 5_000,
    // For a server that vanished; one that is there ends the statement itself, before this.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
    types: { getTypeParser },
    // Not as a start-up parameter: PgBouncer refuses those it does not know.
    // oxlint-disable-next-line typescript/no-misused-promises -- the pool waits for it, its types don't know
    onConnect: async (client) => {
      await client.query(`SET statement_timeout = ${statementTimeoutMs}`);
    },
  });
  // A connection that breaks is thrown away, and whoever used it sees its query reject. Unheard, the event would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
}

/** Ends the pool after the work that runs on it: by itself it forgets who still waits for a connection. */
function gate(pool: Pool) {
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
        throw isAway(error) ? new DatabaseAway("the database is away", { cause: error }) : error;
      } finally {
        running.delete(result);
      }
    },
    close: () => (closing ??= Promise.allSettled(running).then(() => pool.end())),
  };
}

/** Connections that can't be made or broke, and what a server says that shuts down, starts up or is full; no word on what was asked. */
const isAway = (error: unknown): boolean =>
  error instanceof Error &&
  ("code" in error
    ? /^(?:E[A-Z]+|08\w{3}|57P0\d|53300)$/u.test(String(error.code))
    : /timeout|Connection terminated|not queryable/u.test(error.message));

async function inTransaction<Result>(
  pool: Pool,
  begin: string,
  run: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await run(client);
    await client.query("COMMIT");
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

function queryOn(connection: Pool | PoolClient): Queries["query"] {
  return async <Result extends Row>(sql: string, parameters: readonly SqlValue[] = []) => {
    const { rows } = await connection.query<Result>(numberPlaceholders(sql), parameters.map(storable));
    return rows;
  };
}

/** `?` outside of quotes becomes `$1`, `$2`, and so on. */
function numberPlaceholders(sql: string): string {
  let count = 0;
  return sql.replace(/'[^']*'|\?/gu, (found) => (found === "?" ? `$${++count}` : found));
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

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there. Start Postgres",
  ENOTFOUND: "the host is not known. Check the host's name",
  EAI_AGAIN: "the host's name could not be looked up. Check the name and the network",
  ETIMEDOUT: "nobody answered. Check the address and the firewall",
  "28P01": "it refused the password. Check user and password",
  "28000": "it refused this user. Check user, TLS and pg_hba.conf",
  "3D000": "it has no database of that name. Create it",
  "53300": "it has no connection left. Raise max_connections or use a pooler",
  "57P03": "it is starting up or shutting down. Try again in a moment",
};

function explain(error: unknown, location: string): UserError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error && error.message ? error.message : "it failed");
  return new UserError(
    `Can't open the database ${location}: ${reason}; the address is in DATABASE_URL (or database.url in parlance.yaml).`,
    { cause: error },
  );
}
