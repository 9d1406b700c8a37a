/** What stands in a picture. */
export interface Transcript {
  /** The lines joined by line breaks; empty when no text was found. */
  readonly text: string;
  /** Tesseract's name of the language it was read in, e.g. `kor`; `kor+eng` for a page that mixes both. */
  readonly language: string;
  /** How sure the reading is, 0 to 100: the lines' mean, weighted by their length. */
  readonly confidence: number;
  readonly lines: readonly TranscriptLine[];
}

export interface TranscriptLine extends ReadLine {
  /** Worth a look by someone who sees the picture: it, or a word of it, is hard to read. */
  readonly isDoubtful: boolean;
}

/** A line as it was read. */
export interface ReadLine {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  /** Of its least sure word. */
  readonly weakest?: number;
}

/** Below these a line is doubtful: as a whole, or for one word of it. */
const [doubtfulLine, doubtfulWord] = [75, 60];

/** How sure the least sure of these words is; of those that say something. */
export function weakestOf(words: readonly ReadLine[]): number {
  return Math.min(100, ...words.flatMap(({ text, confidence }) => (lettersIn(text) > 0 ? [confidence] : [])));
}

export const emptyTranscript: Transcript = { text: "", language: "", confidence: 0, lines: [] };

/** Scripts written without spaces, between which Tesseract puts some all the same. */
const unspaced =
  "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー、。，．！？：；…「」『』（）《》〈〉]";
const falseSpace = new RegExp(
  `(?<=${unspaced})\\s+(?=${unspaced}|[,.!?])|(?<=[,.!?])\\s+(?=${unspaced})`,
  "gu",
);
/** Their sentences end in wide marks, of which Tesseract often makes narrow ones. */
const narrowMark = new RegExp(`(?<=${unspaced})[!?]`, "gu");
const wideMarks: Readonly<Record<string, string>> = { "!": "！", "?": "？" };

/** A nought that passed for a letter: nobody writes so before a unit. */
const falseLetter = /(?<![\p{L}\p{N}])O(?=(?:[mkµ]|mc)?[gl]\b|\s?%)/gu;

/** Tidies what was read: no false spaces, no lines without a letter or digit. */
export function toTranscript(language: string, read: readonly ReadLine[]): Transcript {
  const lines = read
    .map(({ text, confidence, weakest = 100 }) => ({
      text: tidyLine(text),
      confidence: Math.round(confidence),
      weakest: Math.round(weakest),
      isDoubtful: confidence < doubtfulLine || weakest < doubtfulWord,
    }))
    .filter(({ text }) => lettersIn(text) > 0);
  const length = lines.reduce((sum, { text }) => sum + text.length, 0);
  const weighed = lines.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0);
  return {
    text: lines.map(({ text }) => text).join("\n"),
    language,
    confidence: length === 0 ? 0 : Math.round(weighed / length),
    lines,
  };
}

/** How much was read, and how surely: compares readings of one picture. What is mere guessing counts nothing. */
export function strengthOf(lines: readonly ReadLine[]): number {
  return lines.reduce((sum, { text, confidence }) => sum + lettersIn(text) * Math.max(0, confidence - 60), 0);
}

/** Letters and digits of any script. */
export function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Wide gaps are columns and stay visible. */
function tidyLine(text: string): string {
  return text
    .trim()
    .replaceAll(falseSpace, "")
    .replaceAll(falseLetter, "0")
    .replaceAll(narrowMark, (mark) => wideMarks[mark] ?? mark)
    .replaceAll(/\s{2,}/gu, "  ");
}
