import { parseArgs } from "node:util";
import { requirePersona } from "../personas/choose.ts";
import { loadTokenCounter } from "../conversation/tokens.ts";
import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import { openBot } from "../main.ts";
import { leaveOneOut } from "../personas/leave-one-out.ts";
import { runPersonaTest } from "../personas/run-tests.ts";
import type { Persona } from "../personas/schema.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import type { CliCommand, CliContext } from "./command.ts";

export const command: CliCommand = {
  usage: "[list | test [id]… [--leave-one-out]]",
  async run(context) {
    const { values, positionals } = parseArgs({
      args: [...context.args],
      allowPositionals: true,
      options: { "leave-one-out": { type: "boolean", default: false } },
    });
    const [verb = "list", ...ids] = positionals;
    if (verb !== "list" && verb !== "test")
      throw new UserError("Write: parlance persona list, or parlance persona test [id]…");
    // Tests leave nothing in the data folder, and may run beside a bot that uses it.
    return withTemporaryFolder(async (dataFolder) => {
      const { core, bot, close } = await openBot(
        { ...context.config(), dataFolder, databaseUrl: undefined },
        { tell: context.err },
      );
      try {
        if (verb === "list") return list(core, context);
        const personas =
          ids.length > 0 ? ids.map((id) => requirePersona(core.personas, id)) : core.personas.list();
        await requireModel(core);
        if (values["leave-one-out"]) return await showLeftOut(core, personas, context);
        return await test({ bot, core, personas }, context);
      } finally {
        await close();
      }
    });
  },
};

/** The demo's words would be checked, which tells nothing of a persona. */
async function requireModel({ models }: Core): Promise<void> {
  const { name } = await models.choose("smart");
  if (!name.startsWith("demo/")) return;
  throw new UserError(
    "There is no model to test with. Set OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama.",
  );
}

function list({ personas }: Core, { out }: CliContext): number {
  for (const { id, name, description, examples, tests } of personas.list()) {
    out(`${id.padEnd(20)} ${name}: ${description} (${examples.length} examples, ${tests.length} tests)\n`);
  }
  return 0;
}

async function test(
  {
    bot,
    core,
    personas,
  }: { bot: Parameters<typeof runPersonaTest>[0]; core: Core; personas: readonly Persona[] },
  { out }: CliContext,
): Promise<number> {
  const countTokens = await loadTokenCounter();
  let failed = 0;
  let passed = 0;
  for (const persona of personas) {
    const model = await core.models.choose(persona.model ?? "smart");
    out(`${persona.id} on ${model.name}\n`);
    for (const each of persona.tests) {
      const { name, answer, failures } = await runPersonaTest(bot, persona, each, countTokens);
      out(`  ${failures.length === 0 ? "ok  " : "FAIL"} ${name}\n`);
      for (const failure of failures) out(`         ${failure}\n`);
      if (failures.length > 0) out(`${indent(answer || "(no answer)")}\n`);
      if (failures.length > 0) failed++;
      else passed++;
    }
  }
  out(`${passed} passed, ${failed} failed\n`);
  return failed > 0 ? 1 : 0;
}

/** A report, not a verdict: how alike is alike enough is for the persona's author to say. */
async function showLeftOut(core: Core, personas: readonly Persona[], { out }: CliContext): Promise<number> {
  for (const persona of personas) {
    out(`${persona.id}\n`);
    for (const index of persona.examples.keys()) {
      const { user, wanted, answer, alike } = await leaveOneOut(core, persona, index);
      out(
        `  ${String(Math.round(alike * 100)).padStart(3)} % alike: ${user.trim().replaceAll("\n", " / ")}\n`,
      );
      if (alike < 1) out(`    wanted\n${indent(wanted)}\n    got\n${indent(answer)}\n`);
    }
  }
  return 0;
}

const indent = (text: string): string => text.trim().replaceAll(/^/gmu, "         | ");
