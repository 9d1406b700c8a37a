import { gunzipSync } from "node:zlib";
import type { Reading } from "./reading.ts";
import { Refusal, say } from "./said.ts";
import type { ZipEntry } from "./zip.ts";

/** A file in an archive, as a list shows it. */
interface Listed {
  readonly name: string;
  readonly size: number;
}

const mostListed = 1000;
const mostMegabytes = 150;
const blockBytes = 512;

/** What is in a ZIP archive, by name; nothing is unpacked, so that nothing in it can do harm. */
export const listZip = (entries: readonly ZipEntry[]): Reading => listing("ZIP", entries);

/** What is in a tar archive. Throws Error for a damaged one. */
export function listTar(bytes: Uint8Array): Reading {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: Listed[] = [];
  let longName: string | undefined;
  for (let at = 0; at + blockBytes <= archive.length;) {
    const head = archive.subarray(at, at + blockBytes);
    if (head.every((byte) => byte === 0)) break;
    const size = Number.parseInt(field(head, 124, 12), 8);
    if (!(size >= 0)) throw new Error("no size");
    const [type, prefix] = [
      field(head, 156, 1),
      head.toString("latin1", 257, 262) === "ustar" ? field(head, 345, 155) : "",
    ];
    const content = archive.subarray(at + blockBytes, at + blockBytes + size);
    if (type === "L") longName = field(content, 0, content.length);
    else if (type === "x") longName = /\d+ path=([^\n]+)\n/u.exec(content.toString())?.[1] ?? longName;
    else if (type !== "g") {
      const name = longName ?? [prefix, field(head, 0, 100)].filter(Boolean).join("/");
      entries.push({ name: type === "5" && !name.endsWith("/") ? `${name}/` : name, size });
      longName = undefined;
    }
    at += blockBytes + Math.ceil(size / blockBytes) * blockBytes;
  }
  return listing("tar", entries);
}

/** What was packed by gzip. Throws Refusal for a bomb, and Error for what is damaged. */
export function gunzip(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostMegabytes * 1_000_000 });
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(say("bomb", mostMegabytes), { cause: error });
    throw error;
  }
}

/** Whether this is a tar archive: its first head has the sum that it says. */
export function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < blockBytes) return false;
  const head = Buffer.from(bytes.subarray(0, blockBytes));
  const written = Number.parseInt(field(head, 148, 8), 8);
  head.fill(" ", 148, 156);
  return head.reduce((sum, byte) => sum + byte, 0) === written;
}

function listing(kind: string, entries: readonly Listed[]): Reading {
  const files = entries.filter(({ name }) => !name.endsWith("/"));
  const lines = files.slice(0, mostListed).map(({ name, size }) => `- ${oneLine(name)} (${sizeOf(size)})`);
  return {
    kind: `${kind} archive`,
    unit: "part",
    sections: [{ label: "", text: [`${files.length} files`, ...lines].join("\n") }],
    notes: [say("onlyListed", lines.length, files.length)],
  };
}

/** Up to its first zero. */
const field = (bytes: Buffer, at: number, length: number): string =>
  bytes
    .toString("utf8", at, at + length)
    .replace(/\0[^]*$/u, "")
    .trim();

const oneLine = (name: string): string => name.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").slice(0, 300);

function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
