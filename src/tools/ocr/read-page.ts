import { crop, heightOf, type Pixels } from "./pixels.ts";
import type { Layout, Recognize, RecognizedLine } from "./recognizer.ts";
import { emptyTranscript, strengthOf, toTranscript, type Transcript } from "./transcript.ts";

/** Latin letters, digits and signs stand on pages in any language: English is read along with each. */
const latin = "eng";
/** Below this a line is in another language, or hard to read. */
const doubtful = 70;
/** From here on a reading is taken without trying the other layout. */
const sureEnough = 90;

/** How a page is laid out: the ways to try, in order, until one reads surely. */
export type Layouts = readonly [Layout, ...Layout[]];

/** Lines across the whole width; where that reads badly, columns or tilted lines. */
export const screenLayouts: Layouts = ["block", "page"];
/** A photo's texture would pass for a block of text, and take long to read. */
export const photoLayouts: Layouts = ["page"];

/** Reads a document, a label or a screen, which may mix one of `languages` with English. */
export async function readPage(
  page: { readonly gray: Pixels; readonly layouts: Layouts },
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  const others = languages.filter((language) => language !== latin);
  const withLatin = (language: string): string =>
    languages.includes(latin) ? `${language}+${latin}` : language;
  const [only, ...more] = others;
  if (only === undefined) return readLayouts(page, latin, recognize);
  if (more.length === 0) return readLayouts(page, withLatin(only), recognize);

  const first = await recognize(page.gray, languages.includes(latin) ? latin : only, page.layouts[0]);
  const hard = first.filter(({ confidence, text }) => confidence < doubtful && text.trim().length > 1);
  const other = await chooseLanguage(page.gray, { lines: hard, languages: others }, recognize);
  return readLayouts(page, other === undefined ? latin : withLatin(other), recognize);
}

/** The language that reads best what English could not: the longest of the hard lines decide. */
async function chooseLanguage(
  gray: Pixels,
  hard: { lines: readonly RecognizedLine[]; languages: readonly string[] },
  recognize: Recognize,
): Promise<string | undefined> {
  const longest = hard.lines
    .toSorted((a, b) => b.box.right - b.box.left - (a.box.right - a.box.left))
    .slice(0, 3);
  const samples = longest.map(({ box }) => crop(gray, box, Math.round(heightOf(box) / 3)));
  const results = await Promise.all(
    hard.languages.map(async (language) => {
      const lines = await Promise.all(samples.map((sample) => recognize(sample, language, "block")));
      return { language, strength: strengthOf(lines.flat()) };
    }),
  );
  const best = results.toSorted((a, b) => b.strength - a.strength)[0];
  return best === undefined || best.strength === 0 ? undefined : best.language;
}

async function readLayouts(
  { gray, layouts }: { readonly gray: Pixels; readonly layouts: Layouts },
  language: string,
  recognize: Recognize,
): Promise<Transcript> {
  let best: Transcript | undefined;
  for (const layout of layouts) {
    const reading = toTranscript(language, await recognize(gray, language, layout));
    if (best === undefined || strengthOf(reading.lines) > strengthOf(best.lines)) best = reading;
    if (best.confidence >= sureEnough) break;
  }
  return best ?? emptyTranscript;
}
