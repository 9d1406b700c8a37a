import { type Box, boundsOf, heightOf, widthOf } from "./pixels.ts";
import type { RecognizedLine, RecognizedWord } from "./recognizer.ts";
import { type ReadLine, weakestOf } from "./transcript.ts";

/** One place of a line, by whichever of two languages reads it better. */
export interface Cell {
  readonly words: readonly RecognizedWord[];
  readonly box: Box;
  /** What the reading is worth, -30 to 100: its confidence, less where it reads Latin letters by another script. */
  readonly worth: number;
  /** Asks for a second look. */
  readonly isDoubtful: boolean;
}

/** A line that may mix two scripts. */
export interface MixedLine extends Box {
  readonly cells: readonly Cell[];
}

/** From here on Latin words that look like words are right, whatever the other language makes of them. */
const sureLatin = 88;
/** What letters of its own script count for a reading: no other language's are taken for them. */
const ownBonus = 30;
/** Below this a place is doubtful; below the other there is nothing. */
const doubtful = 80;
const nothing = 40;

/** Letters of any script but the Latin one; the single strokes that Korean is made of stand for none. */
export const ownLetter = /(?![\u3130-\u318f])(?=\p{L})\P{Script=Latin}/u;
/** Signs that stand in the middle of no word or number. */
const oddMiddle = /[^\s][|[\]{}~£¢§=]|[|[\]{}~£¢§=][^\s]/u;

/** Puts the two readings of one page together, line by line: in English, and in a language of another script. */
export function mixLines(latin: readonly RecognizedLine[], own: readonly RecognizedLine[]): MixedLine[] {
  const left = new Set(own);
  const lines = latin.map((line) => {
    const alike = own.filter((other) => left.has(other) && isSameLine(line.box, other.box));
    for (const other of alike) left.delete(other);
    return mixWords(
      line.words,
      alike.flatMap(({ words }) => words),
    );
  });
  const alone = [...left].map(({ words }) => mixWords([], words));
  return [...lines, ...alone].filter(({ cells }) => cells.length > 0).toSorted((a, b) => a.top - b.top);
}

function isSameLine(one: Box, other: Box): boolean {
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) + 1;
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  return across > 0 && down > Math.min(heightOf(one), heightOf(other)) / 2;
}

/** The same of one line's words. */
export function mixWords(latin: readonly RecognizedWord[], own: readonly RecognizedWord[]): MixedLine {
  const cells = gatherPlaces(latin, own)
    .map(chooseReading)
    .filter((cell) => cell !== undefined);
  return { ...boundsOf(cells.map(({ box }) => box)), cells };
}

/** What two languages read in one place. */
type Place = readonly [one: readonly RecognizedWord[], other: readonly RecognizedWord[]];

/** From left to right; words that stand over each other are of one place. */
export function gatherPlaces(
  one: readonly RecognizedWord[],
  other: readonly RecognizedWord[],
): readonly Place[] {
  const isOfOne = new Set(one);
  const places: RecognizedWord[][] = [];
  for (const word of [...one, ...other].toSorted((a, b) => a.box.left - b.box.left)) {
    const last = places.at(-1);
    if (last?.some(({ box }) => shareOfOverlap(box, word.box) > 0.35)) last.push(word);
    else places.push([word]);
  }
  return places.map((words) => [
    words.filter((word) => isOfOne.has(word)),
    words.filter((word) => !isOfOne.has(word)),
  ]);
}

function shareOfOverlap(one: Box, other: Box): number {
  const overlap = Math.min(one.right, other.right) - Math.max(one.left, other.left) + 1;
  return overlap / Math.min(widthOf(one), widthOf(other));
}

function chooseReading([latin, own]: Place): Cell | undefined {
  const [sureOfLatin, sureOfOwn] = [confidenceOf(latin), confidenceOf(own)];
  const isWord = latin.length > 0 && latin.every(({ text }) => !oddMiddle.test(text));
  const isOwn = own.some(({ text }) => ownLetter.test(text));
  const forOwn = isOwn && sureOfOwn >= nothing ? sureOfOwn + ownBonus : sureOfOwn - ownBonus;
  const takesLatin = isWord && (sureOfLatin >= sureLatin || sureOfLatin >= forOwn);
  const words = takesLatin || own.length === 0 ? latin : own;
  if (words.every(({ text }) => text.trim() === "")) return undefined;
  const worth = words === latin ? sureOfLatin : isOwn ? sureOfOwn : sureOfOwn - ownBonus;
  const box = boundsOf([...latin, ...own].map((word) => word.box));
  return { words, box, worth, isDoubtful: worth < doubtful };
}

/** The wider a word, the more it counts. */
function confidenceOf(words: readonly RecognizedWord[]): number {
  const width = words.reduce((sum, { box }) => sum + widthOf(box), 0);
  const weighed = words.reduce((sum, { box, confidence }) => sum + widthOf(box) * confidence, 0);
  return width === 0 ? 0 : weighed / width;
}

/** What a line's reading is worth, place by place. */
export function worthOf({ cells }: MixedLine): number {
  const width = cells.reduce((sum, { box }) => sum + widthOf(box), 0);
  return width === 0 ? 0 : cells.reduce((sum, { box, worth }) => sum + widthOf(box) * worth, 0) / width;
}

/** Its text, with a wide gap where a column ends, and how sure it is. */
export function readCells(line: MixedLine): ReadLine {
  const words = line.cells.flatMap((cell) => cell.words);
  let text = "";
  for (const [index, word] of words.entries()) {
    const before = words[index - 1];
    const gap = before === undefined ? 0 : word.box.left - before.box.right;
    const space = gap > 1.5 * heightOf(line) ? "  " : word.isApart ? " " : "";
    text += index === 0 ? word.text : space + word.text;
  }
  return { text, confidence: confidenceOf(words), weakest: weakestOf(words) };
}
