import { type Config, type ModelRef, resolveModel } from "../config.ts";
import type { ModelChoice, Models } from "../core.ts";
import type { Log } from "../log.ts";
import { type Candidate, fitted } from "./attempt.ts";
import { createBreakers } from "./breaker.ts";
import { candidatesOf } from "./candidates.ts";
import { type Catalog, createCatalog } from "./catalog.ts";
import type { CircuitChange } from "./circuit.ts";
import { streamWithFailover } from "./failover.ts";
import { forVendor } from "./handover.ts";
import { limitsMoney } from "../limits/bounds.ts";
import { describeModel, listModels } from "./model-list.ts";
import type { ModelRequest, Provider } from "./provider.ts";

/** Holds for a model whose window nobody has told: every current one has at least this. */
const guessedWindow = 128_000;

/** The demo has no window of its own; a large model's makes its shares of the window tell something. */
const demoWindow = 200_000;

/** Joins configuration, providers and catalog: a name becomes a model that can be asked. Providers are made when first used. */
export function createModels(config: Config, log: Log): Models {
  const catalog = createCatalog(config.providers);
  const providers = new Map<string, Promise<Provider>>();
  const breakers = createBreakers({ onChange: (model, change) => logChange(log, model, change) });

  function provider(id: string): Promise<Provider> {
    const known = providers.get(id);
    if (known) return known;
    const made = makeProvider(config, id);
    providers.set(id, made);
    // A missing key may be set and the configuration read again: failures are not kept.
    made.catch(() => providers.delete(id));
    return made;
  }

  const candidate = async (named: ModelRef): Promise<Candidate> => ({
    provider: await provider(named.provider),
    ...abilitiesOf(catalog, named),
  });

  const prices = pricesIn(catalog);
  const standIns = { make: candidate, catalog, log, ...(limitsMoney(config.limits) && { prices }) };

  return {
    async choose(name): Promise<ModelChoice> {
      const first = resolveModel(config, name);
      const chosen = await candidate(first);
      return {
        name: nameOf(first),
        standIns: first.fallback.map(nameOf),
        ...(await factsOf(catalog, first)),
        seesImages: chosen.sees ?? false,
        searches: chosen.provider.searches?.(first.model) ?? false,
        countTokens: (request, signal) => countByVendor(chosen, request, { signal, log }),
        body: (request, signal) => chosen.provider.body(fitted(chosen, request), signal),
        stream: (request, signal) =>
          streamWithFailover(
            candidatesOf(chosen, request, { ...standIns, fallback: first.fallback }),
            request,
            {
              breakers,
              firstTokenMs: config.turn.firstTokenSeconds * 1000,
              idleMs: config.turn.idleSeconds * 1000,
              onFailure: (model, err) => log.warn({ err, model, kind: err.kind }, "model failed"),
            },
            signal,
          ),
      };
    },
    aliases: () => config.aliases,
    list: () => listModels(config, catalog),
    describe: (name) => describeModel(config, catalog, name),
    ...prices,
  };
}

const pricesIn = (catalog: Catalog): Pick<Models, "cost" | "searchPrice"> => ({
  cost: (model, usage) => catalog.costOf(...namesIn(model), usage),
  searchPrice: (model) => catalog.searchPriceOf(...namesIn(model)),
});

const nameOf = ({ provider, model }: ModelRef): string => `${provider}/${model}`;

function abilitiesOf(catalog: Catalog, { provider, model }: ModelRef): Omit<Candidate, "provider"> {
  return {
    model,
    sees: provider === "demo" || catalog.sees(provider, model),
    callsTools: catalog.callsTools(provider, model),
  };
}

function namesIn(model: string): [provider: string, model: string] {
  const slash = model.indexOf("/");
  return [model.slice(0, slash), model.slice(slash + 1)];
}

async function factsOf(
  catalog: Catalog,
  { provider, model }: ModelRef,
): Promise<Pick<ModelChoice, "window" | "windowKnown" | "callsTools" | "thinks">> {
  const isDemo = provider === "demo";
  const window = isDemo ? demoWindow : await catalog.windowOf(provider, model);
  // The demo thinks as little as it is a model.
  const thinks = isDemo ? false : catalog.thinks(provider, model);
  return {
    window: window ?? guessedWindow,
    windowKnown: window !== undefined,
    callsTools: catalog.callsTools(provider, model),
    ...(thinks !== undefined && { thinks }),
  };
}

function logChange(log: Log, model: string, change: CircuitChange): void {
  if (change.state === "open") {
    const { error, pauseMs } = change;
    log.warn(
      { model, kind: error.kind, seconds: Math.round(pauseMs / 1000) },
      "model left out for a while: it keeps failing",
    );
  } else if (change.state === "probing") log.info({ model }, "model tried again");
  else log.info({ model }, "model answers again");
}

/** The vendor's count is a help, not a need: without it, ours holds. */
async function countByVendor(
  { provider, model }: Candidate,
  request: Omit<ModelRequest, "model">,
  { signal, log }: { signal: AbortSignal; log: Log },
): Promise<number | undefined> {
  const messages = forVendor(request.messages, provider.vendor);
  try {
    return await provider.countTokens?.({ ...request, model, messages }, signal);
  } catch (err) {
    signal.throwIfAborted();
    log.debug({ err, model }, "tokens not counted by the vendor");
    return undefined;
  }
}

async function makeProvider(config: Config, id: string): Promise<Provider> {
  if (id === "demo") return (await import("./demo.ts")).createDemoProvider();
  const { createProvider } = await import("./create.ts");
  const entry = config.providers[id];
  if (!entry) throw new Error(`the configuration resolved to an unknown provider "${id}"`);
  return createProvider(id, entry);
}
