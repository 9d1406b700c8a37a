import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, extname, resolve } from "node:path";
import type { Attachment } from "./chat.ts";
import { UserError } from "./errors.ts";

const types: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".gif": "image/gif",
  ".txt": "text/plain",
  ".md": "text/markdown",
};

/** A file of this machine, as if a person had sent it; a relative path starts from `folder`. Throws UserError when it can't be read. */
export async function attachFile(written: string, folder = "."): Promise<Attachment> {
  if (written === "") throw new UserError(({ terminal }) => terminal.noPath);
  const path = resolve(folder, written.replace(/^~(?=\/)/u, homedir()));
  const found = await stat(path).catch((cause: unknown) => {
    throw new UserError(({ terminal }) => terminal.notThere(written), { cause });
  });
  if (!found.isFile()) throw new UserError(({ terminal }) => terminal.notFile(written));
  return {
    name: basename(path),
    mimeType: types[extname(path).toLowerCase()] ?? "application/octet-stream",
    size: found.size,
    ref: path,
  };
}

/** The bytes of what `attachFile` made. */
export async function readAttached({ ref }: Attachment, signal: AbortSignal): Promise<Uint8Array> {
  if (typeof ref !== "string") throw new TypeError("not a file of this machine");
  return readFile(ref, { signal });
}
