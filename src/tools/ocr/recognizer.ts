import type { Line, RecognizeOptions, Worker } from "tesseract.js";
import type { LanguageFolders } from "./languages.ts";
import { type Box, encodePgm, type Pixels } from "./pixels.ts";

/** A line of text as Tesseract read it. */
export interface RecognizedLine {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly box: Box;
  readonly words: readonly RecognizedWord[];
}

export interface RecognizedWord {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly box: Box;
  /** Whether a space stands before it: the parts of a Korean word are words of their own here. */
  readonly isApart: boolean;
}

/** Tesseract's page segmentation: one line, a block of lines, or a page whose layout is to be found (tilted ones too). */
export type Layout = "line" | "block" | "page";

/**
 * Reads a gray picture; `language` is Tesseract's name. Rejects when the language's data is damaged; Tesseract may then
 * end the whole process as well.
 */
export type Recognize = (picture: Pixels, language: string, layout: Layout) => Promise<RecognizedLine[]>;

const modes: Readonly<Record<Layout, string>> = { line: "7", block: "6", page: "3" };
const lstmOnly = 1;
/** No letter is lower or narrower, in pixels; Tesseract fails on less. */
const leastSide = 6;

/** Starts one Tesseract worker per language when it is first asked for; they stay until the process ends. */
export function createRecognize(folders: LanguageFolders): Recognize {
  const workers = new Map<string, Promise<Worker>>();
  return async (picture, language, layout) => {
    if (Math.min(picture.width, picture.height) < leastSide) return [];
    const started = workers.get(language) ?? startWorker(language, folders[language] ?? "");
    workers.set(language, started);
    const worker = await started;
    // Tesseract's own parameters go along with the options and are set back afterwards; the types don't know.
    const options: Partial<RecognizeOptions> & Record<string, unknown> = {
      rotateAuto: layout === "page",
      tessedit_pageseg_mode: modes[layout],
      user_defined_dpi: "150",
    };
    const { data } = await worker.recognize(encodePgm(picture), options, { blocks: true, text: false });
    return (data.blocks ?? [])
      .flatMap((block) => block.paragraphs)
      .flatMap((paragraph) => paragraph.lines)
      .map(readLine);
  };
}

function readLine({ text, confidence, bbox, words }: Line): RecognizedLine {
  let at = 0;
  return {
    text,
    confidence,
    box: boxOf(bbox),
    words: words.map((word) => {
      const found = text.indexOf(word.text, at);
      const isApart = found < 0 || /\s/u.test(text.slice(at, found));
      at = Math.max(at, found + word.text.length);
      return { text: word.text, confidence: word.confidence, box: boxOf(word.bbox), isApart };
    }),
  };
}

function boxOf({ x0, x1, y0, y1 }: Line["bbox"]): Box {
  return { left: x0, right: x1, top: y0, bottom: y1 };
}

async function startWorker(language: string, langPath: string): Promise<Worker> {
  const { createWorker } = await import("tesseract.js");
  return new Promise((resolve, reject) => {
    // Failed loading reaches errorHandler alone: the promise of createWorker then never settles.
    const errorHandler = (reason: unknown): void => reject(new Error(`Tesseract: ${String(reason)}`));
    // Without cacheMethod "none" it would write the data to the working directory.
    const options = { langPath, cacheMethod: "none", gzip: true, errorHandler };
    createWorker(language, lstmOnly, options).then(resolve, reject);
  });
}
