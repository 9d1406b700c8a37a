import type { Problem } from "./problem.ts";
import { positionAt } from "./source.ts";

/** The largest file read, in bytes: some thirty thousand tokens, more than any persona or configuration should hold. */
export const maxFileBytes = 128 * 1024;

/** A file's text, its byte order mark left out; or why it can't be text. */
export function decodeFile(bytes: Uint8Array, file: string): string | Problem {
  if (bytes.byteLength > maxFileBytes) {
    const kib = Math.ceil(bytes.byteLength / 1024).toLocaleString("en");
    return {
      file,
      message: `this file is too large: ${kib} KiB, ${maxFileBytes / 1024} KiB at most`,
      hint: "a persona is a page or two; longer material is better sent along with the question",
    };
  }
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return { file, message: "this file is saved as UTF-16", hint: "save it as UTF-8" };
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ...firstBadByte(bytes, file), hint: "save the file as UTF-8" };
  }
}

function firstBadByte(bytes: Uint8Array, file: string): Problem {
  const text = new TextDecoder("utf-8").decode(bytes);
  const encoded = new TextEncoder().encode(text);
  // Both agree up to the first byte that was replaced.
  const start = startsWith(bytes, 0xef, 0xbb, 0xbf) ? 3 : 0;
  const place = encoded.findIndex((byte, index) => byte !== bytes[index + start]);
  const offset = new TextDecoder("utf-8").decode(encoded.subarray(0, place)).length;
  return { file, message: "this is not UTF-8 text", at: positionAt(text, offset) };
}

function startsWith(bytes: Uint8Array, ...head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}
