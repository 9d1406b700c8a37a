import { editsOfMaterial, markMaterial, materialsIn } from "../conversation/marks.ts";
import type { UserMessage } from "../message.ts";
import { edited } from "../sources/edit.ts";

/** The text of a picture, line by line, as the question that came with it keeps it. */
export interface PictureText {
  /** The first picture of a question is 1. */
  readonly picture: number;
  readonly lines: readonly string[];
  /** The numbers of the lines that are hard to read, from 1. */
  readonly doubtful: readonly number[];
  /** Its sender says that it is so. */
  readonly isCorrected?: true;
  /** It went along with the picture without a word: nobody but the model has read it. */
  readonly isUnshown?: true;
}

const titleStart = "Text read in picture ";
const corrected = ", corrected by the person who sent it";
/** A model that sees the picture need not believe what else reads it. */
const unshown = " by OCR; where the picture says otherwise, the picture holds";
/** The line that tells a model which lines it need not trust. */
const doubt = /^\(hard to read: line ([\d, ]+)\)$/u;
/** What stands for a text that there is none of: no line of a picture. */
export const noText = "(no text found)";
export const unreadText = (reason: string): string => `(could not be read: ${reason})`;

/** What a model gets of a picture's text. */
export function pictureMaterial({ picture, lines, doubtful, isUnshown }: PictureText): {
  title: string;
  text: string;
} {
  const note = doubtful.length === 0 ? [] : [`(hard to read: line ${doubtful.join(", ")})`];
  return {
    title: `${titleStart}${picture}${isUnshown ? unshown : ""}`,
    text: [...lines, ...note].join("\n"),
  };
}

/** The texts of a stored question's pictures that were read; in their order. */
export function pictureTexts({ parts }: UserMessage): PictureText[] {
  return parts
    .flatMap((part) => (part.type === "text" ? materialsIn(part.text) : []))
    .flatMap(({ title, text }) => {
      const picture = pictureOf(title);
      if (picture === undefined || text === noText || text.startsWith("(could not be read: ")) return [];
      const lines = text.split("\n");
      const note = doubt.exec(lines.at(-1) ?? "")?.[1];
      const doubtful = note?.split(", ").map(Number) ?? [];
      return [
        {
          picture,
          lines: note === undefined ? lines : lines.slice(0, -1),
          doubtful,
          ...(title.endsWith(corrected) && { isCorrected: true }),
          ...(title.endsWith(unshown) && { isUnshown: true }),
        },
      ];
    });
}

/** A stored question with another text for one of its pictures, which its sender vouches for. */
export function withPictureText(
  { parts }: UserMessage,
  { picture, lines }: Pick<PictureText, "picture" | "lines">,
): UserMessage {
  const title = `${titleStart}${picture}${corrected}`;
  const isMeant = (old: string): boolean => pictureOf(old) === picture;
  return {
    role: "user",
    parts: parts.map((part) =>
      part.type === "text"
        ? edited(
            part,
            editsOfMaterial(part.text, isMeant, () => markMaterial(title, lines.join("\n"))),
          )
        : part,
    ),
  };
}

function pictureOf(title: string): number | undefined {
  if (!title.startsWith(titleStart)) return undefined;
  const number = Number.parseInt(title.slice(titleStart.length), 10);
  return Number.isNaN(number) ? undefined : number;
}
