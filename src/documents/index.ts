import type { PictureReader } from "../core.ts";
import { UserError } from "../errors.ts";
import { TaskFailed } from "../host/host.ts";
import { createProcessHost } from "../host/process.ts";
import type { Log } from "../log.ts";
import { decodeText } from "./decode.ts";
import type { Document, DocumentReader } from "./document.ts";
import { fileKindOf } from "./kind.ts";
import type { ReadingResult, ReadingTask } from "./reading.ts";
import { Refusal, sentenceOf } from "./said.ts";
import { readScans } from "./scans.ts";

/** What one file may take. A process holds nothing of one file when it reads the next. */
const bounds = { seconds: 30, memoryMb: 400, answerMb: 64, atOnce: 2, warmMs: 0 };

/** Reads files by what they hold, whatever their names claim; `pictures` reads pages that are pictures. */
export function createDocumentReader({
  pictures,
  log,
}: {
  readonly pictures: PictureReader;
  readonly log: Log;
}): DocumentReader {
  const host = createProcessHost<ReadingTask, ReadingResult>(
    new URL("./reading-process.ts", import.meta.url),
    bounds,
  );
  return {
    async read({ bytes, name }, options) {
      try {
        const kind = fileKindOf(bytes);
        if (kind === undefined) return await readText(bytes);
        const result = await host.run({ kind, bytes, name }, options);
        if (result.type === "refused") throw new Refusal(result.said);
        return await readScans(result.reading, { pictures, ...options });
      } catch (error) {
        if (error instanceof TaskFailed) log.warn({ err: error, name }, "a file could not be read");
        if (!(error instanceof Refusal)) throw error;
        throw new UserError(sentenceOf(error.said), { cause: error });
      }
    },
    stop: () => host.stop(),
  };
}

async function readText(bytes: Uint8Array): Promise<Document> {
  const text = (await decodeText(bytes))?.trim();
  if (text === undefined) throw new UserError((words) => words.files.neither);
  if (text === "") throw new UserError((words) => words.files.empty);
  return { kind: "text", unit: "part", sections: [{ label: "", text }] };
}
