import { splitGraphemes } from "./graphemes.ts";

/** East Asian wide and fullwidth characters (Unicode's EastAsianWidth W and F), without emoji. */
const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18aff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;
const emoji =
  /^(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|[0-9#*]\ufe0f?\u20e3|\p{Regional_Indicator}{2})/u;
const invisible = /^[\p{Cc}\p{Cf}\p{M}]+$/u;

/** How many columns a text takes in a monospace font: CJK and emoji two, combining and invisible characters none. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/u.test(text)) return text.length;
  return splitGraphemes(text).reduce((width, grapheme) => width + graphemeWidth(grapheme), 0);
}

function graphemeWidth(grapheme: string): number {
  if (invisible.test(grapheme)) return 0;
  return wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1;
}

/** The lines of a text, each at most so many columns wide, broken at spaces or, within a longer word, between graphemes. */
export function wrapText(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => (displayWidth(line) <= width ? [line] : wrapLine(line, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(/(?<=\s)(?=\S)/u).flatMap((word) => piecesOf(word, width))) {
    if (current !== "" && displayWidth((current + word).trimEnd()) > width) {
      lines.push(current.trimEnd());
      current = "";
    }
    current += word;
  }
  return [...lines, current.trimEnd()];
}

function piecesOf(word: string, width: number): string[] {
  if (displayWidth(word.trimEnd()) <= width) return [word];
  const pieces: string[] = [""];
  for (const grapheme of splitGraphemes(word)) {
    const piece = `${pieces.at(-1)}${grapheme}`;
    if (piece === grapheme || displayWidth(piece.trimEnd()) <= width) pieces[pieces.length - 1] = piece;
    else pieces.push(grapheme);
  }
  return pieces;
}
