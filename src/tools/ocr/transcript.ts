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

export interface TranscriptLine {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
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

/** Tidies what was read: no false spaces, no lines without a letter or digit. */
export function toTranscript(language: string, read: readonly TranscriptLine[]): Transcript {
  const lines = read
    .map(({ text, confidence }) => ({ text: tidyLine(text), confidence: Math.round(confidence) }))
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
export function strengthOf(lines: readonly TranscriptLine[]): number {
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
    .replaceAll(narrowMark, (mark) => wideMarks[mark] ?? mark)
    .replaceAll(/\s{2,}/gu, "  ");
}
