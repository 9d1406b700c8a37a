import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { init, type WrappedPdfiumModule } from "@embedpdf/pdfium";
import { Refusal, say } from "./said.ts";

/** A grey picture of a page: a byte for each pixel, row after row. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An entry of a PDF's own table of contents. */
export interface OutlineEntry {
  readonly title: string;
  /** From 0. */
  readonly page: number;
}

/** An open PDF; pages count from 0. */
export interface Pdf {
  readonly pageCount: number;
  /** Such as `Title` or `Author`; empty where it has none. */
  meta(tag: string): string;
  outline(most: number): readonly OutlineEntry[];
  /** Throws Error for a page that can't be opened. */
  text(page: number): string;
  /** In so many dots an inch, or fewer where that would be more than so many pixels. */
  render(page: number, most: { readonly dpi: number; readonly pixels: number }): Bitmap;
}

const lockedError = 4;
const greyFormat = 1;
const drawGreyWithNotes = 0x08 | 0x01;
const pointsPerInch = 72;
const bytesPerChar = 2;

/** Opens a PDF with PDFium, which runs as WebAssembly. Throws Refusal for one that is locked or damaged. */
export async function openPdf(bytes: Uint8Array): Promise<Pdf> {
  const binary = createRequire(import.meta.url).resolve("@embedpdf/pdfium/pdfium.wasm");
  const pdfium = await init({ wasmBinary: new Uint8Array(await readFile(binary)).buffer });
  pdfium.PDFiumExt_Init();
  const at = pdfium.pdfium.wasmExports.malloc(bytes.length);
  memoryOf(pdfium).set(bytes, at);
  const document = pdfium.FPDF_LoadMemDocument(at, bytes.length, "");
  if (document === 0)
    throw new Refusal(pdfium.FPDF_GetLastError() === lockedError ? say("locked") : say("damaged", "PDF"));
  return {
    pageCount: pdfium.FPDF_GetPageCount(document),
    meta: (tag) => readString(pdfium, (to, bytes) => pdfium.FPDF_GetMetaText(document, tag, to, bytes)),
    outline: (most) => readOutline(pdfium, document, most),
    text: (page) => withPage(pdfium, { document, page }, (handle) => readText(pdfium, handle)),
    render: (page, most) => withPage(pdfium, { document, page }, (handle) => render(pdfium, handle, most)),
  };
}

function withPage<Result>(
  pdfium: WrappedPdfiumModule,
  { document, page }: { readonly document: number; readonly page: number },
  use: (handle: number) => Result,
): Result {
  const handle = pdfium.FPDF_LoadPage(document, page);
  if (handle === 0) throw new Error(`page ${page} can't be opened`);
  try {
    return use(handle);
  } finally {
    pdfium.FPDF_ClosePage(handle);
  }
}

function readText(pdfium: WrappedPdfiumModule, page: number): string {
  const text = pdfium.FPDFText_LoadPage(page);
  if (text === 0) return "";
  try {
    const count = pdfium.FPDFText_CountChars(text);
    if (count <= 0) return "";
    return withMemory(pdfium, (count + 1) * bytesPerChar, (to) => {
      const written = pdfium.FPDFText_GetText(text, 0, count, to);
      return decode(pdfium, to, written * bytesPerChar);
    });
  } finally {
    pdfium.FPDFText_ClosePage(text);
  }
}

/** Depth first, as it is printed. A damaged one may go round in circles. */
function readOutline(pdfium: WrappedPdfiumModule, document: number, most: number): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const seen = new Set<number>();
  const waiting = [pdfium.FPDFBookmark_GetFirstChild(document, 0)];
  for (let entry = waiting.pop(); entry !== undefined && entries.length < most; entry = waiting.pop()) {
    if (entry === 0 || seen.has(entry)) continue;
    seen.add(entry);
    const bookmark = entry;
    const page = pdfium.FPDFDest_GetDestPageIndex(document, destinationOf(pdfium, document, bookmark));
    const title = readString(pdfium, (to, bytes) => pdfium.FPDFBookmark_GetTitle(bookmark, to, bytes));
    if (page >= 0 && title !== "") entries.push({ title, page });
    waiting.push(pdfium.FPDFBookmark_GetNextSibling(document, bookmark));
    waiting.push(pdfium.FPDFBookmark_GetFirstChild(document, bookmark));
  }
  return entries;
}

function destinationOf(pdfium: WrappedPdfiumModule, document: number, bookmark: number): number {
  const destination = pdfium.FPDFBookmark_GetDest(document, bookmark);
  return destination === 0
    ? pdfium.FPDFAction_GetDest(document, pdfium.FPDFBookmark_GetAction(bookmark))
    : destination;
}

function render(
  pdfium: WrappedPdfiumModule,
  page: number,
  { dpi, pixels }: { readonly dpi: number; readonly pixels: number },
): Bitmap {
  const [across, down] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
  const scale = Math.min(dpi / pointsPerInch, Math.sqrt(pixels / (across * down)));
  const [width, height] = [across, down].map((points) => Math.max(1, Math.floor(points * scale))) as [
    number,
    number,
  ];
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, greyFormat, 0, 0);
  if (bitmap === 0) throw new Error(`no bitmap of ${width} x ${height}`);
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xff_ff_ff_ff);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, drawGreyWithNotes);
    const [from, stride] = [pdfium.FPDFBitmap_GetBuffer(bitmap), pdfium.FPDFBitmap_GetStride(bitmap)];
    const data = new Uint8Array(width * height);
    for (let row = 0; row < height; row++) {
      const start = from + row * stride;
      data.set(memoryOf(pdfium).subarray(start, start + width), row * width);
    }
    return { width, height, data };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

/** What a function writes that tells how many bytes it needs when it is given none. */
function readString(pdfium: WrappedPdfiumModule, write: (to: number, bytes: number) => number): string {
  const bytes = write(0, 0);
  if (bytes <= bytesPerChar) return "";
  return withMemory(pdfium, bytes, (to) => {
    write(to, bytes);
    return decode(pdfium, to, bytes).trim();
  });
}

function withMemory<Result>(pdfium: WrappedPdfiumModule, bytes: number, use: (at: number) => Result): Result {
  const at = pdfium.pdfium.wasmExports.malloc(bytes);
  try {
    return use(at);
  } finally {
    pdfium.pdfium.wasmExports.free(at);
  }
}

/** Its memory as it is now: it moves when it grows. Its types leave it out. */
const memoryOf = ({ pdfium }: WrappedPdfiumModule): Uint8Array =>
  (pdfium as unknown as { readonly HEAPU8: Uint8Array }).HEAPU8;

function decode(pdfium: WrappedPdfiumModule, at: number, bytes: number): string {
  const written = memoryOf(pdfium).slice(at, at + bytes);
  return new TextDecoder("utf-16le").decode(written).replaceAll("\0", "");
}
