import { crc32, deflateSync } from "node:zlib";
import type { Bitmap } from "./pdfium.ts";

const signature = Buffer.from("89504e470d0a1a0a", "hex");
/** Eight bits of grey, not interlaced. */
const greyFormat = Buffer.from([8, 0, 0, 0, 0]);

/** A grey picture as a PNG file, packed quickly rather than well. */
export function encodePng({ width, height, data }: Bitmap): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // A row begins with its filter: none.
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++)
    rows.set(data.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  return Buffer.concat([
    signature,
    chunk("IHDR", Buffer.concat([size, greyFormat])),
    chunk("IDAT", deflateSync(rows, { level: 1 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
