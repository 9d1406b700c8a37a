import type { Config } from "../config.ts";
import { unpricedSearches } from "../config/search.ts";
import { UserError } from "../errors.ts";
import { limitsMoney } from "../limits/bounds.ts";
import { createLog } from "../log.ts";
import { knownNames } from "../personas/known-names.ts";
import { loadPersonas } from "../personas/load.ts";
import { withLocalModels } from "../providers/local-models.ts";
import { createModels } from "../providers/models.ts";
import { createProvider } from "../providers/create.ts";
import { type ProviderFailure, ProviderError } from "../providers/provider.ts";
import { openStore } from "../store/open.ts";
import { findLanguageData } from "../tools/ocr/languages.ts";
import type { CliCommand } from "./command.ts";

/** What was looked at and how it is; a thing to mend says how. */
interface Finding {
  readonly what: string;
  readonly fine: boolean;
  readonly note: string;
}

type Look = (config: Config) => Promise<readonly Finding[]>;

const looks: readonly Look[] = [
  lookAtNode,
  lookAtConfig,
  lookAtProviders,
  lookAtAliases,
  lookAtSearch,
  lookAtPersonas,
  lookAtStore,
  lookAtLanguages,
];

export const command: CliCommand = {
  usage: "",
  async run(context) {
    const config = await withLocalModels(context.config());
    let broken = 0;
    for (const look of looks) {
      for (const { what, fine, note } of await look(config)) {
        context.out(`${fine ? "ok  " : "FAIL"} ${what}: ${note}\n`);
        if (!fine) broken++;
      }
    }
    context.out(broken === 0 ? "All is well.\n" : `${broken} to mend.\n`);
    return broken === 0 ? 0 : 1;
  },
};

const fine = (what: string, note: string): Finding => ({ what, fine: true, note });
const toMend = (what: string, note: string): Finding => ({ what, fine: false, note });
const sentence = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function lookAtNode(): Promise<Finding[]> {
  const major = Number(process.versions.node.split(".", 1)[0]);
  return major >= 24
    ? [fine("Node", process.version)]
    : [toMend("Node", `${process.version} is too old; start Parlance by npm run, which brings Node 24`)];
}

async function lookAtConfig({ file, dataFolder, personasFolder }: Config): Promise<Finding[]> {
  return [
    fine("configuration", file ?? `no parlance.yaml; the environment and defaults hold`),
    fine("folders", `personas ${personasFolder}, data ${dataFolder}`),
  ];
}

/** The cheapest call that proves address and key. */
async function lookAtProviders({ providers, isDemo }: Config): Promise<readonly Finding[]> {
  if (isDemo) {
    return [
      fine(
        "models",
        "none is configured, so the demo answers. For real answers set OPENAI_API_KEY or ANTHROPIC_API_KEY, or start Ollama",
      ),
    ];
  }
  return Promise.all(
    Object.entries(providers).map(async ([id, entry]) => {
      const what = `provider ${id}`;
      try {
        const provider = await createProvider(id, entry);
        if (!provider.listModels)
          return fine(what, "configured; it has no list of models to check the key with");
        const models = await provider.listModels(AbortSignal.timeout(10_000));
        return fine(what, `its address and key work, ${models.length} models`);
      } catch (error) {
        if (error instanceof ProviderError) return toMend(what, `${advice[error.kind]} (${error.message})`);
        if (error instanceof UserError) return toMend(what, error.message);
        return toMend(what, `no answer within 10 s from ${entry.baseUrl ?? "its address"}`);
      }
    }),
  );
}

const advice: Readonly<Record<ProviderFailure, string>> = {
  "rate-limit": "the vendor asks to wait; the key is known",
  overloaded: "the vendor is overloaded; try again later",
  auth: "the vendor refuses the key; check it",
  "no-model": "the address has no list of models; check baseUrl",
  "too-long": "the vendor refused the question",
  refused: "the vendor refused the question",
  unfit: "something before the vendor blocks us: a firewall, or it isn't offered in this country",
  unreachable: "the address can't be reached; check baseUrl and the network",
  unknown: "the vendor's answer was not understood; check baseUrl",
};

async function lookAtAliases(config: Config): Promise<readonly Finding[]> {
  const models = createModels(config, createLog("silent"));
  return Promise.all(
    [...config.aliases].map(async ([alias, name]) => {
      try {
        const { window, windowKnown } = await models.choose(alias);
        return fine(
          `model ${alias}`,
          `${name}, window ${windowKnown ? "" : "not known, taken to be "}${window}`,
        );
      } catch (error) {
        return toMend(`model ${alias}`, sentence(error));
      }
    }),
  );
}

/** Nobody is asked: most of them take money for it. */
async function lookAtSearch({ search, limits }: Config): Promise<readonly Finding[]> {
  const names = search.backends.map(({ kind }) => kind).join(", ");
  const complaints = limitsMoney(limits) ? unpricedSearches(search) : [];
  return complaints.length > 0
    ? complaints.map((complaint) => toMend("search", complaint))
    : [fine("search", `${search.byModel ? "the model's own, else " : ""}${names}, not asked now`)];
}

async function lookAtPersonas(config: Config): Promise<readonly Finding[]> {
  const { personasFolder } = config;
  const { personas, problems } = await loadPersonas(personasFolder, knownNames(config));
  if (problems.length === 0) return [fine("personas", `${personas.size}, all fine`)];
  return [toMend("personas", `${problems.length} problems in ${personasFolder}; parlance check shows them`)];
}

async function lookAtStore(config: Config): Promise<readonly Finding[]> {
  try {
    const store = await openStore(config);
    await store.close();
    return [
      fine("store", config.databaseUrl === undefined ? "SQLite in the data folder" : "Postgres answers"),
    ];
  } catch (error) {
    return [toMend("store", sentence(error))];
  }
}

async function lookAtLanguages({ ocr }: Config): Promise<readonly Finding[]> {
  return ocr.languages.map((language) => {
    try {
      findLanguageData(language);
      return fine(`reading ${language}`, "its data is here");
    } catch (error) {
      return toMend(`reading ${language}`, sentence(error));
    }
  });
}
