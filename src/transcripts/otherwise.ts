import type { UserMessage } from "../message.ts";
import { likeness } from "./correction.ts";
import { type PictureText, pictureTexts } from "./transcript.ts";

/** A line that a model which saw the picture wrote otherwise. */
export interface Otherwise {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

/** A picture's text with the lines that were written otherwise. */
export interface Disputed {
  readonly text: PictureText;
  readonly otherwise: readonly Otherwise[];
}

/** From here on two lines are the same line, read in two ways. */
const sameLine = 0.6;
/** The same of what nobody was shown: an answer that rewords what stands there is none that misreads it. */
const sameUnshown = 0.75;
/** Shorter ones are like too much. */
const fewestLetters = 3;

/**
 * Where an answer holds a line of a picture's text in another form: the model saw the picture, and one of the two is wrong.
 * Empty where it saw none; what its sender vouches for is nobody's to doubt.
 */
export function readOtherwise(question: UserMessage, answer: string): Disputed[] {
  if (!question.parts.some(({ type }) => type === "image")) return [];
  const written = answer
    .split("\n")
    .map(plain)
    .filter((line) => line !== "");
  return pictureTexts(question).flatMap((text) => {
    if (text.isCorrected) return [];
    const otherwise = text.lines.flatMap((line, index) => {
      const other = otherFormOf(line, written, text.isUnshown ? sameUnshown : sameLine);
      return other === undefined ? [] : [{ line: index + 1, text: other }];
    });
    return otherwise.length === 0 ? [] : [{ text, otherwise }];
  });
}

function otherFormOf(line: string, written: readonly string[], least: number): string | undefined {
  const letters = lettersOf(line);
  if (letters.length < fewestLetters || written.some((each) => lettersOf(each).includes(letters)))
    return undefined;
  const [best] = written
    .map((text) => ({ text, alike: likeness(text, line) }))
    .toSorted((a, b) => b.alike - a.alike);
  return best !== undefined && best.alike >= least ? best.text : undefined;
}

const lettersOf = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Without the marks of Markdown around it. */
const plain = (line: string): string => line.replaceAll(/^[\s>#*\-_`]+|[\s*_`]+$/gu, "");
