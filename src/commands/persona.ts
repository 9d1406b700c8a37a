import { personaOf, requirePersona } from "../personas/choose.ts";
import type { Persona } from "../personas/schema.ts";
import type { Words } from "../words/words.ts";
import type { Command } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

export const personaCommand: Command = {
  name: "persona",
  group: "answers",
  usage: (words) => words.commands.persona.usage,
  summary: (words) => words.commands.persona.summary,
  example: "/persona tutor",
  isOffered: ({ mayChange }) => mayChange,
  isRepeatable: true,
  async run(context) {
    const { conversation, argument, words } = context;
    const { personas } = context.core;
    if (argument === "") {
      const current = personaOf(personas, conversation.bound);
      return [
        ...personas.list().map((persona) => words.commands.persona.line(persona, persona.id === current.id)),
        "",
        words.commands.persona.hint,
      ].join("\n");
    }
    const persona = requirePersona(personas, argument);
    await requireMayChange(context);
    await conversation.bind({ persona: persona.id });
    return greeting(persona, words);
  },
};

function greeting({ name, welcome, starters }: Persona, { commands }: Words): string {
  const lines = [welcome ?? commands.persona.answersNow(name)];
  if (starters.length > 0)
    lines.push("", commands.persona.starters, ...starters.map((starter) => `- ${starter}`));
  return lines.join("\n");
}
