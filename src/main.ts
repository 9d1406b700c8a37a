import { createAccess } from "./access/access.ts";
import { accessSchema } from "./access/schema.ts";
import { type Bot, createBot } from "./bot.ts";
import type { Config } from "./config.ts";
import { unpricedSearches } from "./config/search.ts";
import { channelsOf } from "./conversation/place-settings.ts";
import type { Core, Settings } from "./core.ts";
import { createDocumentReader } from "./documents/index.ts";
import { createEmbedderFor } from "./embedding/embedder.ts";
import { createFileSearch } from "./files/search.ts";
import { type Ground, openGround } from "./ground.ts";
import { createLimits } from "./limits/limits.ts";
import { createLog, type Log } from "./log.ts";
import { knownNames } from "./personas/known-names.ts";
import { createPersonas } from "./personas/live.ts";
import { type LoadedPersonas, loadPersonas } from "./personas/load.ts";
import type { PersonaWatch } from "./personas/watch.ts";
import { createPictureFitter } from "./pictures/index.ts";
import { openEmbeddings } from "./providers/embeddings.ts";
import { withLocalModels } from "./providers/local-models.ts";
import { createModels } from "./providers/models.ts";
import { openSearch } from "./search/create.ts";
import { createTools } from "./tools/all.ts";
import { createOcr } from "./tools/ocr/index.ts";
import { createWeb, userAgentOf } from "./web/index.ts";
import { formatProblem } from "./yaml/problem.ts";

/** A bot ready to receive. */
export interface OpenBot {
  readonly core: Core;
  readonly bot: Bot;
  /** Waits for running answers, then lets go of everything. */
  readonly close: () => Promise<void>;
}

/** How a bot is opened. */
export interface OpenOptions {
  /** Keeps personas as their files are. */
  readonly watch?: boolean;
  /** `false`: only takes what comes in, for other processes to answer. */
  readonly answers?: boolean;
  /** For a person who reads the answers beside it: what they should know in plain lines, and no log but of errors. */
  readonly tell?: (text: string) => void;
  /** Where it stands; opened by the bot itself when left out. Either way the bot, once it is open, closes it. */
  readonly ground?: Ground;
}

/** Puts the parts together. Throws UserError when something it can't do without is missing. */
export async function openBot(given: Config, options: OpenOptions = {}): Promise<OpenBot> {
  if (options.ground) return putTogether(given, options.ground, options);
  const { level } = given.log;
  const isQuiet = options.tell && (level === "info" || level === "warn");
  const ground = await openGround(given, createLog(isQuiet ? "error" : level));
  try {
    return await putTogether(given, ground, options);
  } catch (error) {
    await ground.close();
    throw error;
  }
}

async function putTogether(given: Config, ground: Ground, options: OpenOptions): Promise<OpenBot> {
  const { tell } = options;
  const { log, coordinator } = ground;
  const config = await withLocalModels(given);
  const store = await ground.store;
  const personas = createPersonas({ personas: new Map(), problems: [] }, config.persona);
  const onChange = (loaded: LoadedPersonas): void => {
    personas.replace(loaded);
    log.info({ personas: loaded.personas.size, problems: loaded.problems.length }, "personas read");
    reportProblems(loaded, tell ?? ((text) => log.warn(text)));
  };
  const watching = options.watch ? await watchPersonas(config, onChange) : undefined;
  if (!watching) onChange(await loadPersonas(config.personasFolder, knownNames(config)));
  const { ocr, fitter, documents, web, stopReading } = openReading(config, log);
  const models = createModels(config, log);
  const limits = createLimits({
    settings: tell ? undefined : config.limits,
    ledger: store.ledger,
    models,
    seconds: config.turn.seconds,
  });
  const isPricedOnly = limits.countsMoney;
  if (isPricedOnly) for (const complaint of unpricedSearches(config.search)) log.warn(complaint);
  const search = openSearch(config.search, { userAgent: userAgentOf(config.web), isPricedOnly, log });
  const core: Core = {
    personas,
    store,
    coordinator,
    log,
    models,
    access: createAccess({
      // Whoever sits at this machine may.
      settings: tell ? accessSchema.parse({}) : config.access,
      grants: store.grants,
    }),
    limits,
    tools: createTools({ ocr, facts: store.facts, pages: web.pages, search }),
    pages: web.pages,
    search,
    pictures: {
      read: (bytes, options) => ocr.read(bytes, options),
      fit: (bytes, options) => fitter.fit(bytes, options),
    },
    documents,
    fileSearch: createFileSearch(),
    embedderFor: createEmbedderFor(openEmbeddings(config), { limits, models, log }),
    settings: settingsFrom(config),
  };
  const bot = createBot(core, { answers: options.answers ?? true });
  return {
    core,
    bot,
    async close() {
      watching?.stop();
      await bot.stop();
      await stopReading();
      await ground.close();
    },
  };
}

/** What reads pictures, files and pages; none of it runs before it is asked. */
function openReading(config: Config, log: Log) {
  const ocr = createOcr({ ...config.ocr, log });
  const fitter = createPictureFitter({ ...config.ocr, log });
  const documents = createDocumentReader({ pictures: ocr, log });
  const web = createWeb(config.web, documents);
  const stopReading = async (): Promise<void> => {
    for (const each of [documents, ocr, fitter, web]) await each.stop();
  };
  return { ocr, fitter, documents, web, stopReading };
}

function settingsFrom(config: Config): Settings {
  return {
    footer: config.footer,
    showThinking: config.showThinking,
    historyTokens: config.context.historyTokens,
    fileTokens: config.context.fileTokens,
    searchByModel: config.search.byModel,
    topicHints: config.context.topicHints === "on",
    memoryTokens: config.memory.tokens,
    rounds: config.turn.rounds,
    seconds: config.turn.seconds,
    maxOutputTokens: config.turn.maxOutputTokens,
    parallel: config.turn.parallel,
    burstMs: config.turn.burstSeconds * 1000,
    patienceMs: 3_000,
    tooOldMs: config.turn.tooOldMinutes * 60_000,
    restMs: 2_000,
    claims: 1_000,
    settleMs: 3_000,
    graceMs: config.turn.graceSeconds * 1000,
    retention: config.retention,
    council: config.council,
    vendors: Object.keys(config.providers),
    channels: channelsOf(config),
  };
}

/** Tells of the personas at once, and then of every change. */
async function watchPersonas(
  config: Config,
  onChange: (loaded: LoadedPersonas) => void,
): Promise<PersonaWatch> {
  const { watchPersonas: watch } = await import("./personas/watch.ts");
  return watch(config.personasFolder, { known: knownNames(config), onChange });
}

function reportProblems({ problems }: LoadedPersonas, tell: (text: string) => void): void {
  for (const problem of problems) {
    tell(`A persona was left out, or keeps its last good version:\n${formatProblem(problem)}`);
  }
}
