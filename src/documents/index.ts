import type { PictureReader } from "../core.ts";
import { UserError } from "../errors.ts";
import { TaskFailed } from "../host/host.ts";
import { createProcessHost } from "../host/process.ts";
import type { Log } from "../log.ts";
import { boundText } from "./bound-text.ts";
import { decodeText } from "./decode.ts";
import type { DocumentReader, SentFile } from "./document.ts";
import { fileKindOf } from "./kind.ts";
import type { FileKind, Reading, ReadingResult, ReadingTask } from "./reading.ts";
import { Refusal, say, sentenceOf } from "./said.ts";
import { readScans } from "./scans.ts";
import { readPlainText, textKindOf } from "./text.ts";

/** What one file may take. A process holds nothing of one file when it reads the next. */
const bounds = { seconds: 30, memoryMb: 400, answerMb: 32, atOnce: 2, warmMs: 0 };

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
    async read(file, options) {
      try {
        const found = await lookAt(file);
        if ("reading" in found) return await readScans(found.reading, { pictures, ...options });
        const result = await host.run({ ...file, kind: found.kind }, options);
        if (result.type === "refused") throw new Refusal(result.said);
        return await readScans(result.reading, { pictures, ...options });
      } catch (error) {
        if (error instanceof TaskFailed)
          log.warn({ err: error, name: file.name }, "a file could not be read");
        if (!(error instanceof Refusal)) throw error;
        throw new UserError(sentenceOf(error.said), { cause: error });
      }
    },
    stop: () => host.stop(),
  };
}

/** Plain text is read here; of all else, what it is. Throws Refusal for what is never read. */
async function lookAt(file: SentFile): Promise<{ readonly kind: FileKind } | { readonly reading: Reading }> {
  const { bytes } = file;
  if (bytes.length === 0) throw new Refusal(say("empty"));
  const kind = fileKindOf(bytes);
  if (kind) return { kind };
  const text = (await decodeText(bytes))?.trim();
  if (text === undefined) throw new Refusal(say("neither"));
  if (text === "") throw new Refusal(say("empty"));
  const textKind = textKindOf(text, file);
  return textKind ? { kind: textKind } : { reading: boundText(readPlainText(text, file)) };
}
