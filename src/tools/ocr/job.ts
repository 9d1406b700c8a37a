import type { LanguageFolders } from "./languages.ts";
import type { PictureFault } from "../../pictures/error.ts";
import type { Transcript } from "./transcript.ts";

/** What the reading process is asked: one at a time. */
export interface Job {
  readonly bytes: Uint8Array;
  /** Tesseract's names; the first are tried first. */
  readonly languages: readonly string[];
  /** The likely ones among or beside them; tried before the others. */
  readonly hints: readonly string[];
  /** Where the data of all of these is. */
  readonly folders: LanguageFolders;
  readonly maxMegapixels: number;
  /** Only what is surely text is wanted. */
  readonly isGlance: boolean;
}

/** What it answers, unless it crashes. */
export type JobResult =
  | { readonly type: "read"; readonly transcript: Transcript }
  | { readonly type: "refused"; readonly fault: PictureFault };
