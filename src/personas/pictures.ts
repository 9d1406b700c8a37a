import { readFile, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { UserError } from "../errors.ts";
import { imagePart } from "../images.ts";
import type { ImagePart } from "../message.ts";

/** A picture that a persona's file names. Throws UserError when it isn't there, is no picture, or lies outside the folder. */
export async function readPicture(folder: string, path: string): Promise<ImagePart> {
  const found = await realpath(join(folder, path)).catch((cause: unknown) => {
    throw new UserError(`The picture ${path} is not there.`, { cause });
  });
  if (!found.startsWith((await realpath(folder)) + sep)) {
    throw new UserError(`The picture ${path} lies outside the personas' folder.`);
  }
  const bytes = await readFile(found).catch((cause: unknown) => {
    throw new UserError(`The picture ${path} can't be read.`, { cause });
  });
  return imagePart(bytes, path);
}
