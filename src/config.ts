import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { checkConfig, modelComplaint, standardAliases } from "./config/check.ts";
import { conceal } from "./config/conceal.ts";
import { localeFrom } from "./config/locale.ts";
import { gatherPlatforms, type Platforms } from "./config/platforms.ts";
import { defaultModels, gatherProviders, modelNames, ollamaAddress, providerOf } from "./config/providers.ts";
import { gatherSearch, type SearchPlan } from "./config/search.ts";
import { type ConfigFile, configSchema, type ProviderEntry } from "./config-schema.ts";
import { UserError } from "./errors.ts";
import { nearest } from "./text/nearest.ts";
import { formatProblem, type Problem, shownPath, sortProblems } from "./yaml/problem.ts";
import type { Variables } from "./yaml/variables.ts";
import { parseYamlFile } from "./yaml/yaml-file.ts";

type FileSettings = Omit<
  ConfigFile,
  "personas" | "data" | "database" | "models" | "providers" | "platforms" | "search"
>;

/** Everything that was set, complete. Printing it shows no credential. */
export interface Config extends FileSettings {
  /** The parlance.yaml it came from. */
  readonly file: string | undefined;
  /** Where the person stands who called: npm runs scripts in the project's folder, wherever it was called from. */
  readonly callFolder: string;
  /** Absolute, as all paths here. */
  readonly personasFolder: string;
  readonly dataFolder: string;
  /** Of Postgres; SQLite in the data folder when there is none. */
  readonly databaseUrl: string | undefined;
  /** The configured ones by id, the preferred first, with keys and addresses from the environment. */
  readonly providers: Readonly<Record<string, ProviderEntry>>;
  readonly search: SearchPlan;
  /** Those to connect to. */
  readonly platforms: Platforms;
  /** From alias to `provider/model`. A standard alias is missing when no provider tells what it could be. */
  readonly aliases: ReadonlyMap<string, string>;
  /** From alias to what its model is good for, where the configuration says so. */
  readonly descriptions: ReadonlyMap<string, string>;
  /** From alias to what stands in for its model, in order. */
  readonly fallbacks: ReadonlyMap<string, readonly string[]>;
  /** The language of whoever calls, as a BCP 47 tag, where the environment names one. */
  readonly locale: string | undefined;
  /** Where a local Ollama is looked for while no provider is configured. */
  readonly ollamaAddress: string;
  /** No provider is configured, so the standard aliases stand for the demo. */
  readonly isDemo: boolean;
}

/** Stands for every standard alias while no provider is configured. */
const demoModel = "demo/stand-in";

/**
 * Reads parlance.yaml (or the file that `PARLANCE_CONFIG` names), the `.env` beside it and the environment, which wins
 * over `.env`. Throws UserError with every problem at its place.
 */
export function loadConfig(options: { env?: Variables; cwd?: string } = {}): Config {
  const { env = process.env, cwd = process.cwd() } = options;
  const named = env["PARLANCE_CONFIG"];
  const path = resolve(cwd, named || "parlance.yaml");
  const content = readOptional(path);
  if (named && !content) throw new UserError(`PARLANCE_CONFIG names ${named}, but there is no such file.`);
  const variables = { ...readDotEnv(join(dirname(path), ".env")), ...withoutEmpty(env) };
  const parsed = parseYamlFile(content ?? "", shownPath(path, cwd), configSchema, { variables });
  if ("problems" in parsed) throw configError(parsed.problems);
  const providers = gatherProviders(parsed.value, variables);
  const problems = checkConfig(parsed, providers);
  if (problems.length > 0) throw configError(problems);
  const { personas, data, database, models, platforms, search, providers: _, ...settings } = parsed.value;
  const folder = (variable: string, written: string): string =>
    variables[variable] ? resolve(cwd, variables[variable]) : resolve(dirname(path), written);
  return conceal<Config>(
    {
      ...settings,
      file: content && path,
      callFolder: env["INIT_CWD"] ?? cwd,
      locale: localeFrom(variables),
      personasFolder: folder("PARLANCE_PERSONAS", personas),
      dataFolder: folder("PARLANCE_DATA", data),
      providers,
      platforms: gatherPlatforms(platforms, variables),
      search: gatherSearch(search, variables),
      ollamaAddress: ollamaAddress(variables),
      isDemo: Object.keys(providers).length === 0,
      databaseUrl: database.url ?? variables["DATABASE_URL"],
      aliases: new Map([...standardModels(providers), ...aliasesOf(models)]),
      descriptions: new Map(Object.entries(models).flatMap(descriptionOf)),
      fallbacks: new Map(Object.entries(models).map(([alias, entry]) => [alias, modelNames(entry).slice(1)])),
    },
    ["databaseUrl"],
  );
}

function readOptional(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new UserError(`${path} can't be read.`, { cause: error });
  }
}

function readDotEnv(path: string): Variables {
  const variables = withoutEmpty(parseEnv(readOptional(path)?.toString("utf8") ?? ""));
  if (!variables["PARLANCE_CONFIG"]) return variables;
  throw new UserError(
    `${path} sets PARLANCE_CONFIG, but that file is looked for beside the configuration: set it in the environment.`,
  );
}

/** An empty variable is as good as none: so do shells and compose files leave them out. */
function withoutEmpty(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}

function configError(problems: readonly Problem[]): UserError {
  return new UserError(sortProblems(problems).map(formatProblem).join("\n"));
}

/** The standard aliases by the most preferred provider that tells what they are. */
function standardModels(providers: Config["providers"]): readonly (readonly [string, string])[] {
  const all = Object.entries(providers);
  if (all.length === 0) return standardAliases.map((alias) => [alias, demoModel]);
  return Object.entries(all.map(([id, entry]) => defaultModels(id, entry)).find(Boolean) ?? {});
}

const descriptionOf = ([alias, entry]: [string, ConfigFile["models"][string]]): [string, string][] =>
  typeof entry === "string" || entry.description === undefined ? [] : [[alias, entry.description]];

function aliasesOf(models: ConfigFile["models"]): (readonly [string, string])[] {
  return Object.entries(models).map(([alias, entry]) => [alias, modelNames(entry)[0] ?? ""]);
}

/** The same with a provider found at the start, such as a local Ollama; its first model takes the demo's place. */
export function withProvider(config: Config, id: string, entry: ProviderEntry): Config {
  const own = [...config.aliases].filter(([, model]) => model !== demoModel);
  const providers = { ...config.providers, [id]: conceal(entry, ["apiKey"]) };
  const aliases = new Map([...standardModels(providers), ...own]);
  return conceal<Config>({ ...config, providers, aliases, isDemo: false }, ["databaseUrl"]);
}

/** One model of one provider. */
export interface ModelRef {
  readonly provider: string;
  /** As the vendor names it. */
  readonly model: string;
}

/** What a name stands for, and in order what stands in when it fails. */
export interface ResolvedModel extends ModelRef {
  readonly fallback: readonly ModelRef[];
}

/** Looks up an alias, or reads `provider/model`. Throws UserError that tells what there is. */
export function resolveModel(
  { aliases, fallbacks, providers }: Pick<Config, "aliases" | "fallbacks" | "providers">,
  name: string,
): ResolvedModel {
  const alias = name.trim().toLowerCase();
  const model = aliases.get(alias);
  if (model !== undefined) return { ...refOf(model), fallback: (fallbacks.get(alias) ?? []).map(refOf) };
  if (standardAliases.includes(alias)) {
    throw new UserError((words) => words.models.notSet(alias));
  }
  if (!name.includes("/")) {
    const near = nearest(alias, aliases.keys());
    throw new UserError((words) => words.models.unknown(name, near, [...aliases.keys()]));
  }
  const complaint = modelComplaint(name.trim(), { providers, aliases: aliases.keys() });
  if (complaint)
    throw new UserError(`The model "${name}" can't be used: ${complaint.message}; ${complaint.hint}.`);
  return { ...refOf(name.trim()), fallback: [] };
}

function refOf(name: string): ModelRef {
  const provider = providerOf(name);
  return { provider, model: name.slice(provider.length + 1) };
}
