import { knownNames } from "../main.ts";
import { createPersonas } from "../personas/live.ts";
import { loadPersonas } from "../personas/load.ts";
import { formatProblem } from "../yaml/problem.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "",
  async run(context) {
    const config = context.config();
    const { personas, problems } = await loadPersonas(config.personasFolder, knownNames(config));
    for (const problem of problems) context.err(formatProblem(problem));
    // Throws when the persona that is to answer by default is not among them.
    createPersonas({ personas, problems }, config.persona);
    const fine = `${personas.size} ${personas.size === 1 ? "persona is" : "personas are"} fine`;
    const found = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    context.out(problems.length > 0 ? `${found}; ${fine}.\n` : `No problem: ${fine}.\n`);
    return problems.length > 0 ? 1 : 0;
  },
};
