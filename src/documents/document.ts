/** What a file holds, whatever its format: contract between what reads files and what uses them. */

import type { Sentence } from "../words/words.ts";

/** One page, sheet, slide, chapter or part of a file, in the file's order. */
export interface Section {
  /** How an answer names it: `p. 12`, `sheet Sales`, `ch. 3`; empty where the file has no parts. */
  readonly label: string;
  readonly title?: string;
  /** Markdown. */
  readonly text: string;
}

export interface Document {
  /** Such as `PDF` or `text`, as an answer may name it. */
  readonly kind: string;
  readonly title?: string;
  readonly author?: string;
  readonly unit: "page" | "sheet" | "slide" | "chapter" | "part";
  readonly sections: readonly Section[];
  /** What was left out: told to the person. */
  readonly notes?: readonly Sentence[];
}

/** A file as it was sent; its name and type are what the sender claims. */
export interface SentFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly mimeType: string;
}

export interface DocumentOptions {
  readonly signal: AbortSignal;
  /** Codes of the languages to expect, likely ones first. */
  readonly languages?: readonly string[];
  /** Is told what takes long. */
  readonly status?: (text: Sentence) => void;
}

/** Reads files; nothing is loaded before the first. */
export interface DocumentReader {
  /** Throws UserError with a sentence for the person; the signal's reason when aborted. */
  read(file: SentFile, options: DocumentOptions): Promise<Document>;
  /** Ends what it started; a reading under way fails. */
  stop(): Promise<void>;
}
