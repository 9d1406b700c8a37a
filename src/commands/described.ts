import type { BotDescription } from "../chat.ts";
import type { Personas } from "../core.ts";
import { commands } from "./all.ts";

/** What the platforms are told about the bot. */
export function describeBot({ personas }: { readonly personas: Pick<Personas, "list"> }): BotDescription {
  const shortcuts = personas.list().filter(({ shortcut }) => shortcut);
  return { commands, shortcuts: shortcuts.map(({ id, name }) => ({ persona: id, label: name })) };
}
