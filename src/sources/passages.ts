import type { Message, Passage, Source } from "../message.ts";
import type { ReadPassage } from "../tools/tool.ts";

/** A passage with its words. */
export interface ReadableCitation extends Omit<Passage, "from" | "to"> {
  readonly text: string;
}

/** What a model is told about citing, once for each text that has passages. */
const howToCite =
  'To cite, write [s1 "six to twelve words copied from the passage"] after the claim, with that passage\'s own id. People see a number; what is not found in the passage is removed. Write no other source numbers or lists.';

/** Puts passages under a text, with ids from `next` on: `text` and what of it is which passage. */
export function withPassages(
  text: string,
  read: readonly ReadPassage[],
  next: number,
): { readonly text: string; readonly passages: readonly Passage[] } {
  if (read.length === 0) return { text, passages: [] };
  let whole = text === "" ? "" : `${text}\n\n`;
  let before: Source | undefined;
  const passages = read.map(({ source, text: words }, index): Passage => {
    const id = `s${next + index}`;
    whole += `[${id}] ${headOf(source, before)}\n`;
    before = source;
    const from = whole.length;
    whole += words.trim().replaceAll(/^(?=\s*[[［【]\s*s\d)/gmu, "> ");
    const to = whole.length;
    whole += "\n\n";
    return { id, source, from, to };
  });
  return { text: whole + howToCite, passages };
}

/** A page's address is said once. */
function headOf({ url, title, label }: Source, before: Source | undefined): string {
  const isSame = before !== undefined && before.url === url && before.title === title;
  return [...(isSame ? [] : [title, url]), label].filter(Boolean).join(" | ").replaceAll(/\s+/gu, " ");
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

/** The number of the next passage, where these are what the model sees already. */
export const nextPassage = (messages: readonly Message[]): number =>
  1 + passagesIn(messages).reduce((most, { id }) => Math.max(most, Number(id.slice(1))), 0);
