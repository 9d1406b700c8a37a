import type { Message, Passage, Source } from "../message.ts";
import type { ReadPassage } from "../tools/tool.ts";

/** A passage with its words. */
export interface ReadableCitation extends Omit<Passage, "from" | "to"> {
  readonly text: string;
}

/** What a model is told about citing, once for each text that has passages. */
export const howToCite =
  'To cite, write [s1 "six to twelve words copied from the passage"] after the claim, with that passage\'s own id. People see a number; what is not found in the passage is removed. Write no other source numbers or lists.';

/** Puts passages under a text, with ids from `next` on: `text` and what of it is which passage. */
export function withPassages(
  text: string,
  read: readonly ReadPassage[],
  next: number,
): { readonly text: string; readonly passages: readonly Passage[] } {
  if (read.length === 0) return { text, passages: [] };
  const head = text === "" ? "" : `${text}\n\n`;
  const laid = layOut(read, next);
  return { text: `${head}${laid.text}\n\n${howToCite}`, passages: shifted(laid.passages, head.length) };
}

/** One passage after the other, each under its id and what it is of. */
export function layOut(
  read: readonly ReadPassage[],
  next: number,
): { readonly text: string; readonly passages: readonly Passage[] } {
  let whole = "";
  let before: Source | undefined;
  const passages = read.map(({ source, text: words }, index): Passage => {
    const id = `s${next + index}`;
    if (index > 0) whole += "\n\n";
    whole += `[${id}] ${headOf(source, before)}\n`;
    before = source;
    const from = whole.length;
    whole += words.trim().replaceAll(/^(?=[^\S\n\r\u2028\u2029]*[[［【]\s*s\d)/gmu, "> ");
    return { id, source, from, to: whole.length };
  });
  return { text: whole, passages };
}

/** Passages of a text that stands so many letters further on now. */
export const shifted = (passages: readonly Passage[], by: number): readonly Passage[] =>
  passages.map((passage) => ({ ...passage, from: passage.from + by, to: passage.to + by }));

/** A page's address is said once. */
function headOf({ url, file, title, label }: Source, before: Source | undefined): string {
  const isSame = before !== undefined && before.url === url && before.file === file && before.title === title;
  return [...(isSame ? [] : [title, url]), label]
    .filter(Boolean)
    .join(" | ")
    .replaceAll(/[\s\p{Cc}]+/gu, " ");
}

/** What can be cited of these messages. */
export function passagesIn(messages: readonly Message[]): readonly ReadableCitation[] {
  return messages.flatMap(({ parts }) =>
    (parts as readonly { readonly passages?: readonly Passage[]; readonly text?: string }[]).flatMap(
      ({ passages = [], text = "" }) =>
        passages.map(({ id, source, from, to }) => ({ id, source, text: text.slice(from, to) })),
    ),
  );
}

/** What can be cited of files that these messages show: unlike pages, they are what they were when they were read. */
export const filePassagesIn = (messages: readonly Message[]): readonly ReadableCitation[] =>
  passagesIn(messages).filter(({ source }) => source.file !== undefined);

/** The number of the next passage, where these are what the model sees already. */
export const nextPassage = (messages: readonly Message[]): number =>
  1 + passagesIn(messages).reduce((most, { id }) => Math.max(most, Number(id.slice(1))), 0);
