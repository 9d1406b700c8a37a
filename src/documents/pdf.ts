import type { Section } from "./document.ts";
import { openPdf, type Pdf } from "./pdfium.ts";
import { encodePng } from "./png.ts";
import type { PageScan, Reading } from "./reading.ts";
import { Refusal, type Said, say } from "./said.ts";

const mostPages = 3000;
/** Each takes OCR a second or two. */
const mostScans = 40;
/** What OCR reads best, and no more than it takes. */
const scanSize = { dpi: 200, pixels: 8_000_000 };
/** Fewer letters than this are a page number or a stamp on a picture. */
const fewLetters = 12;
/** A longer table of contents names no more pages. */
const mostOutlineEntries = 5000;

/** The text of each page; pages that are pictures come along as such, up to a number. Throws Refusal. */
export async function readPdf(bytes: Uint8Array): Promise<Reading> {
  const pdf = await openPdf(bytes);
  const count = Math.min(pdf.pageCount, mostPages);
  const titles = new Map(
    pdf
      .outline(mostOutlineEntries)
      .toReversed()
      .map(({ page, title }) => [page, title]),
  );
  const sections: Section[] = [];
  const scans: PageScan[] = [];
  let scanned = 0;
  for (let page = 0; page < count; page++) {
    const text = textOf(pdf, page);
    if (letters(text) < fewLetters) {
      const picture = scans.length < mostScans ? pictureOf(pdf, page) : undefined;
      if (picture) scans.push({ section: sections.length, png: picture });
      if (picture || scans.length >= mostScans) scanned += 1;
    }
    const title = titles.get(page);
    sections.push({ label: `p. ${page + 1}`, ...(title !== undefined && { title }), text });
  }
  if (sections.length === 0) throw new Refusal(say("damaged", "PDF"));
  const notes: Said[] = count < pdf.pageCount ? [say("pagesLeftOut", count, pdf.pageCount)] : [];
  return { kind: "PDF", ...metaOf(pdf), unit: "page", sections, notes, scans, scanned };
}

function metaOf(pdf: Pdf): { readonly title?: string; readonly author?: string } {
  const [title, author] = [pdf.meta("Title"), pdf.meta("Author")];
  // Programs put the name of the file there that they made it from.
  const isTitle = title !== "" && !/\.\w{2,5}$|^untitled/iu.test(title);
  return { ...(isTitle && { title }), ...(author !== "" && { author }) };
}

/** A page that can't be opened is an empty one: the others can be. */
function textOf(pdf: Pdf, page: number): string {
  try {
    return tidy(pdf.text(page));
  } catch {
    return "";
  }
}

/** Hyphens at the ends of lines come as U+FFFE or U+0002, and are none of the word's. */
const tidy = (text: string): string =>
  text
    .replaceAll("\u0002", "\ufffe")
    .replaceAll(/\ufffe(?:\r?\n)?/gu, "")
    .replaceAll(/\r\n?/gu, "\n")
    .replaceAll(/[^\S\n]+$/gmu, "")
    .replaceAll(/\n{3,}/gu, "\n\n")
    .trim();

/** Without those that stand for no letter: a font that does not say what it shows leaves such behind. */
const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;

/** Undefined where there is nothing to be seen. */
function pictureOf(pdf: Pdf, page: number): Uint8Array | undefined {
  try {
    const bitmap = pdf.render(page, scanSize);
    const [first] = bitmap.data;
    return bitmap.data.every((grey) => grey === first) ? undefined : encodePng(bitmap);
  } catch {
    return undefined;
  }
}
