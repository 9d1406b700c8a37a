import type { MessageEntity } from "grammy/types";

/** Text with its formatting as Telegram takes it: offsets and lengths in UTF-16 code units. */
export interface Formatted {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

/** An entity that needs nothing but its place. */
export type Style = Exclude<MessageEntity.CommonMessageEntity["type"], "mention">;

export const plain = (text: string): Formatted => ({ text, entities: [] });

export function join(parts: readonly Formatted[], separator = ""): Formatted {
  let text = "";
  const entities: MessageEntity[] = [];
  for (const [index, part] of parts.entries()) {
    if (index > 0) text += separator;
    const start = text.length;
    text += part.text;
    for (const entity of part.entities) entities.push({ ...entity, offset: entity.offset + start });
  }
  return { text, entities };
}

export function style(part: Formatted, type: Style): Formatted {
  return cover(part, { type, offset: 0, length: part.text.length });
}

/** Puts one entity over the whole of a text; `entity` says the same length. */
export function cover(part: Formatted, entity: MessageEntity): Formatted {
  return part.text === "" ? part : { text: part.text, entities: [entity, ...part.entities] };
}

/** Writes `first` before the first line and `rest` before the others; the lines of code stay as they are. */
export function indent(part: Formatted, first: string, rest: string): Formatted {
  const code = part.entities.filter(({ type }) => type === "pre");
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
  const entities = part.entities.map((entity) => {
    const offset = moved(entity.offset);
    return { ...entity, offset, length: moved(entity.offset + entity.length - 1) + 1 - offset };
  });
  return { text: text + part.text.slice(from), entities };
}
