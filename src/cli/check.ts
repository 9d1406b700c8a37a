import { resolveModel } from "../config.ts";
import { loadPersonas } from "../personas/load.ts";
import { toolNames } from "../tools/all.ts";
import { formatProblem } from "../yaml/problem.ts";
import type { CliCommand } from "./command.ts";

export const command: CliCommand = {
  usage: "",
  async run(context) {
    const config = context.config();
    const known = { tools: toolNames, model: (name: string) => resolveModel(config, name) };
    const { personas, problems } = await loadPersonas(config.personasFolder, known);
    for (const problem of problems) context.err(formatProblem(problem));
    const fine = `${personas.size} ${personas.size === 1 ? "persona is" : "personas are"} fine`;
    const found = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    context.out(problems.length > 0 ? `${found}; ${fine}.\n` : `No problem: ${fine}.\n`);
    return problems.length > 0 ? 1 : 0;
  },
};
