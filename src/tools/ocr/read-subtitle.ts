import type { Pixels } from "./pixels.ts";
import type { Recognize } from "./recognizer.ts";
import { type MaskLimits, maskSubtitles, relaxedLimits, tightLimits } from "./subtitle-mask.ts";
import {
  emptyTranscript,
  lettersIn,
  toTranscript,
  type Transcript,
  type TranscriptLine,
} from "./transcript.ts";

/** From here on a reading is taken without looking for a better one. */
const sureEnough = 85;
/**
 * The model of traditional Chinese reads simplified characters as their traditional forms, and as surely: beside
 * chi_sim it has to be surer by more than this.
 */
const traditionalLead = 10;

/**
 * Reads the subtitles of a frame in the one of `languages` that fits best; empty when it shows none. `rgb` has
 * three bytes per pixel.
 */
export async function readSubtitle(
  rgb: Pixels,
  languages: readonly string[],
  recognize: Recognize,
): Promise<Transcript> {
  const read = async (limits: MaskLimits): Promise<Transcript> => {
    const lines = maskSubtitles(rgb, limits);
    const readings = await Promise.all(
      languages.map(async (language) => {
        const read = await Promise.all(lines.map((line) => recognize(line, language, "line")));
        return toTranscript(language, language === "eng" ? read.flat().map(withoutBars) : read.flat());
      }),
    );
    return dropSpecks(chooseReading(readings));
  };
  const tight = await read(tightLimits);
  if (tight.confidence >= sureEnough) return tight;
  const relaxed = await read(relaxedLimits);
  return relaxed.confidence > tight.confidence ? relaxed : tight;
}

function chooseReading(readings: readonly Transcript[]): Transcript {
  const simplified = readings.some(({ language }) => language === "chi_sim");
  const scoreOf = ({ language, confidence }: Transcript): number =>
    language === "chi_tra" && simplified ? confidence - traditionalLead : confidence;
  return readings.reduce(
    (best, reading) => (scoreOf(reading) > scoreOf(best) ? reading : best),
    emptyTranscript,
  );
}

/** No subtitle has a bar: it is a capital I without serifs. */
function withoutBars(line: TranscriptLine): TranscriptLine {
  return { ...line, text: line.text.replaceAll("|", "I") };
}

/** Beside a sure line, what is doubtful, or short and not sure, is a speck of the picture that passed for text. */
function dropSpecks({ language, lines }: Transcript): Transcript {
  const best = Math.max(...lines.map(({ confidence }) => confidence));
  const least = (text: string): number => (lettersIn(text) <= 3 ? 75 : 40);
  const kept = best < 75 ? lines : lines.filter(({ text, confidence }) => confidence >= least(text));
  return toTranscript(language, kept);
}
