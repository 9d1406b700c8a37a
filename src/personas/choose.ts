import type { InboundMessage } from "../chat.ts";
import type { Binding } from "../conversation/conversation.ts";
import type { Personas } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Persona } from "./schema.ts";
import { nearest } from "../text/nearest.ts";
import type { Sentence, Words } from "../words/words.ts";

/** Who answers a message, and what is left of its text. */
interface Choice {
  readonly persona: Persona;
  readonly text: string;
  /** What the person should know of the choice. */
  readonly notice?: Sentence;
}

/** Named for this message > written in front of it (`vocab: …`) > bound to the thread > to its channel > the default. */
export function choosePersona(
  personas: Personas,
  message: InboundMessage,
  bound: Pick<Binding, "persona">,
): Choice {
  if (message.persona !== undefined)
    return { persona: requirePersona(personas, message.persona), text: message.text };
  const prefix = /^\s*([^\s:：]{1,40})[:：]\s*/u.exec(message.text);
  const named = prefix?.[1] === undefined ? undefined : personas.find(prefix[1]);
  if (prefix && named) return { persona: named, text: message.text.slice(prefix[0].length) };
  const { persona: id } = bound;
  const found = id === undefined ? undefined : personas.find(id);
  if (found) return { persona: found, text: message.text };
  const persona = personas.fallback();
  return {
    persona,
    text: message.text,
    ...(id !== undefined && { notice: (words: Words) => words.lostPersona(id, persona.name) }),
  };
}

/** The one that answers where nobody names another. */
export function personaOf(personas: Personas, { persona: id }: Pick<Binding, "persona">): Persona {
  return (id === undefined ? undefined : personas.find(id)) ?? personas.fallback();
}

/** The persona of this id, alias or name. Throws UserError with the nearest one otherwise. */
export function requirePersona(personas: Personas, name: string): Persona {
  const persona = personas.find(name);
  if (persona) return persona;
  const names = personas.list().flatMap(({ id, aliases }) => aliases.concat(id));
  const near = nearest(name, names);
  const all = personas.list().map(({ id }) => id);
  throw new UserError((words) => words.notPersona(name, near, all));
}
