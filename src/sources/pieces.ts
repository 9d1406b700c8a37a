import { sliceText } from "../text/slice.ts";

/** About as much as a claim rests on, in letters. */
const pieceLetters = 900;

/** Markdown in pieces small enough to be cited, whole paragraphs where they fit; a heading goes with what follows it. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let open = "";
  const close = (): void => {
    if (open.trim() !== "") pieces.push(open.trim());
    open = "";
  };
  for (const block of text.split(/\n{2,}/u)) {
    const isHeading = /^#{1,6}\s/u.test(block);
    const isHeaded = /^#{1,6}\s[^\n]*$/u.test(open);
    if (!isHeaded && (isHeading || open.length + block.length > pieceLetters)) close();
    for (const part of block.length > 2 * pieceLetters
      ? sliceText(block, pieceLetters).map(([from, to]) => block.slice(from, to))
      : [block]) {
      if (open.length > 0 && open.length + part.length > 2 * pieceLetters) close();
      open += `${open === "" ? "" : "\n\n"}${part}`;
    }
  }
  close();
  return pieces;
}
