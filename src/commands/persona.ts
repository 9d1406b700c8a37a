import { requirePersona } from "../personas/choose.ts";
import type { Persona } from "../personas/schema.ts";
import type { Command } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

export const personaCommand: Command = {
  name: "persona",
  usage: "[name]",
  summary: "list the personas, or switch to one",
  isRepeatable: true,
  async run(context) {
    const { conversation, argument } = context;
    const { personas } = context.core;
    if (argument === "") {
      const bound = conversation.bound.persona;
      const current = (bound === undefined ? undefined : personas.find(bound)) ?? personas.fallback();
      return [
        ...personas.list().map((persona) => line(persona, persona.id === current.id)),
        "",
        "`/persona name` switches; `name: question` asks one once.",
      ].join("\n");
    }
    const persona = requirePersona(personas, argument);
    await requireMayChange(context);
    await conversation.bind({ persona: persona.id });
    return greeting(persona);
  },
};

function line({ id, name, description }: Persona, current: boolean): string {
  return `- **${name}** (\`${id}\`)${current ? ", in use" : ""}: ${description}`;
}

function greeting({ name, welcome, starters }: Persona): string {
  const lines = [welcome ?? `${name} answers here now.`];
  if (starters.length > 0) lines.push("", "Try:", ...starters.map((starter) => `- ${starter}`));
  return lines.join("\n");
}
