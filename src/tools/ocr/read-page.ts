import { findInk } from "./ink.ts";
import {
  type Cell,
  type MixedLine,
  mixLines,
  mixWords,
  ownLetter,
  readCells,
  worthOf,
} from "./mixed-line.ts";
import { type Box, boundsOf, crop, enlarge, heightOf, pad, type Pixels, widthOf } from "./pixels.ts";
import type { Layout, Recognize, RecognizedLine, RecognizedWord } from "./recognizer.ts";
import { emptyTranscript, lettersIn, strengthOf, toTranscript, type Transcript } from "./transcript.ts";

/** Latin letters, digits and signs stand on pages in any language: English is read along with each. */
const latin = "eng";
/** Below this a line is in another language, or hard to read. */
const doubtful = 70;
/** From here on a reading is taken without trying the other layout. */
const sureEnough = 85;
/** The most doubtful places of a page that are looked at again: each takes some 30 ms. */
const mostSecondLooks = 16;

/** A number with a unit. */
const isAmount = /^\d[\d.,%]*\p{L}{0,2}[\d.,%]*$/u;
/** How much a doubtful place is enlarged, once and again. */
const secondLooks = [1, 1.6];

/** How a page is laid out: the ways to try, in order, until one reads surely. */
export type Layouts = readonly [Layout, ...Layout[]];

/** Lines across the whole width; where that reads badly, columns. */
export const screenLayouts: Layouts = ["block", "page"];
/** A photo's texture would pass for a block of text, and take long to read. */
export const photoLayouts: Layouts = ["page"];

/** Reads a document, a label or a screen, which may mix one of `languages` with English. */
export async function readPage(
  page: { readonly gray: Pixels; readonly layouts: Layouts },
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  let best: Transcript = emptyTranscript;
  for (const layout of page.layouts) {
    const reading = await readLayout({ ...page, layout }, languages, recognize);
    if (strengthOf(reading.lines) > strengthOf(best.lines)) best = reading;
    if (best.confidence >= sureEnough) break;
  }
  return withoutDirt(best);
}

async function readLayout(
  { gray, layout }: { readonly gray: Pixels; readonly layout: Layout },
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  const others = languages.filter((language) => language !== latin);
  const [only, ...more] = others;
  if (!languages.includes(latin)) {
    const read = only === undefined ? [] : await recognize(gray, only, layout);
    return toTranscript(only ?? "", read);
  }
  const lines = await recognize(gray, latin, layout);
  const hard = lines.filter(({ confidence, text }) => confidence < doubtful && text.trim().length > 1);
  if (only === undefined || hard.length === 0) return toTranscript(latin, lines);
  const other =
    more.length === 0 ? only : await chooseLanguage(gray, { lines: hard, languages: others }, recognize);
  if (other === undefined) return toTranscript(latin, lines);
  const mixed = mixLines(lines, await recognize(gray, other, layout));
  const looked = await lookAgain(mixed, { gray, other }, recognize);
  return toTranscript(`${other}+${latin}`, looked.map(readCells));
}

/** Beside sure lines, what is short and hardly read is the edge of a sheet, or dirt. */
function withoutDirt(page: Transcript): Transcript {
  if (page.confidence < doubtful) return page;
  const lines = page.lines.filter(({ text, confidence }) => confidence >= 50 || lettersIn(text) > 4);
  return toTranscript(page.language, lines);
}

/** The language that reads best what English could not: the widest of those places decide. */
async function chooseLanguage(
  gray: Pixels,
  hard: { lines: readonly RecognizedLine[]; languages: readonly string[] },
  recognize: Recognize,
): Promise<string | undefined> {
  const widest = hard.lines
    .flatMap(hardPlaces)
    .toSorted((a, b) => widthOf(b) - widthOf(a))
    .slice(0, 4);
  const { ground } = findInk(gray);
  const samples = widest.map((box) => pad(crop(gray, box, 3), 12, ground));
  const results = await Promise.all(
    hard.languages.map(async (language) => {
      const lines = await Promise.all(samples.map((sample) => recognize(sample, language, "line")));
      const words = lines.flat().flatMap((line) => line.words);
      return { language, strength: strengthOf(words.filter(({ text }) => ownLetter.test(text))) };
    }),
  );
  const best = results.toSorted((a, b) => b.strength - a.strength)[0];
  return best === undefined || best.strength === 0 ? undefined : best.language;
}

/** Where several words side by side could hardly be read; amounts tell nothing of the language. */
function hardPlaces({ words, box }: RecognizedLine): Box[] {
  const runs: Box[] = [];
  let run: RecognizedWord[] = [];
  for (const word of [...words, undefined]) {
    if (word !== undefined && word.confidence < doubtful) run.push(word);
    else {
      if (run.some(({ text }) => !isAmount.test(text)))
        runs.push({ ...boundsOf(run.map((each) => each.box)), top: box.top, bottom: box.bottom });
      run = [];
    }
  }
  return runs;
}

/** Reads the doubtful places by themselves: beside letters of another script, the best reader sees ghosts. */
async function lookAgain(
  lines: readonly MixedLine[],
  { gray, other }: { gray: Pixels; other: string },
  recognize: Recognize,
): Promise<readonly MixedLine[]> {
  const { ground } = findInk(gray);
  let looks = 0;
  const look = async (line: MixedLine, cell: Cell): Promise<readonly Cell[]> => {
    const { left, right } = cell.box;
    const place = pad(crop(gray, { left, right, top: line.top, bottom: line.bottom }, 3), 12, ground);
    let best: MixedLine | undefined;
    for (const factor of secondLooks) {
      const sample = factor === 1 ? place : enlarge(place, factor);
      const read = (language: string): Promise<RecognizedWord[]> =>
        recognize(sample, language, "line").then((found) => found.flatMap(({ words }) => words));
      const isOwn = cell.words.some(({ text }) => ownLetter.test(text) || !isAmount.test(text));
      const [english, own] = await Promise.all([read(latin), isOwn ? read(other) : []]);
      const mixed = mixWords(english, own);
      if (worthOf(mixed) > (best ? worthOf(best) : cell.worth))
        best = placeAt(mixed, { factor, left: left - 15 });
    }
    return best?.cells ?? [cell];
  };
  return Promise.all(
    lines.map(async (line) => {
      const cells = joinDoubtful(line).map(async (cell) =>
        cell.isDoubtful && ++looks <= mostSecondLooks ? look(line, cell) : [cell],
      );
      return { ...line, cells: (await Promise.all(cells)).flat() };
    }),
  );
}

/** Doubtful places side by side are one: a word may have been cut where it was misread. */
function joinDoubtful(line: MixedLine): Cell[] {
  const joined: Cell[] = [];
  for (const cell of line.cells) {
    const last = joined.at(-1);
    const isClose = last !== undefined && cell.box.left - last.box.right < heightOf(line);
    if (!last?.isDoubtful || !cell.isDoubtful || !isClose) joined.push(cell);
    else
      joined[joined.length - 1] = {
        words: [...last.words, ...cell.words],
        box: boundsOf([last.box, cell.box]),
        worth: (last.worth + cell.worth) / 2,
        isDoubtful: true,
      };
  }
  return joined;
}

/** What was read in a cut and enlarged picture, where it stands on the page; for how far it is from others, rows don't matter. */
function placeAt(line: MixedLine, { factor, left }: { factor: number; left: number }): MixedLine {
  const move = (box: Box): Box => ({
    ...box,
    left: left + box.left / factor,
    right: left + box.right / factor,
  });
  const cells = line.cells.map((cell) => ({
    ...cell,
    box: move(cell.box),
    words: cell.words.map((word) => ({ ...word, box: move(word.box) })),
  }));
  return { ...line, cells };
}
