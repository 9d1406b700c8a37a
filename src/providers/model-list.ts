import { type Config, type ModelRef, resolveModel } from "../config.ts";
import type { Familiarity, ModelInfo } from "../core.ts";
import { nearest } from "../text/nearest.ts";
import type { Catalog } from "./catalog.ts";

type Known = Pick<Config, "aliases" | "descriptions" | "fallbacks" | "providers">;

/** Aliases first, then the other models that the configuration tells of. */
export async function listModels(config: Known, catalog: Catalog): Promise<readonly ModelInfo[]> {
  const named = new Set(config.aliases.values());
  const others = Object.entries(config.providers)
    .flatMap(([id, { models }]) => Object.keys(models).map((model) => `${id}/${model}`))
    .filter((name) => !named.has(name));
  return Promise.all([
    ...[...config.aliases.keys()].map((alias) => infoOf(config, catalog, alias)),
    ...others.map((name) => infoOf(config, catalog, name)),
  ]);
}

/** Throws UserError for a name that is neither an alias nor `provider/model`. */
export async function describeModel(
  config: Known,
  catalog: Catalog,
  name: string,
): Promise<ModelInfo & Familiarity> {
  return { ...(await infoOf(config, catalog, name)), ...(await check(catalog, resolveModel(config, name))) };
}

async function infoOf(config: Known, catalog: Catalog, name: string): Promise<ModelInfo> {
  const { provider, model } = resolveModel(config, name);
  const alias = name.trim().toLowerCase();
  const description = config.descriptions.get(alias);
  const [window, rate] = await Promise.all([
    catalog.windowOf(provider, model),
    catalog.rateOf(provider, model),
  ]);
  return {
    name: `${provider}/${model}`,
    ...(config.aliases.has(alias) && { alias }),
    ...(description !== undefined && { description }),
    ...(window !== undefined && { window }),
    ...(rate && { rate }),
  };
}

/** Of a server whose models nobody lists, every name is as good as another. */
async function check(catalog: Catalog, { provider, model }: ModelRef): Promise<Familiarity> {
  const known = await catalog.modelsOf(provider);
  const isKnown =
    provider === "demo" ||
    known.length === 0 ||
    known.includes(model) ||
    (await catalog.rateOf(provider, model)) !== undefined;
  const near = isKnown ? undefined : nearest(model, known);
  return { isKnown, ...(near !== undefined && { near: `${provider}/${near}` }) };
}
