import { type Config, resolveModel } from "../config.ts";
import { unpricedSearches } from "../config/search.ts";
import { UserError } from "../errors.ts";
import { limitsMoney } from "../limits/bounds.ts";
import { createLog } from "../log.ts";
import { requirePersona } from "../personas/choose.ts";
import { knownNames } from "../personas/known-names.ts";
import { createPersonas, type LivePersonas } from "../personas/live.ts";
import { type LoadedPersonas, loadPersonas } from "../personas/load.ts";
import { createModels } from "../providers/models.ts";
import { noUsage } from "../turn-progress.ts";
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
      ...(await unpriced(config, loaded)),
      ...(limitsMoney(config.limits) ? unpricedSearches(config.search) : []),
    ];
    for (const complaint of complaints) context.err(complaint);
    const { size } = loaded.personas;
    const fine = `${size} ${size === 1 ? "persona is" : "personas are"} fine`;
    const found = complaints.length === 1 ? "1 problem" : `${complaints.length} problems`;
    context.out(complaints.length > 0 ? `${found}; ${fine}.\n` : `No problem: ${fine}.\n`);
    return complaints.length > 0 ? 1 : 0;
  },
};

/** The models in use that a limit in dollars refuses, for nobody knows what they cost. */
async function unpriced(config: Config, { personas }: LoadedPersonas): Promise<string[]> {
  if (!limitsMoney(config.limits)) return [];
  const models = createModels(config, createLog("silent"));
  const named = [...personas.values(), ...Object.values(config.channels)].flatMap(({ model }) => model ?? []);
  const complaints: string[] = [];
  for (const name of new Set(
    [...config.aliases.keys(), ...named].flatMap((each) => usedModels(config, each)),
  )) {
    if ((await models.cost(name, noUsage)) !== undefined) continue;
    const [provider = ""] = name.split("/", 1);
    const setting = `providers.${provider}.models.${name.slice(provider.length + 1)}.price`;
    complaints.push(
      `limits: a limit in dollars refuses ${name}, for its price is not known. Write it under ${setting}.`,
    );
  }
  return complaints;
}

/** With what stands in for it; what can't be resolved is complained of elsewhere. */
function usedModels(config: Config, name: string): string[] {
  try {
    const { fallback, ...first } = resolveModel(config, name);
    return [first, ...fallback].map(({ provider, model }) => `${provider}/${model}`);
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

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
