import { UserError } from "../errors.ts";
import { decodeText } from "./decode.ts";
import type { Document, DocumentReader, SentFile } from "./document.ts";

/** Reads files by what they hold, whatever their names claim. */
export function createDocumentReader(): DocumentReader {
  return {
    async read({ bytes }) {
      return plainText(bytes);
    },
    async stop() {},
  };
}

async function plainText(bytes: SentFile["bytes"]): Promise<Document> {
  if (Buffer.from(bytes.subarray(0, 5)).toString("latin1") === "%PDF-")
    throw new UserError((words) => words.files.noPdf);
  const text = (await decodeText(bytes))?.trim();
  if (text === undefined) throw new UserError((words) => words.files.neither);
  if (text === "") throw new UserError((words) => words.files.empty);
  return { kind: "text", unit: "part", sections: [{ label: "", text }] };
}
