/** Values over a pipe: the length of each in four bytes, then the value as structured clone writes it. */

import type { Readable } from "node:stream";
import { deserialize, serialize } from "node:v8";

/** Where a process writes its answers: on the usual ones, libraries may print. */
export const answersFd = 3;

const headBytes = 4;

/** A value ready to be written. */
export function frame(value: unknown): Buffer {
  const body = serialize(value);
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** The values that come in. Throws RangeError before it takes one that is larger than `mostBytes`. */
export async function* readFrames(input: Readable, mostBytes: number): AsyncGenerator {
  let pending: Buffer[] = [];
  let bytes = 0;
  const take = (count: number): Buffer => {
    const all = Buffer.concat(pending);
    pending = [all.subarray(count)];
    bytes -= count;
    return all.subarray(0, count);
  };
  let wanted: number | undefined;
  for await (const chunk of input as AsyncIterable<Buffer>) {
    pending.push(chunk);
    bytes += chunk.length;
    for (;;) {
      if (wanted === undefined) {
        if (bytes < headBytes) break;
        wanted = take(headBytes).readUInt32LE();
        if (wanted > mostBytes) throw new RangeError(`a frame of ${wanted} bytes; at most ${mostBytes}`);
      }
      if (bytes < wanted) break;
      const body = take(wanted);
      wanted = undefined;
      yield deserialize(body);
    }
  }
}
