/** Where the text of one call meets what was said before it. */
export interface Seam {
  /** What of the text so far is new. Held back while it may be a repetition, and while its last character is half. */
  push(piece: string): string;
  /** The rest, when the text has ended. */
  end(): string;
}

/**
 * Joins the text of a new call to what was said: a beginning that repeats the end of it is left out. Who is asked to
 * go on begins with the last words again, with the whole answer, or just goes on; all of this comes to the same text.
 */
export function createSeam(said: string): Seam {
  let isJoined = said === "";
  let held = "";

  /** A character outside the basic plane may come in two pieces. */
  function whole(text: string): string {
    const last = text.charCodeAt(text.length - 1);
    const isHalf = last >= 0xd800 && last <= 0xdbff;
    held = isHalf ? text.slice(-1) : "";
    return isHalf ? text.slice(0, -1) : text;
  }

  function join(): string {
    isJoined = true;
    return withoutRepetition(said, held);
  }

  return {
    push(piece) {
      if (isJoined) return whole(held + piece);
      held += piece;
      const mayGoOn = said.includes(held) || said.includes(held.replace(lead, ""));
      return mayGoOn ? "" : whole(join());
    },
    end() {
      const rest = isJoined ? held : join();
      held = "";
      return rest;
    },
  };
}

/** What may stand before repeated words. */
const lead = /^(?:\s|…|\.\.\.)+/u;

function withoutRepetition(said: string, text: string): string {
  const length = overlap(said, text);
  if (length > 0) return text.slice(length);
  const bare = text.replace(lead, "");
  const behind = bare.length < text.length ? overlap(said, bare) : 0;
  if (isCertain(said, behind)) return bare.slice(behind);
  // The same words, but other space behind them.
  const words = said.trimEnd();
  const before = words.length < said.length ? overlap(words, text) : 0;
  return isCertain(words, before) ? withoutSpaceTwice(said, text.slice(before)) : text;
}

function isCertain(said: string, length: number): boolean {
  return length >= longLength || startsWord(said, length);
}

function withoutSpaceTwice(said: string, rest: string): string {
  return rest.replace(said.endsWith("\n") ? /^[^\S\n]*\n+/u : /^[^\S\n]+/u, "");
}

/** How much of the text's beginning repeats the end of what was said, in UTF-16 units. */
function overlap(said: string, text: string): number {
  for (let length = Math.min(said.length, text.length); length > 0; length--) {
    if (said.endsWith(text.slice(0, length)) && isRepetition(said, length)) return length;
  }
  return 0;
}

/** So much alike, in UTF-16 units, is no chance. */
const longLength = 8;
const word = /[\p{L}\p{M}\p{N}]/u;
/** Scripts whose single characters are written, and repeated, as words are. */
const wordCharacter =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether the end of what was said is likely to be said again, rather than alike by chance ("hel" and "lo"). */
function isRepetition(said: string, length: number): boolean {
  const repeated = said.slice(-length);
  if (repeated.trim() === "") return isSpaceTwice(said, repeated);
  return isCertain(said, length) || wordCharacter.test(repeated);
}

/** Between words one space is enough, between paragraphs one empty line; at a line's start all of it counts. */
function isSpaceTwice(said: string, repeated: string): boolean {
  if (repeated.includes("\n")) return said.endsWith("\n\n");
  return /\S[^\S\n]+$/u.test(said);
}

/** Whether a word begins so far from the end. Signs alone ("**", "…") are no words. */
function startsWord(said: string, length: number): boolean {
  const tail = length === 0 ? "" : said.slice(-length);
  return word.test(tail) && !(word.test(tail.charAt(0)) && word.test(said.charAt(said.length - length - 1)));
}
