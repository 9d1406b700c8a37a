import { crc32, deflateRawSync } from "node:zlib";

/** A file for an archive; `claims` a size that it has not. */
export interface ZipFile {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly claims?: number;
  readonly locked?: boolean;
}

/** A ZIP archive of these files, packed. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const contents: Buffer[] = [];
  let at = 0;
  for (const { name, data, claims, locked } of files) {
    const bytes = Buffer.from(data as string);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(locked === true ? 1 : 0x08_00, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claims ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    contents.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0", "latin1"), common, rest, path]));
    parts.push(local);
    at += local.length;
  }
  const table = Buffer.concat(contents);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, table, end]);
}

/** The same, of texts by their paths. */
export const makePackage = (files: Readonly<Record<string, string>>): Buffer =>
  makeZip(Object.entries(files).map(([name, data]) => ({ name, data })));
