import {
  accessSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { getSystemErrorMessage } from "node:util";
import { UserError } from "../errors.ts";
import { hasNoRoom, isBusy, isDamaged } from "./sqlite-trouble.ts";

/** Long enough for a short run before this one to end; short enough for a person who waits. */
const waitForHolderMs = 2_000;
const retryEveryMs = 25;

/** An open database file that no other process can open until it is released. */
export interface DatabaseFile {
  readonly path: string;
  readonly connection: DatabaseSync;
  /** What was committed before the call outlives a power cut once it settles. */
  readonly flush: () => Promise<void>;
  /** Closes the connection and lets the next process in; a killed process is released by the system. */
  release(): Promise<void>;
}

/** Opens `parlance.db` in the folder, made when missing, for this process alone. Throws UserError when it can't. */
export async function openDatabaseFile(dataFolder: string): Promise<DatabaseFile> {
  const folder = resolve(dataFolder);
  const path = join(folder, "parlance.db");
  const pidPath = join(folder, "parlance.pid");
  let opened: DatabaseSync | undefined;
  let log: FileHandle;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    createPrivateFile(path);
    opened = await connectAlone(path);
    notePid(pidPath);
    // The log is no file that SQLite locks: closing it lets nobody in.
    log = await open(`${path}-wal`, "r+");
  } catch (error) {
    opened?.close();
    throw explain(error, folder, pidPath);
  }
  const connection = opened;
  return {
    path,
    connection,
    flush: () => log.datasync(),
    async release() {
      if (!connection.isOpen) return;
      rmSync(pidPath, { force: true });
      connection.close();
      await log.close();
    },
  };
}

/**
 * Only tells the second process whom to name: the lock on the database file is what counts. So that a full disk can be read
 * and left, and a bot comes back on it, there need be no room for it.
 */
function notePid(path: string): void {
  try {
    writeFileSync(path, `${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

/** SQLite gives its side files the mode of this one. A file that is there is not opened: closing it would drop the lock. */
function createPrivateFile(path: string): void {
  try {
    closeSync(openSync(path, "wx", 0o600));
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    accessSync(path, constants.R_OK | constants.W_OK);
  }
}

async function connectAlone(path: string): Promise<DatabaseSync> {
  const deadline = performance.now() + waitForHolderMs;
  for (;;) {
    try {
      return connectOnce(path);
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
    }
    await sleep(retryEveryMs);
  }
}

function connectOnce(path: string): DatabaseSync {
  const connection = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    // Exclusive before the first read: SQLite then takes the lock with it and keeps it until the end.
    // Secure: what a person deletes is overwritten, not only forgotten.
    // Normal: a commit is in the log, which the caller flushes; SQLite itself does before it takes anything out of it.
    connection.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA secure_delete = ON;
      BEGIN IMMEDIATE;
      COMMIT;
    `);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Turns what the system or SQLite said about opening the file into a sentence with a way out. */
function explain(error: unknown, folder: string, pidPath: string): unknown {
  const wayOut = "or set PARLANCE_DATA to another folder.";
  if (isBusy(error)) {
    const pid = readHolder(pidPath);
    const holder = pid === undefined ? "another Parlance" : `another Parlance (process ${pid})`;
    return new UserError(`The data folder ${folder} is in use by ${holder}. Stop that one, ${wayOut}`, {
      cause: error,
    });
  }
  if (isDamaged(error)) {
    return new UserError(
      `The file ${join(folder, "parlance.db")} is damaged or is not a Parlance database. ` +
        `Put a backup in its place, move it away to start empty, ${wayOut}`,
      { cause: error },
    );
  }
  const reason = reasonOf(error);
  if (reason === undefined) return error;
  if (isFull(error)) {
    return new UserError(`There is no room in the data folder ${folder}: ${reason}. Make room, ${wayOut}`, {
      cause: error,
    });
  }
  return new UserError(
    `Can't write to the data folder ${folder}: ${reason}. Make it a folder this user may write to, ` +
      "or set PARLANCE_DATA to another one: to read a backup that is to stay as it is, to a copy of its whole folder.",
    { cause: error },
  );
}

/** Of the disk, or of what this user may have of it. */
const isFull = (error: unknown): boolean =>
  hasNoRoom(error) || ["ENOSPC", "EDQUOT"].includes(codeOf(error) ?? "");

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ("errstr" in error && typeof error.errstr === "string") return error.errstr;
  return "errno" in error && typeof error.errno === "number" ? getSystemErrorMessage(error.errno) : undefined;
}

/** The process that holds the folder, when its note is there and it still runs. */
function readHolder(pidPath: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidPath, "utf8"), 10);
    if (!(pid > 0)) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch {
    return undefined;
  }
}
