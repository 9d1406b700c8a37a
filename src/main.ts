import type { TerminalAdapter, TerminalOptions } from "../adapters/terminal/index.ts";
import { type Bot, createBot } from "./bot.ts";
import { type Config, withProvider } from "./config.ts";
import type { Core } from "./core.ts";
import { createLog, type Log } from "./log.ts";
import { createPersonas } from "./personas/live.ts";
import { type LoadedPersonas, loadPersonas } from "./personas/load.ts";
import { createModels } from "./providers/models.ts";
import { openStore } from "./store/open.ts";
import { createTools, toolNames } from "./tools/all.ts";
import { createOcr } from "./tools/ocr/index.ts";
import { formatProblem } from "./yaml/problem.ts";

/** A bot ready to receive. */
export interface OpenBot {
  readonly core: Core;
  readonly bot: Bot;
  /** Waits for running answers, then lets go of everything. */
  readonly close: () => Promise<void>;
}

/** Puts the parts together. Throws UserError when something it can't do without is missing. */
export async function openBot(given: Config, options: { watch?: boolean } = {}): Promise<OpenBot> {
  const log = createLog(given.log.level);
  const config = await withLocalModels(given);
  const loaded = await loadPersonas(config.personasFolder, { tools: toolNames });
  reportProblems(loaded, log);
  const personas = createPersonas(loaded, config.persona);
  const store = await openStore(config);
  const ocr = createOcr(config.ocr);
  const core: Core = {
    personas,
    store,
    log,
    models: createModels(config, log),
    tools: createTools({ ocr, facts: store.facts }),
    pictures: ocr,
    settings: {
      footer: config.footer,
      historyTokens: config.context.historyTokens,
      rounds: config.turn.rounds,
      seconds: config.turn.seconds,
      maxOutputTokens: config.turn.maxOutputTokens,
    },
  };
  const bot = createBot(core);
  const watching = options.watch
    ? await watchFolder(config, (next) => personas.replace(next), log)
    : undefined;
  return {
    core,
    bot,
    async close() {
      watching?.stop();
      await bot.stop();
      await ocr.stop();
      await store.close();
    },
  };
}

/** With no provider configured, an Ollama that runs on this machine takes the demo's place. */
export async function withLocalModels(config: Config): Promise<Config> {
  if (!config.isDemo) return config;
  const { findOllama } = await import("./providers/ollama.ts");
  const ollama = await findOllama();
  return ollama ? withProvider(config, "ollama", ollama) : config;
}

async function watchFolder(config: Config, onChange: (loaded: LoadedPersonas) => void, log: Log) {
  const { watchPersonas } = await import("./personas/watch.ts");
  let first = true;
  return watchPersonas(config.personasFolder, {
    known: { tools: toolNames },
    onChange(loaded) {
      onChange(loaded);
      // The first report repeats what was loaded at the start.
      if (!first) {
        log.info({ personas: loaded.personas.size, problems: loaded.problems.length }, "personas changed");
        reportProblems(loaded, log);
      }
      first = false;
    },
  });
}

function reportProblems({ problems }: LoadedPersonas, log: Log): void {
  for (const problem of problems)
    log.warn(`a persona was left out or keeps its last good version:\n${formatProblem(problem)}`);
}

/** The adapter of the terminal, loaded only when someone sits there. */
export async function openTerminal(options: TerminalOptions): Promise<TerminalAdapter> {
  const { createTerminalAdapter } = await import("../adapters/terminal/index.ts");
  return createTerminalAdapter(options);
}
