import { type Config, resolveModel } from "../config.ts";
import { UserError } from "../errors.ts";
import { knownNames } from "../main.ts";
import { requirePersona } from "../personas/choose.ts";
import { createPersonas, type LivePersonas } from "../personas/live.ts";
import { loadPersonas } from "../personas/load.ts";
import { formatProblem } from "../yaml/problem.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "",
  async run(context) {
    const config = context.config();
    const loaded = await loadPersonas(config.personasFolder, knownNames(config));
    const complaints = [
      ...loaded.problems.map((problem) => formatProblem(problem)),
      ...complaintsOf(config, createPersonas(loaded, config.persona)),
    ];
    for (const complaint of complaints) context.err(complaint);
    const { size } = loaded.personas;
    const fine = `${size} ${size === 1 ? "persona is" : "personas are"} fine`;
    const found = complaints.length === 1 ? "1 problem" : `${complaints.length} problems`;
    context.out(complaints.length > 0 ? `${found}; ${fine}.\n` : `No problem: ${fine}.\n`);
    return complaints.length > 0 ? 1 : 0;
  },
};

/** What the settings name that is not there. */
function complaintsOf(config: Config, personas: LivePersonas): string[] {
  const looks: (readonly [string, () => unknown])[] = [["persona", () => personas.fallback()]];
  for (const [place, { persona, model }] of Object.entries(config.channels)) {
    if (persona !== undefined)
      looks.push([`channels.${place}.persona`, () => requirePersona(personas, persona)]);
    if (model !== undefined) looks.push([`channels.${place}.model`, () => resolveModel(config, model)]);
  }
  return looks.flatMap(([setting, look]) => {
    try {
      look();
      return [];
    } catch (error) {
      if (error instanceof UserError) return [`${setting}: ${error.message}`];
      throw error;
    }
  });
}
