import { inflateRawSync } from "node:zlib";
import { decodeText } from "./decode.ts";
import { Refusal, say } from "./said.ts";

/** A file in a ZIP archive. */
export interface ZipEntry {
  readonly name: string;
  /** Unpacked, as the archive says; never more is unpacked. */
  readonly size: number;
  readonly isLocked: boolean;
  /** Throws Error for what is damaged, or larger than it says. */
  read(): Buffer;
}

/** No file that people read is larger than this inside; a bomb says so or, if it lies, is cut off. */
const mostMegabytes = 150;

const endSignature = Buffer.from("PK\x05\x06", "latin1");
const entrySignature = 0x02_01_4b_50;
const endBytes = 22;
const headBytes = 46;
const localHeadBytes = 30;
/** A comment stands after the end. */
const mostEndBytes = endBytes + 0xff_ff;
const isLockedFlag = 1;
/** The size is elsewhere, for it is larger than four bytes can say. */
const hugeSize = 0xff_ff_ff_ff;

/** What is in a ZIP archive, by its table of contents. Throws Refusal for a bomb, and Error for what is none or damaged. */
export async function openZip(bytes: Uint8Array): Promise<readonly ZipEntry[]> {
  const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = archive.subarray(-mostEndBytes).lastIndexOf(endSignature);
  if (end === -1) throw new Error("no table of contents");
  const endAt = Math.max(0, archive.length - mostEndBytes) + end;
  const heads = [...readHeads(archive, archive.readUInt32LE(endAt + 16))];
  const names = await decodeNames(heads.map(({ name }) => name));
  return heads.map(({ size, packed, method, flags, at }, index) => ({
    name: names[index] ?? "",
    size,
    isLocked: (flags & isLockedFlag) !== 0,
    read: () => unpack(archive, { size, packed, method, at }),
  }));
}

/** Throws Refusal when what would be unpacked is too much. */
export function checkSizes(entries: readonly ZipEntry[]): void {
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostMegabytes * 1_000_000) throw new Refusal(say("bomb", mostMegabytes));
}

interface Head {
  readonly name: Buffer;
  readonly size: number;
  readonly packed: number;
  readonly method: number;
  readonly flags: number;
  /** Where the file begins in the archive. */
  readonly at: number;
}

function* readHeads(archive: Buffer, start: number): Generator<Head> {
  let at = start;
  while (at + headBytes <= archive.length && archive.readUInt32LE(at) === entrySignature) {
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) =>
      archive.readUInt16LE(at + offset),
    ) as [number, number, number];
    const size = archive.readUInt32LE(at + 24);
    yield {
      name: archive.subarray(at + headBytes, at + headBytes + nameBytes),
      size: size === hugeSize ? Number.POSITIVE_INFINITY : size,
      packed: archive.readUInt32LE(at + 20),
      method: archive.readUInt16LE(at + 10),
      flags: archive.readUInt16LE(at + 8),
      at: archive.readUInt32LE(at + 42),
    };
    at += headBytes + nameBytes + extraBytes + commentBytes;
  }
}

/** Old programs wrote names in the encoding of their country: all of them together tell which. */
async function decodeNames(names: readonly Buffer[]): Promise<readonly string[]> {
  const lines = names.map((name) => Buffer.concat([name, Buffer.from("\n")]));
  const text = await decodeText(Buffer.concat(lines));
  return text?.split("\n") ?? names.map((name) => name.toString("latin1"));
}

function unpack(
  archive: Buffer,
  { size, packed, method, at }: Pick<Head, "size" | "packed" | "method" | "at">,
): Buffer {
  const start = at + localHeadBytes + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const data = archive.subarray(start, start + packed);
  if (method === 0) return data;
  if (method !== 8) throw new Error(`packed by method ${method}`);
  return size === 0 ? Buffer.alloc(0) : inflateRawSync(data, { maxOutputLength: size });
}
