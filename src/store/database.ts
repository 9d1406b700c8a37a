/**
 * The contract of the small SQL layer that SQLite and Postgres both speak: types only.
 * A table's code is written once, in the SQL that both understand: `?` for parameters, ON CONFLICT, RETURNING.
 */
import type { Scrubbed } from "../privacy/people.ts";

/** What a column holds. Times are whole milliseconds since 1970, yes and no are 1 and 0, JSON is text. */
export type SqlValue = string | number | Uint8Array | null;

export type Row = Readonly<Record<string, SqlValue>>;

export interface Queries {
  /**
   * Runs one statement; rows come from SELECT and RETURNING. Each `?` takes the next parameter; a literal
   * question mark belongs in a parameter. Inside a transaction, those that are asked at once run in that order.
   */
  query<Result extends Row = Row>(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Result[]>;
}

/** A statement with what its placeholders stand for. */
export type Statement = readonly [sql: string, parameters?: readonly SqlValue[] | undefined];

export interface Transaction extends Queries {
  /** Waits until no other transaction, of any process, holds `name`; held until this one ends. */
  lock(name: string): Promise<void>;
  /**
   * Runs a statement at the end, on its way together with the commit. Its rows are there once the transaction has ended:
   * inside it, they are not to be waited for.
   */
  last<Result extends Row = Row>(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Result[]>;
}

/** How the two dialects spell what a CREATE TABLE needs. */
export interface Dialect {
  /** For people. */
  readonly name: "SQLite" | "Postgres";
  /** Text that compares and sorts by its bytes. */
  readonly text: string;
  /** Whole numbers, safe up to 2^53. */
  readonly integer: string;
  readonly real: string;
  readonly bytes: string;
  /** Stands after a CREATE TABLE's closing bracket; makes SQLite refuse a value of the wrong type, as Postgres does. */
  readonly strict: string;
}

/** What a database and its quicker half have in common. */
export interface Work extends Queries {
  /**
   * Commits when `run` settles, rolls back when it rejects. On SQLite everything else waits meanwhile, so `run`
   * does nothing slow; on Postgres others may commit between its statements, unless a `lock` keeps them out.
   */
  transaction<Result>(run: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * All of them, in this order, or none: a transaction that is one round trip on Postgres. The rows of each. `lock`: as
   * `Transaction.lock`, before the first of them, which sees what was committed until then.
   */
  batch(
    statements: readonly Statement[],
    options?: { readonly lock?: string },
  ): Promise<readonly (readonly Row[])[]>;
}

/** What it has settled outlives a power cut. */
export interface Database extends Work {
  /**
   * The same for what need not be waited for: it outlives the process when it settles, and a power cut very soon after. Nothing
   * that is written later outlives a power cut without it.
   */
  readonly soon: Work;
  /** The same, not in line behind any other work: for what comes in. */
  readonly intake: Work;
  /** What `soon` settled before the call outlives a power cut when this settles. */
  secure(): Promise<void>;
  /** Settles, with the reason, when nothing can be stored any more until it is opened anew. Left out where a server sees to that. */
  readonly lost?: Promise<unknown>;
  readonly dialect: Dialect;
  /** Where it is, for people: a file's path or `host:port/name`, never a password. */
  readonly location: string;
  /** Reads everything as it stood at one moment, while others go on writing; `run` writes nothing. */
  snapshot<Result>(run: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** How many running bots have it open. */
  bots(): Promise<number>;
  /**
   * Sees to it that nothing deleted is left in the log; with "file", nor between the rows of the file, unless it is so
   * large that others would wait for long: that is done later, once for all. Left out where a server sees to its own files.
   */
  scrub?(what: Scrubbed): Promise<void>;
  /** Lets what was asked before finish; every call after it rejects. Closing twice is fine. */
  close(): Promise<void>;
}
