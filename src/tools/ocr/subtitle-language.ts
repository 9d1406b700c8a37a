import type { Pixels } from "./pixels.ts";
import { gatherPlaces } from "./mixed-line.ts";
import type { Recognize, RecognizedWord } from "./recognizer.ts";
import { type ReadLine, weakestOf } from "./transcript.ts";

/** A line of a subtitle as one language reads it. */
export interface LineReading extends ReadLine {
  /** Tesseract's name. */
  readonly language: string;
  readonly words: readonly RecognizedWord[];
}

/** From here on no other language is asked. */
const sure = 88;

/** What a language is written in, where that tells it from the others. */
const scripts: Readonly<Record<string, RegExp>> = {
  kor: /\p{Script=Hangul}/u,
  jpn: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  chi_sim: /\p{Script=Han}/u,
  chi_tra: /\p{Script=Han}/u,
};

/** Each of these reads the other's characters as its own. */
const chinese: readonly string[] = ["chi_sim", "chi_tra"];

/**
 * Reads lines that belong together, each in the language that reads it best: the longest is tried in all, the others in
 * the one that it is in first. Simplified and traditional Chinese are told apart by all lines together.
 */
export async function readLines(
  lines: readonly Pixels[],
  languages: readonly string[],
  recognize: Recognize,
): Promise<LineReading[]> {
  const main = lines.toSorted((a, b) => b.width - a.width)[0];
  if (main === undefined) return [];
  const first = await readFirst(main, languages, recognize);
  const likely = bestOf(first)?.language;
  const read = await Promise.all(
    lines.map(async (line) => {
      if (line === main) return first;
      const own = likely === undefined ? [] : await readInAll(line, alikeIn(languages, likely), recognize);
      const best = bestOf(own);
      return best !== undefined && best.confidence >= sure && isInItsScript(best)
        ? own
        : [...own, ...(await readInAll(line, without(languages, own), recognize))];
    }),
  );
  const other = notMeant(read);
  return read.flatMap(
    (readings) =>
      bestOf(
        readings.filter(({ language }) => language !== other),
        likely,
      ) ?? [],
  );
}

const alikeIn = (languages: readonly string[], language: string): readonly string[] =>
  chinese.includes(language) ? languages.filter((each) => chinese.includes(each)) : [language];

const without = (languages: readonly string[], read: readonly LineReading[]): readonly string[] =>
  languages.filter((language) => !read.some((reading) => reading.language === language));

/** A Latin line reads well in many languages: one of another script knows only its letters. */
const isInItsScript = ({ text, language }: LineReading): boolean => scripts[language]?.test(text) !== false;

/** How much surer another language has to be than the one that its neighbours are in. */
const ownLead = 10;

function bestOf(readings: readonly LineReading[], likely?: string): LineReading | undefined {
  const worth = (reading: LineReading): number =>
    reading.confidence +
    (reading.language === likely ? ownLead : 0) -
    (isInItsScript(reading) ? 0 : 2 * ownLead);
  return readings.toSorted((a, b) => worth(b) - worth(a))[0];
}

/** How much surer traditional Chinese has to be where the two differ: it is the rarer one. */
const lead = 4;

/**
 * The Chinese that these lines are not in. As a whole each model is about as sure of the other's text; where they read
 * other characters, the wrong one hesitates.
 */
function notMeant(lines: readonly (readonly LineReading[])[]): string | undefined {
  const differences = lines.flatMap((readings) => {
    const [simplified, traditional] = chinese.map(
      (language) => readings.find((reading) => reading.language === language)?.words ?? [],
    );
    return gatherPlaces(simplified ?? [], traditional ?? []).flatMap(([one, other]) =>
      one.length > 0 && other.length > 0 && textOf(one) !== textOf(other)
        ? [leastOf(one) - leastOf(other)]
        : [],
    );
  });
  if (differences.length === 0) return undefined;
  const mean = differences.reduce((sum, difference) => sum + difference, 0) / differences.length;
  return mean > -lead ? "chi_tra" : "chi_sim";
}

const textOf = (words: readonly RecognizedWord[]): string =>
  words.map(({ text }) => text.replaceAll(/[^\p{L}\p{N}]/gu, "")).join("");

const leastOf = (words: readonly RecognizedWord[]): number =>
  Math.min(...words.map(({ confidence }) => confidence));

/** What English reads surely is in no other script, and what Korean does is no Chinese: those need not be tried. */
async function readFirst(
  line: Pixels,
  languages: readonly string[],
  recognize: Recognize,
): Promise<LineReading[]> {
  if (!languages.includes("eng")) return readInAll(line, languages, recognize);
  const english = await readIn(line, "eng", recognize);
  const isLatin = english.confidence >= sure;
  const others = languages.filter((language) => language !== "eng" && !(isLatin && language in scripts));
  const isVariant = (language: string): boolean => language === "chi_tra" && others.includes("chi_sim");
  const variants = others.filter(isVariant);
  const early = others.filter((language) => !isVariant(language));
  const read = [english, ...(await readInAll(line, early, recognize))];
  const best = bestOf(read);
  const isKorean = best?.language === "kor" && best.confidence >= sure;
  return isKorean ? read : [...read, ...(await readInAll(line, variants, recognize))];
}

async function readInAll(
  line: Pixels,
  languages: readonly string[],
  recognize: Recognize,
): Promise<LineReading[]> {
  return Promise.all(languages.map((language) => readIn(line, language, recognize)));
}

async function readIn(line: Pixels, language: string, recognize: Recognize): Promise<LineReading> {
  const found = await recognize(line, language, "line");
  const words = found.flatMap((each) => each.words);
  const text = found.map((each) => each.text.trim()).join(" ");
  return {
    // No subtitle has a bar: it is a capital I without serifs.
    text: language === "eng" ? text.replaceAll("|", "I") : text,
    confidence: Math.max(0, ...found.map(({ confidence }) => confidence)),
    language,
    words,
    weakest: weakestOf(words),
  };
}
