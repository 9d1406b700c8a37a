/** The most characters shown on either side of the caret. */
const reach = 60;

const wide =
  /[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
// Hangul vowels and finals join the letter before them, as combining marks do.
const joining = /[\p{Mn}\p{Me}\p{Cf}\u{1160}-\u{11FF}]/u;
// Keeps tabs: both lines have them at the same place.
// oxlint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/gu;

/** The line and, under it, a caret at `column` (from 1, in UTF-16 units); a long line is cut to what stands round it. */
export function excerpt(line: string, column: number): [line: string, caret: string] {
  const before = Array.from(visible(line.slice(0, column - 1)));
  const after = Array.from(visible(line.slice(column - 1)));
  const head = before.length > reach ? ["…", ...before.slice(1 - reach)] : before;
  const tail = after.length > reach ? [...after.slice(0, reach - 1), "…"] : after;
  const indent = head.map((character) => (character === "\t" ? "\t" : " ".repeat(columnsOf(character))));
  return [[...head, ...tail].join("").trimEnd(), `${indent.join("")}^`];
}

function visible(text: string): string {
  return text.replaceAll(control, "\u{FFFD}");
}

/** How many columns of a terminal a character fills. */
function columnsOf(character: string): number {
  if (joining.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
