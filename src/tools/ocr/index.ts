import { UserError } from "../../errors.ts";
import { TaskFailed } from "../../host/host.ts";
import { createProcessHost } from "../../host/process.ts";
import type { Log } from "../../log.ts";
import type { Job, JobResult } from "./job.ts";
import { findDamagedData, findLanguageData, type LanguageFolders, tesseractName } from "./languages.ts";
import { PictureError } from "../../pictures/error.ts";
import { checkPicture } from "../../pictures/kind.ts";
import type { Transcript } from "./transcript.ts";

export interface OcrSettings {
  /** Tesseract's names; the first ones win ties. Each needs its data package. */
  readonly languages: readonly string[];
  /** The longest that reading one picture may take, waiting for others not counted. */
  readonly seconds: number;
  /** Larger pictures are refused before they are decoded. */
  readonly maxMegapixels: number;
  /** The folder of a language's data. Throws UserError when there is none. Default: its npm package. */
  readonly dataFolder?: (language: string) => string;
  readonly log?: Log;
}

/** Reads the text in pictures, on this machine. */
export interface Ocr {
  /**
   * `languages` are codes such as `ko` or `zh-Hant`, likely ones first: they are tried before the others and never
   * fail a reading when their data isn't here. Throws UserError for what is no readable picture, for missing or
   * damaged language data, and when it takes too long; the signal's reason when aborted. `isGlance`: gives what is surely
   * text, and nothing of a photo in which little says so.
   */
  read(
    picture: Uint8Array,
    options?: {
      readonly languages?: readonly string[];
      readonly signal?: AbortSignal;
      readonly isGlance?: boolean;
    },
  ): Promise<Transcript>;
  /** Ends its processes; a reading under way fails. */
  stop(): Promise<void>;
}

const picturesAtOnce = 2;
/** A process keeps the language models warm, some 300 MB with all five; unused for this long, it gives them back. */
const warmMs = 10 * 60_000;

/** Loads nothing before the first reading; then keeps its processes warm, which does not keep the bot alive. */
export function createOcr({
  languages,
  seconds,
  maxMegapixels,
  dataFolder = findLanguageData,
  log,
}: OcrSettings): Ocr {
  const host = createProcessHost<Job, JobResult>(new URL("./reading-process.ts", import.meta.url), {
    seconds,
    memoryMb: 1_200,
    answerMb: 8,
    atOnce: picturesAtOnce,
    warmMs,
    needs: {
      nativeCode: true,
      threads: true,
      folders: () => languages.filter((name) => hasData(name, dataFolder)).map(dataFolder),
    },
  });

  const toHints = (codes: readonly string[]): string[] => {
    const names = codes.map(tesseractName).filter((name) => name !== undefined);
    return [...new Set(names)].filter((name) => languages.includes(name) || hasData(name, dataFolder));
  };

  return {
    async read(picture, { languages: codes = [], signal, isGlance = false } = {}) {
      checkPicture(picture);
      const hints = toHints(codes);
      const folders = Object.fromEntries([...hints, ...languages].map((name) => [name, dataFolder(name)]));
      const job: Job = { bytes: picture, languages, hints, folders, maxMegapixels, isGlance };
      const result = await host.run(job, { ...(signal && { signal }) }).catch(async (err: unknown) => {
        if (!(err instanceof TaskFailed)) throw err;
        log?.warn({ err }, "the text of a picture could not be read");
        throw await explain(err, { seconds, folders });
      });
      if (result.type === "refused") throw new PictureError(result.fault);
      return result.transcript;
    },
    stop: () => host.stop(),
  };
}

function hasData(name: string, dataFolder: (language: string) => string): boolean {
  try {
    dataFolder(name);
    return true;
  } catch {
    return false;
  }
}

/** What it comes to is told of a picture as of any file, but for what has nothing to do with the picture. */
async function explain(
  cause: TaskFailed,
  { seconds, folders }: { readonly seconds: number; readonly folders: LanguageFolders },
): Promise<UserError> {
  if (cause.reason === "late") return new UserError(({ files }) => files.pictureTooSlow(seconds), { cause });
  const language = cause.reason === "crash" ? await findDamagedData(folders) : undefined;
  if (language === undefined) return cause;
  return new UserError(({ files }) => files.damagedLanguageData(language, "npm ci"), { cause });
}
