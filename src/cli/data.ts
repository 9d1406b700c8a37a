import { open } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { getSystemErrorMessage } from "node:util";
import { createGunzip, createGzip } from "node:zlib";
import manifest from "../../package.json" with { type: "json" };
import { UserError } from "../errors.ts";
import { writeNewFile } from "../new-file.ts";
import { archiveOf, formatVersion } from "../store/archive.ts";
import type { Database } from "../store/database.ts";
import { importArchive } from "../store/import-archive.ts";
import { schemaVersion } from "../store/migrations.ts";
import { openDatabase } from "../store/open.ts";
import type { CliCommand, CliContext } from "./command.ts";

const { version } = manifest;

export const command: CliCommand = {
  usage: "export [file.gz | file | -] | import <file | ->",
  async run(context) {
    const [verb, file, ...more] = context.args;
    if (more.length > 0 || !(verb === "export" || (verb === "import" && file !== undefined)))
      throw new UserError("Write: parlance data export [file], or parlance data import <file>");
    const config = context.config();
    const place: Place = {
      file: file ?? fileOf(new Date()),
      pathOf: (name) => resolve(config.callFolder, name),
    };
    const source = verb === "import" ? await openSource(place) : undefined;
    const { database } = await openDatabase(config);
    try {
      if (source) await importFrom(database, { name: nameOf(place), source }, context);
      else await exportTo(database, place, context);
      return 0;
    } finally {
      source?.destroy();
      await database.close();
    }
  },
};

/** `-` is standard input or output; else `pathOf` finds it from where the person stands. */
interface Place {
  readonly file: string;
  readonly pathOf: (name: string) => string;
}

const nameOf = ({ file }: Place): string => (file === "-" ? "standard input" : basename(file));

const fileOf = (now: Date): string =>
  `parlance-${now.toISOString().slice(0, 19).replaceAll(/[-:]/gu, "")}.jsonl.gz`;

async function exportTo(database: Database, { file, pathOf }: Place, context: CliContext): Promise<void> {
  const counts = new Map<string, number>();
  const stopping = new AbortController();
  const stop = (): void => stopping.abort(new UserError("Stopped: nothing was written."));
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, stop);
  const write = (target: Writable, options: { readonly end: boolean }): Promise<void> =>
    database.snapshot(async (queries) => {
      const header = {
        parlance: "data" as const,
        format: formatVersion,
        schema: schemaVersion,
        version,
        at: new Date().toISOString(),
        from: database.dialect.name,
      };
      const lines = archiveOf(queries, header, (table, rows) => counts.set(table, rows));
      // One piece ahead, for a piece may be a picture.
      const text = Readable.from(lines, { highWaterMark: 1 });
      const stoppable = { ...options, signal: stopping.signal };
      if (file.endsWith(".gz")) await pipeline(text, createGzip(), target, stoppable);
      else await pipeline(text, target, stoppable);
    });
  try {
    if (file === "-")
      await write(
        listened((cause) => stopping.abort(cause)),
        { end: false },
      );
    else await writeNewFile(pathOf(file), (target) => write(target, { end: true }));
  } catch (error) {
    throw stopping.signal.aborted ? stopping.signal.reason : error;
  }
  const where = file === "-" ? "" : ` to ${pathOf(file)}`;
  context.err(`Exported ${database.dialect.name} ${database.location}${where}: ${summary(counts)}.`);
  context.err("It holds what people said in private: keep it where only you can read it.");
}

/** Standard output, which takes no end. That its reader leaves is no good end here: half of the data is no backup. */
function listened(stop: (reason: UserError) => void): Writable {
  return process.stdout.removeAllListeners("error").on("error", (error: NodeJS.ErrnoException) => {
    const what = error.code === "EPIPE" ? "the reader is gone" : getSystemErrorMessage(error.errno ?? 0);
    stop(new UserError(`Stopped: ${what}. The data that was written is not whole.`, { cause: error }));
  });
}

async function importFrom(
  database: Database,
  { name, source }: { name: string; source: Readable },
  context: CliContext,
): Promise<void> {
  const counts = await importArchive(database, unzipped(source), { name, version });
  context.err(
    `Imported ${name} into ${database.dialect.name} ${database.location}: ${summary(counts)}. ` +
      "Read back and compared: the same as in the file.",
  );
}

async function openSource({ file, pathOf }: Place): Promise<Readable> {
  if (file === "-") return process.stdin;
  const path = pathOf(file);
  try {
    const opened = await open(path);
    if ((await opened.stat()).isFile()) return opened.createReadStream();
    await opened.close();
  } catch (error) {
    const errno = error instanceof Error && "errno" in error ? Number(error.errno) : 0;
    throw new UserError(`Can't read ${path}: ${getSystemErrorMessage(errno)}.`, { cause: error });
  }
  throw new UserError(`${path} is not a file.`);
}

/** By its first two bytes, for a name may say anything. */
async function* unzipped(source: Readable): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Buffer> = source[Symbol.asyncIterator]();
  const { value: first, done } = await chunks.next();
  if (done || first === undefined) return;
  const whole = joined(first, chunks);
  if (first[0] !== 0x1f || first[1] !== 0x8b) {
    yield* whole;
    return;
  }
  const unzipping = createGunzip();
  // What breaks in it breaks the reading of it, just below.
  pipeline(whole, unzipping).catch(() => undefined);
  yield* unzipping;
}

async function* joined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function summary(counts: ReadonlyMap<string, number>): string {
  const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const each = [...counts].filter(([, count]) => count > 0).map(([table, count]) => `${table} ${count}`);
  return each.length === 0
    ? "nothing is in it"
    : `${rows} ${rows === 1 ? "row" : "rows"} (${each.join(", ")})`;
}
