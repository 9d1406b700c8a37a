import { Client, type CustomTypesConfig, Pool, type PoolClient, types } from "pg";
import { UserError } from "../errors.ts";
import type { Queries, Row, SqlValue } from "./database.ts";
import { prepared } from "./postgres-statements.ts";
import { storable } from "./sql.ts";

/** One of a pool, taken out of it. */
export type Connection = PoolClient;

/**
 * The key of an advisory lock, in SQL: locks and signals are a whole database's, and each schema of it may be a bot of its own.
 * `name` is SQL too.
 */
export const lockKey = (name: string): string =>
  `hashtextextended(${name}, hashtextextended(current_schema(), 0))`;

/** What every running bot holds a share of, so that they can be counted. */
export const runningKey = lockKey("'running'");

/** A connection of its own, not yet connected: what is locked or listened to on it ends with it. Queries fail after `patienceMs`. */
export const openConnection = (url: string, { patienceMs }: { readonly patienceMs: number }): Client =>
  new Client({
    connectionString: url,
    application_name: "parlance claims",
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    query_timeout: patienceMs,
    pipeline: true,
  });

const statementTimeoutMs = 30_000;
/** A process that is suspended within a transaction keeps what others wait for locked no longer than its claims. */
const idleTimeoutMs = 15_000;

/** `breaks`: counts the connections that broke. */
export function createPool(
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

/** Runs statements on a connection, or on any of a pool. */
export function queryOn(connection: Pool | Connection): Queries["query"] {
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
export function locate(url: string): string {
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
