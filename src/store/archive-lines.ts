import { createHash } from "node:crypto";
import type { z } from "zod";
import { UserError } from "../errors.ts";

/** Reads a data file line by line, and never more of it than is asked for. */
export interface ArchiveLines {
  /** The rows that come next, at most so many. */
  rows(most: number): Promise<readonly string[]>;
  /** The next line; `otherwise` is the complaint where it is not of this form. */
  read<Schema extends z.ZodType>(schema: Schema, otherwise: string): Promise<z.infer<Schema>>;
  /** Throws when anything follows. */
  end(): Promise<void>;
  /** The SHA-256 of all that was read so far, in hex. */
  sum(): string;
  /** The sentence for a file that can't be believed. */
  damaged(what: string): UserError;
}

/** `name` is the file's for people. Everything throws UserError where the file is cut or is not what it should be. */
export function createArchiveLines(source: AsyncIterable<Uint8Array>, name: string): ArchiveLines {
  const lines = linesOf(source);
  const hash = createHash("sha256");
  let count = 0;
  let next: string | undefined;

  const damaged = (what: string, cause?: unknown): UserError =>
    new UserError(`${name} is damaged: ${what} (line ${count}). Nothing was imported; take another copy.`, {
      cause,
    });

  async function peek(): Promise<string | undefined> {
    if (next !== undefined) return next;
    count++;
    try {
      const { value, done } = await lines.next();
      next = done ? undefined : value;
    } catch (error) {
      if (error === noEnd || isOfZip(error)) throw damaged("it ends too early, or is changed", error);
      throw error;
    }
    return next;
  }

  function take(line: string): string {
    hash.update(`${line}\n`);
    next = undefined;
    return line;
  }

  return {
    damaged,
    async rows(most) {
      const rows: string[] = [];
      while (rows.length < most) {
        const line = await peek();
        if (!line?.startsWith("[")) break;
        rows.push(take(line));
      }
      return rows;
    },
    async read(schema, otherwise) {
      const line = await peek();
      if (line === undefined) throw damaged("it ends too early");
      const { success, data, error } = schema.safeParse(parse(line));
      if (!success) throw damaged(otherwise, error);
      take(line);
      return data;
    },
    async end() {
      if ((await peek()) !== undefined) throw damaged("something stands after its end");
    },
    sum: () => hash.copy().digest("hex"),
  };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const newline = 0x0a;
const noEnd = new Error("The last line has no end.");

const isOfZip = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("Z_");

/** Not Node's own readline, which also ends a line where a text has U+2028. */
async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string, undefined> {
  let begun: Uint8Array[] = [];
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)]).toString();
      begun = [];
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) throw noEnd;
  return undefined;
}
