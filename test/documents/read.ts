import { onTestFinished } from "vitest";
import type { Document } from "../../src/documents/document.ts";
import { createDocumentReader } from "../../src/documents/index.ts";
import { decodeText } from "../../src/documents/decode.ts";
import { fileKindOf } from "../../src/documents/kind.ts";
import { readFile } from "../../src/documents/read-file.ts";
import { sentenceOf } from "../../src/documents/said.ts";
import { textKindOf } from "../../src/documents/text.ts";
import { createLog } from "../../src/log.ts";
import { english, put } from "../../src/words/words.ts";

/** A document as its reader sees it, with the notes in English. */
type Read = Omit<Document, "notes"> & { readonly notes: readonly string[] };

/** Reads a file as it was sent; `text` is what OCR finds in a picture. */
export async function read(
  bytes: Uint8Array,
  { name = "file", text = () => "" }: { name?: string; text?: (picture: Uint8Array) => string } = {},
): Promise<Read> {
  const pictures = {
    read: async (picture: Uint8Array) => ({ text: text(picture), lines: [] }),
  };
  const reader = createDocumentReader({ pictures, log: createLog("silent") });
  onTestFinished(() => reader.stop());
  const { notes = [], ...document } = await reader.read(
    { bytes, name, mimeType: "application/octet-stream" },
    { signal: AbortSignal.timeout(60_000) },
  );
  return { ...document, notes: notes.map((note) => put(note, english)) };
}

/** The same in this process, for what takes no harm from it: how a format is read, rather than where. */
export async function readHere(bytes: Uint8Array, { name = "file" }: { name?: string } = {}): Promise<Read> {
  const file = { bytes, name, mimeType: "application/octet-stream" };
  const kind = fileKindOf(bytes) ?? textKindOf((await decodeText(bytes)) ?? "", file);
  if (!kind) throw new Error("nothing to take apart");
  const { notes, ...document } = await readFile({ ...file, kind });
  return { ...document, notes: notes.map((note) => put(sentenceOf(note), english)) };
}
