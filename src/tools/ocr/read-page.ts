import { crop, heightOf, type Pixels } from "./pixels.ts";
import type { Layout, Recognize, RecognizedLine } from "./recognizer.ts";
import { strengthOf, toTranscript, type Transcript } from "./transcript.ts";

/** Latin letters, digits and signs stand on pages in any language: English is read along with each. */
const latin = "eng";
/** Below this a line is in another language, or hard to read. */
const doubtful = 70;
/** From here on a reading is taken without trying the other layout. */
const sureEnough = 90;

/** Reads a document, a label or a screen, which may mix one of `languages` with English. */
export async function readPage(
  gray: Pixels,
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  const others = languages.filter((language) => language !== latin);
  const withLatin = (language: string): string =>
    languages.includes(latin) ? `${language}+${latin}` : language;
  const [only, ...more] = others;
  if (only === undefined) return readLayouts(gray, latin, recognize);
  if (more.length === 0) return readLayouts(gray, withLatin(only), recognize);

  const first = await recognize(gray, languages.includes(latin) ? latin : only, "block");
  const hard = first.filter(({ confidence, text }) => confidence < doubtful && text.trim().length > 1);
  const other = await chooseLanguage(gray, { lines: hard, languages: others }, recognize);
  return readLayouts(gray, other === undefined ? latin : withLatin(other), recognize);
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

/** Reads line by line across the whole width; what reads badly so may be tilted or in columns. */
async function readLayouts(gray: Pixels, language: string, recognize: Recognize): Promise<Transcript> {
  const read = async (layout: Layout): Promise<Transcript> =>
    toTranscript(language, await recognize(gray, language, layout));
  const block = await read("block");
  if (block.confidence >= sureEnough) return block;
  const page = await read("page");
  return strengthOf(page.lines) > strengthOf(block.lines) ? page : block;
}
