import { DatabaseAway } from "../errors.ts";

// https://www.sqlite.org/rescode.html
const SQLITE_BUSY = 5;
const SQLITE_READONLY = 8;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

/** Whether another process has the file. */
export const isBusy = (error: unknown): boolean => codeOf(error) === SQLITE_BUSY;

/** Whether it is no database, or one that is broken. */
export const isDamaged = (error: unknown): boolean => isOneOf(error, [SQLITE_CORRUPT, SQLITE_NOTADB]);

/** Whether the disk is full. */
export const hasNoRoom = (error: unknown): boolean => codeOf(error) === SQLITE_FULL;

/** A failure as DatabaseAway where nothing is wrong with what was asked: SQLite has taken back what it had begun. */
export const orAway = (error: unknown): unknown =>
  isOneOf(error, [SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY])
    ? new DatabaseAway("the disk takes nothing now", { cause: error, isUndone: true })
    : error;

const isOneOf = (error: unknown, codes: readonly number[]): boolean => codes.includes(codeOf(error) ?? 0);

/** The primary result code; the details that SQLite keeps in the higher bits are cut off. */
function codeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number")
    return undefined;
  return error.errcode & 0xff;
}
