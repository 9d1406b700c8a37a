import { UserError } from "../../errors.ts";
import { createGate } from "./gate.ts";
import type { Job } from "./job.ts";
import { findLanguageData, tesseractName } from "./languages.ts";
import { checkPicture } from "./picture-kind.ts";
import { type Reader, startReader } from "./reader.ts";
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

const readersAtOnce = 2;
/** A thread keeps some 300 MB of language models warm; unused for this long, it gives them back. */
const warmMs = 10 * 60_000;

/** Loads nothing before the first reading; then keeps its threads warm, which does not keep the process alive. */
export function createOcr({
  languages,
  seconds,
  maxMegapixels,
  dataFolder = findLanguageData,
}: OcrSettings): Ocr {
  const gate = createGate(readersAtOnce);
  const readers = new Set<Reader>();
  const warm = new Map<Reader, NodeJS.Timeout>();
  let stopped = false;

  const takeReader = (): Reader => {
    const ready = [...warm.keys()].find((reader) => !reader.ended);
    const reader = ready ?? startReader();
    clearTimeout(warm.get(reader));
    warm.delete(reader);
    readers.add(reader);
    return reader;
  };
  const endReader = async (reader: Reader): Promise<void> => {
    clearTimeout(warm.get(reader));
    warm.delete(reader);
    readers.delete(reader);
    await reader.end();
  };
  const giveBack = (reader: Reader): void => {
    if (reader.ended) void endReader(reader);
    else warm.set(reader, setTimeout(() => void endReader(reader), warmMs).unref());
  };

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
      const leave = await gate.enter(signal);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(tooSlow(seconds)), seconds * 1000);
      try {
        if (stopped) throw new Error("Reading pictures has been stopped.");
        const reader = takeReader();
        try {
          return await reader.read(job, AbortSignal.any([late.signal, ...(signal ? [signal] : [])]));
        } finally {
          giveBack(reader);
        }
      } finally {
        clearTimeout(timer);
        leave();
      }
    },
    async stop() {
      stopped = true;
      await Promise.all([...readers].map(endReader));
    },
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

const tooSlow = (seconds: number): UserError => new UserError(({ files }) => files.pictureTooSlow(seconds));
