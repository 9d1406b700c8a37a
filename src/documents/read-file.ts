import { gunzip, isTar, listTar, listZip } from "./archive.ts";
import { chaptersOfMarkdown } from "./chapters.ts";
import { decodeText } from "./decode.ts";
import { fileKindOf } from "./kind.ts";
import { type Package, openPackage } from "./package.ts";
import type { Reading, ReadingTask } from "./reading.ts";
import { orDamaged, Refusal, say } from "./said.ts";
import { readPlainText, textKindOf } from "./text.ts";
import { openZip } from "./zip.ts";

/** Reads a file of a kind that takes more than to look at it; each format is loaded when it comes. Throws Refusal. */
export async function readFile(task: ReadingTask): Promise<Reading> {
  const { bytes } = task;
  switch (task.kind) {
    case "pdf":
      return orDamaged("PDF", async () => (await import("./pdf.ts")).readPdf(bytes));
    case "rtf":
      return orDamaged("RTF", async () => (await import("./rtf.ts")).readRtf(bytes));
    case "zip":
      return orDamaged("ZIP", () => readZip(bytes));
    case "tar":
      return orDamaged("tar", () => listTar(bytes));
    case "gzip":
      return orDamaged("gzip", () => readGzip(task));
    case "csv":
      return (await import("./csv.ts")).readCsv(await textOf(bytes));
    case "html":
      return readPage(await textOf(bytes));
    default:
      return task.kind satisfies never;
  }
}

async function readPage(text: string): Promise<Reading> {
  const { readHtml } = await import("./html.ts");
  const { markdown, ...head } = readHtml(text);
  return { kind: "HTML", ...head, ...chaptersOfMarkdown(markdown), notes: [] };
}

/** What is in the archive tells what it is; of what is none of these, the names are listed. */
async function readZip(bytes: Uint8Array): Promise<Reading> {
  const entries = await openZip(bytes);
  const names = new Set(entries.map(({ name }) => name));
  const within = async (
    kind: string,
    read: (parts: Package) => Reading | Promise<Reading>,
  ): Promise<Reading> => orDamaged(kind, () => read(openPackage(entries)));
  if (names.has("word/document.xml"))
    return within("DOCX", async (parts) => (await import("./docx.ts")).readDocx(parts));
  if (names.has("xl/workbook.xml"))
    return within("XLSX", async (parts) => (await import("./xlsx.ts")).readXlsx(bytes, parts));
  if (names.has("ppt/presentation.xml"))
    return within("PPTX", async (parts) => (await import("./pptx.ts")).readPptx(parts));
  if (names.has("META-INF/container.xml"))
    return within("EPUB", async (parts) => (await import("./epub.ts")).readEpub(parts));
  if (names.has("content.xml") && names.has("META-INF/manifest.xml"))
    return within("OpenDocument", async (parts) =>
      (await import("./open-document.ts")).readOpenDocument(parts),
    );
  if (names.has("xl/workbook.bin")) throw new Refusal(say("cantRead", "XLSB"));
  return listZip(entries);
}

/** A tar archive is listed; a file packed by itself is read, as long as it is not packed once more. */
async function readGzip({ bytes, name, mimeType }: ReadingTask): Promise<Reading> {
  const unpacked = gunzip(bytes);
  if (isTar(unpacked)) return listTar(unpacked);
  const inner = { bytes: unpacked, name: name.replace(/\.gz$/iu, ""), mimeType };
  const kind = fileKindOf(unpacked);
  if (kind === "gzip") throw new Refusal(say("cantOpen", "gzip in gzip"));
  if (kind !== undefined) return readFile({ ...inner, kind });
  const text = await textOf(unpacked);
  const textKind = textKindOf(text, inner);
  return textKind === undefined ? readPlainText(text, inner) : readFile({ ...inner, kind: textKind });
}

async function textOf(bytes: Uint8Array): Promise<string> {
  const text = (await decodeText(bytes))?.trim();
  if (text === undefined) throw new Refusal(say("neither"));
  if (text === "") throw new Refusal(say("empty"));
  return text;
}
