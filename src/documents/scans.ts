import type { PictureReader } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Document, DocumentOptions, Section } from "./document.ts";
import type { PageScan, Reading } from "./reading.ts";
import { Refusal, type Said, say, sentenceOf } from "./said.ts";

interface ScanOptions extends DocumentOptions {
  readonly pictures: PictureReader;
}

/** How many pages are read side by side. */
const atOnce = 2;
/** No further page is begun after so long: people wait for an answer. */
const patienceMs = 60_000;

/** Puts the text of pages that are pictures in its place, by OCR. Throws Refusal where nothing at all was found. */
export async function readScans(reading: Reading, options: ScanOptions): Promise<Document> {
  const { scans = [], scanned = scans.length, notes: said, ...document } = reading;
  const sections = [...document.sections];
  const read = await readAll(scans, sections, options);
  if (sections.every(({ text }) => text === "")) throw new Refusal(say("noWords"));
  const notes: readonly Said[] = scanned === 0 ? said : [...said, say("pagesByOcr", read, scanned)];
  return { ...document, sections, notes: notes.map(sentenceOf) };
}

/** How many were read. */
async function readAll(
  scans: readonly PageScan[],
  sections: Section[],
  { pictures, signal, languages = [], status }: ScanOptions,
): Promise<number> {
  const began = performance.now();
  const waiting = scans.entries();
  let read = 0;
  const readSome = async (): Promise<void> => {
    for (const [index, { section, png }] of waiting) {
      const empty = sections[section];
      if (!empty || performance.now() - began > patienceMs) return;
      status?.(({ files }) => files.readingPage(index + 1, scans.length));
      sections[section] = { ...empty, text: await readScan(png, { pictures, languages, signal }) };
      read += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readSome));
  return read;
}

/** A page that can't be read is an empty one. */
async function readScan(
  png: Uint8Array,
  { pictures, ...options }: Required<Pick<ScanOptions, "pictures" | "languages" | "signal">>,
): Promise<string> {
  try {
    const { text } = await pictures.read(png, options);
    return text;
  } catch (error) {
    options.signal.throwIfAborted();
    if (error instanceof UserError) return "";
    throw error;
  }
}
