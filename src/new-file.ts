import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, link, open, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { getSystemErrorMessage } from "node:util";
import { UserError } from "./errors.ts";

/**
 * Writes a file for this user's eyes only: it is there when it is whole and on the disk, and never before. A file that
 * is there already stays. Throws UserError where it can't be written.
 */
export async function writeNewFile(path: string, fill: (file: Writable) => Promise<void>): Promise<void> {
  const folder = dirname(path);
  const partial = join(folder, `.${basename(path)}.${randomUUID()}.partial`);
  try {
    if (await isThere(path)) throw taken(path);
    await removeLeft(folder);
    await fill(createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }));
    await giveName(partial, path);
    await flushFolder(folder);
  } catch (error) {
    throw explain(error, path);
  } finally {
    await rm(partial, { force: true });
  }
}

/** One that is being written is younger, for it grows, in milliseconds. */
const leftMs = 60 * 60_000;
const partialName = /^\..+\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.partial$/u;

/** Who is killed leaves what it had written, and it is private. */
async function removeLeft(folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  for (const name of names.filter((each) => partialName.test(each))) {
    const path = join(folder, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > leftMs) await rm(path, { force: true }).catch(() => undefined);
  }
}

const taken = (path: string): UserError =>
  new UserError(`${path} is there already, and is not overwritten. Name another file.`);

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** A link, unlike a rename, does not replace a file that came meanwhile; not every file system has links. */
async function giveName(partial: string, path: string): Promise<void> {
  try {
    await link(partial, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw taken(path);
    await rename(partial, path);
  }
}

/** Else the name may be lost in a power cut. Windows opens no folders. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === "win32") return;
  const folder = await open(path);
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** A full disk has no path in its error. What went wrong elsewhere, such as in a database, is left as it is. */
const ofDisk = new Set<unknown>(["ENOSPC", "EDQUOT", "EFBIG", "EIO"]);

function explain(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("errno" in error) || typeof error.errno !== "number") return error;
  if (!("path" in error) && !ofDisk.has(codeOf(error))) return error;
  return new UserError(`Can't write ${path}: ${getSystemErrorMessage(error.errno)}.`, { cause: error });
}
