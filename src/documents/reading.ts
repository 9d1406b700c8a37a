import type { Document, SentFile } from "./document.ts";
import type { Said } from "./said.ts";

/** What the reading process is asked: one file. */
export interface ReadingTask extends SentFile {
  readonly kind: FileKind;
}

/** What is read there, by what its first bytes say; Office documents and books are ZIP archives. */
export type FileKind = "pdf" | "rtf" | "zip" | "gzip" | "tar" | "html" | "csv";

/** A page that is a picture, to be read by OCR. */
export interface PageScan {
  /** Which of the sections it is, from 0. */
  readonly section: number;
  readonly png: Uint8Array;
}

/** A document on its way from the reading process. */
export interface Reading extends Omit<Document, "notes"> {
  readonly notes: readonly Said[];
  readonly scans?: readonly PageScan[];
  /** How many pages are pictures, those without a scan too. */
  readonly scanned?: number;
}

/** What the reading process answers, unless it breaks. */
export type ReadingResult =
  | { readonly type: "read"; readonly reading: Reading }
  | { readonly type: "refused"; readonly said: Said };
