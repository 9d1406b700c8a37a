import { UserError } from "./errors.ts";
import type { ImagePart, ImageType } from "./message.ts";

const signatures: readonly (readonly [ImageType, string])[] = [
  ["image/png", "^89504e470d0a1a0a"],
  ["image/jpeg", "^ffd8ff"],
  ["image/gif", "^47494638"],
  ["image/webp", "^52494646.{8}57454250"],
];

/** The type by the file's first bytes, whatever its name claims; undefined for what no vision model accepts. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const head = Buffer.from(bytes.subarray(0, 12)).toString("hex");
  return signatures.find(([, pattern]) => new RegExp(pattern, "u").test(head))?.[0];
}

/** A picture as a part of a message; `subject` names it in a sentence. Throws UserError for what is not one of the four types. */
export function imagePart(bytes: Uint8Array, subject: string): ImagePart {
  const mimeType = imageTypeOf(bytes);
  if (!mimeType) throw new UserError(`${subject} is not a PNG, JPEG, WebP or GIF picture.`);
  return { type: "image", mimeType, data: bytes };
}
