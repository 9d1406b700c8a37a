/** Something that holds for a stretch of a text, counted in UTF-16 code units. */
export interface Mark {
  readonly type:
    | "bold"
    | "italic"
    | "underline"
    | "strikethrough"
    | "code"
    | "pre"
    | "quote"
    | "fold"
    | "link";
  readonly offset: number;
  readonly length: number;
  /** Of code, where it is known. */
  readonly language?: string;
  /** Of a link. */
  readonly url?: string;
}

/** Text without markup, and beside it where it is bold, code, a link. An outer mark stands before those in it. */
export interface Marked {
  readonly text: string;
  readonly marks: readonly Mark[];
}

export const plain = (text: string): Marked => ({ text, marks: [] });

export function join(parts: readonly Marked[], separator = ""): Marked {
  let text = "";
  const marks: Mark[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += separator;
    const start = text.length;
    text += part.text;
    for (const mark of part.marks) marks.push({ ...mark, offset: mark.offset + start });
  }
  return { text, marks };
}

/** Puts one mark over the whole of a text. */
export function cover(part: Marked, mark: Omit<Mark, "offset" | "length">): Marked {
  if (part.text === "") return part;
  return { text: part.text, marks: [{ ...mark, offset: 0, length: part.text.length }, ...part.marks] };
}

/** Writes `first` before the first line and `rest` before the others; the lines of code stay as they are. */
export function indent(part: Marked, first: string, rest: string): Marked {
  const code = part.marks.filter(({ type }) => type === "pre");
  const inCode = (position: number): boolean =>
    code.some(({ offset, length }) => position >= offset && position < offset + length);
  const starts = [...part.text.matchAll(/\n/gu)]
    .map(({ index }) => index + 1)
    .filter((start) => !inCode(start));
  const moved = (position: number): number =>
    position + first.length + rest.length * starts.filter((start) => start <= position).length;
  let text = first;
  let from = 0;
  for (const start of starts) {
    text += part.text.slice(from, start) + rest;
    from = start;
  }
  const marks = part.marks.map((mark) => {
    const offset = moved(mark.offset);
    return { ...mark, offset, length: moved(mark.offset + mark.length - 1) + 1 - offset };
  });
  return { text: text + part.text.slice(from), marks };
}
