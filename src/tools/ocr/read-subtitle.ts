import { invert, type Pixels } from "./pixels.ts";
import { columnsAsLines } from "./columns.ts";
import type { Recognize } from "./recognizer.ts";
import { type LineReading, readLines } from "./subtitle-language.ts";
import { maskSubtitles, type MaskLimits, relaxedLimits, shadowLimits, tightLimits } from "./subtitle-mask.ts";
import { emptyTranscript, lettersIn, strengthOf, toTranscript, type Transcript } from "./transcript.ts";

/** From here on a reading is taken without looking for a better one. */
const sureEnough = 85;

/** How subtitles may be set, the most common first: light with an outline, small or blurred, dark on a light box. */
const ways: readonly { readonly limits: MaskLimits; readonly isDark?: true }[] = [
  { limits: tightLimits },
  { limits: relaxedLimits },
  { limits: tightLimits, isDark: true },
  { limits: shadowLimits },
];

/**
 * Reads the subtitles of a frame, each line in the one of `languages` that fits it best; empty when it shows none. `rgb`
 * has three bytes per pixel.
 */
export async function readSubtitle(
  rgb: Pixels,
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  let best = emptyTranscript;
  for (const { limits, isDark } of ways) {
    const [lines, filled] = maskSubtitles(isDark ? invert(rgb) : rgb, limits);
    const plain = dropSpecks(await readLines(lines, languages, recognize));
    const other = filled && dropSpecks(await readLines(filled, languages, recognize));
    const across = other && strengthOf(other.lines) > strengthOf(plain.lines) ? other : plain;
    const reading = isDark ? across : await readDown(rgb, { limits, across, languages }, recognize);
    if (reading.confidence >= sureEnough && strengthOf(reading.lines) > strengthOf(best.lines))
      return isDark || limits === shadowLimits
        ? reading
        : readRest(rgb, { lines, reading, languages }, recognize);
    if (strengthOf(reading.lines) > strengthOf(best.lines)) best = reading;
  }
  return best;
}

/** How much more ink there has to be for some of the text to be without a ring, and how much more it has to say. */
const [moreInk, moreText] = [1.2, 1.1];

/** Where the scene behind is bright, some letters may have no ring that is seen: half a sentence is read as surely as a whole. */
async function readRest(
  rgb: Pixels,
  given: { lines: readonly Pixels[]; reading: Transcript; languages: readonly string[] },
  recognize: Recognize,
): Promise<Transcript> {
  const { lines, reading, languages } = given;
  const [all] = maskSubtitles(rgb, shadowLimits);
  if (inkIn(all) < inkIn(lines) * moreInk) return reading;
  const whole = dropSpecks(await readLines(all, languages, recognize));
  return strengthOf(whole.lines) > strengthOf(reading.lines) * moreText ? whole : reading;
}

const inkIn = (lines: readonly Pixels[]): number =>
  lines.reduce((sum, { data }) => sum + data.reduce((ink, value) => ink + (value < 128 ? 1 : 0), 0), 0);

/** Scripts that are set in columns too. */
const inColumns: ReadonlySet<string> = new Set(["jpn", "chi_tra", "chi_sim"]);

/** Lines of a sign or two are seldom lines: read as columns, they may be more. */
async function readDown(
  rgb: Pixels,
  { limits, across, languages }: { limits: MaskLimits; across: Transcript; languages: readonly string[] },
  recognize: Recognize,
): Promise<Transcript> {
  const own = languages.filter((language) => inColumns.has(language));
  const perLine = lettersIn(across.text) / Math.max(1, across.lines.length);
  if (own.length === 0 || perLine >= 3) return across;
  const down = dropSpecks(await readLines(columnsAsLines(rgb, limits), own, recognize));
  return strengthOf(down.lines) > strengthOf(across.lines) ? down : across;
}

/** Beside a sure line, what is doubtful, or short and not sure, is a speck of the picture that passed for text. */
function dropSpecks(lines: readonly LineReading[]): Transcript {
  const best = Math.max(...lines.map(({ confidence }) => confidence));
  const least = (text: string): number => (lettersIn(text) <= 3 ? 75 : 40);
  const kept = best < 75 ? lines : lines.filter(({ text, confidence }) => confidence >= least(text));
  const languages = new Set(kept.map(({ language }) => language).filter((language) => language !== ""));
  return toTranscript([...languages].join("+"), kept);
}
