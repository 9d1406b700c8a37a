import { readFile, stat } from "node:fs/promises";
import { basename, extname } from "node:path";
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

/** A file of this machine, as if a person had sent it. Throws UserError when it can't be read. */
export async function attachFile(path: string): Promise<Attachment> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UserError(`There is no file ${path}.`, { cause });
  });
  if (!found.isFile()) throw new UserError(`${path} is not a file.`);
  return {
    name: basename(path),
    mimeType: types[extname(path).toLowerCase()] ?? "application/octet-stream",
    size: found.size,
    fetch: (signal) => readFile(path, { signal }),
  };
}
