import type { Action } from "../chat.ts";
import type { Words } from "../words/words.ts";
import type { Otherwise } from "./otherwise.ts";
import type { PictureText } from "./transcript.ts";

/** The message that shows a person what was read in a picture, so that they can correct it. */
export function transcriptMessage(
  { picture, lines, doubtful, isCorrected }: PictureText,
  {
    words: { files },
    of,
    otherwise = [],
  }: { readonly words: Words; readonly of: number; readonly otherwise?: readonly Otherwise[] },
): string {
  const title = isCorrected ? files.correctedTranscript(picture, of) : files.transcript(picture, of);
  const quote = lines.map((text, index) => {
    const isDisputed = otherwise.some(({ line }) => line === index + 1);
    return isDisputed ? `> ${text} ⚠️` : `> ${text}`;
  });
  const notes = otherwise.map(({ line, text }) => files.readsOtherwise(line, lines.length, text));
  if (doubtful.length > 0) notes.unshift(files.hardToRead(doubtful, lines.length));
  return [title, ...quote, ...(notes.length > 0 ? [""] : []), ...notes].join("\n");
}

/** The button under it, which tells how. */
export const fixAction = ({ files }: Words): Action => ({ token: "fix", label: files.fix });

/** How to correct it, with the lines to copy. `isNext`: no reply says which message it is to, so the next one counts. */
export function hintMessage(
  { lines }: PictureText,
  { words: { files }, isNext }: { readonly words: Words; readonly isNext: boolean },
): string {
  const numbered = lines.map((line, index) => (lines.length === 1 ? line : `${index + 1}: ${line}`));
  return [files.howToFix(lines.length, isNext), "```", ...numbered, "```"].join("\n");
}
