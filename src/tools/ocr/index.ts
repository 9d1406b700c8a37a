import { UserError } from "../../errors.ts";
import { TaskFailed } from "../../host/host.ts";
import { createThreadHost } from "../../host/thread.ts";
import type { Job, JobResult } from "./job.ts";
import { findLanguageData, tesseractName } from "./languages.ts";
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
}

/** Reads the text in pictures, on this machine. */
export interface Ocr {
  /**
   * `languages` are codes such as `ko` or `zh-Hant`, likely ones first: they are tried before the others and never
   * fail a reading when their data isn't here. Throws UserError for what is no readable picture, for missing or
   * damaged language data, and when it takes too long; the signal's reason when aborted.
   */
  read(
    picture: Uint8Array,
    options?: { readonly languages?: readonly string[]; readonly signal?: AbortSignal },
  ): Promise<Transcript>;
  /** Ends its threads; a reading under way fails. */
  stop(): Promise<void>;
}

const picturesAtOnce = 2;
/** Of a thread's own heap; what Tesseract takes is not counted. */
const heapMb = 512;
/** A thread keeps some 300 MB of language models warm; unused for this long, it gives them back. */
const warmMs = 10 * 60_000;

/** Loads nothing before the first reading; then keeps its threads warm, which does not keep the process alive. */
export function createOcr({
  languages,
  seconds,
  maxMegapixels,
  dataFolder = findLanguageData,
}: OcrSettings): Ocr {
  const host = createThreadHost<Job, JobResult>(new URL("./thread.ts", import.meta.url), {
    seconds,
    memoryMb: heapMb,
    atOnce: picturesAtOnce,
    warmMs,
  });

  const toHints = (codes: readonly string[]): string[] => {
    const names = codes.map(tesseractName).filter((name) => name !== undefined);
    return [...new Set(names)].filter((name) => languages.includes(name) || hasData(name, dataFolder));
  };

  return {
    async read(picture, { languages: codes = [], signal } = {}) {
      checkPicture(picture);
      const hints = toHints(codes);
      const folders = Object.fromEntries([...hints, ...languages].map((name) => [name, dataFolder(name)]));
      const job: Job = { bytes: picture, languages, hints, folders, maxMegapixels };
      const result = await host.run(job, { ...(signal && { signal }) }).catch((cause: unknown) => {
        throw cause instanceof TaskFailed ? pictureFailed(cause, seconds) : cause;
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

function pictureFailed(cause: TaskFailed, seconds: number): UserError {
  return new UserError(
    ({ files }) => (cause.reason === "late" ? files.pictureTooSlow(seconds) : files.pictureFailed),
    { cause },
  );
}
