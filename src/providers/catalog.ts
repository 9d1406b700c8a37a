import type { Price, ProviderEntry } from "../config-schema.ts";
import { reasons } from "./openai-models.ts";
import { findPreset, type Preset } from "./presets.ts";
import { createPriceList, type Rate } from "./prices.ts";
import type { Usage } from "./provider.ts";

/** What is known of models: by the configuration first, else by what others keep. What nobody knows stays undefined. */
export interface Catalog {
  /** The context window in tokens. */
  windowOf(provider: string, model: string): Promise<number | undefined>;
  /** What one call cost that has just ended, in US dollars. */
  costOf(provider: string, model: string, usage: Usage): Promise<number | undefined>;
  /** What one search by the vendor's own search costs, in US dollars. */
  searchPriceOf(provider: string, model: string): Promise<number | undefined>;
  /** Per million tokens. */
  rateOf(provider: string, model: string): Promise<Rate | undefined>;
  /** The names of models that are known, of which there may be more. */
  modelsOf(provider: string): Promise<readonly string[]>;
  /** Whether the model sees pictures. */
  sees(provider: string, model: string): boolean;
  /** Whether the model can call tools. */
  callsTools(provider: string, model: string): boolean;
  /** Whether it can be told how hard to think; undefined when only the vendor could tell. */
  thinks(provider: string, model: string): boolean | undefined;
}

/** A catalog over the configured providers, by id; presets need no entry. */
export function createCatalog(entries: Readonly<Record<string, ProviderEntry>>): Catalog {
  const factsOf = (provider: string, model: string) => entries[provider]?.models[model];
  const presetOf = (provider: string) => findPreset(provider, entries[provider]?.baseUrl);
  const vendorOf = (provider: string) => presetOf(provider)?.prices;
  const prices = createPriceList();
  const windows = new Map<string, number | undefined>();

  return {
    async windowOf(provider, model) {
      const configured = factsOf(provider, model)?.window;
      const vendor = vendorOf(provider);
      if (configured !== undefined || !vendor) return configured;
      const name = `${provider}/${model}`;
      if (!windows.has(name)) windows.set(name, await prices.windowOf(vendor, model));
      return windows.get(name);
    },
    async costOf(provider, model, usage) {
      if (usage.costUsd !== undefined) return usage.costUsd;
      // It is no model.
      if (provider === "demo") return 0;
      const configured = factsOf(provider, model)?.price;
      if (configured) return costAt(configured, usage);
      const vendor = vendorOf(provider);
      return vendor === undefined ? undefined : prices.costOf(vendor, model, usage);
    },
    async searchPriceOf(provider, model) {
      const configured = factsOf(provider, model)?.price;
      if (configured) return configured.search === undefined ? undefined : configured.search / 1_000;
      const vendor = vendorOf(provider);
      return vendor === undefined ? undefined : prices.searchPriceOf(vendor, model);
    },
    async rateOf(provider, model) {
      const configured = factsOf(provider, model)?.price;
      if (configured) return { input: configured.input, output: configured.output };
      const vendor = vendorOf(provider);
      return vendor === undefined ? undefined : prices.rateOf(vendor, model);
    },
    async modelsOf(provider) {
      const vendor = vendorOf(provider);
      const names = [
        ...Object.keys(entries[provider]?.models ?? {}),
        ...Object.values(presetOf(provider)?.models ?? {}),
        ...(vendor ? await prices.modelsOf(vendor) : []),
      ];
      return [...new Set(names)];
    },
    sees(provider, model) {
      const preset = presetOf(provider);
      const kind = entries[provider]?.kind ?? preset?.kind;
      const known = preset?.sees ?? kind !== "openai-chat";
      return factsOf(provider, model)?.images ?? (typeof known === "boolean" ? known : known.test(model));
    },
    callsTools(provider, model) {
      return factsOf(provider, model)?.tools ?? !presetOf(provider)?.quirks?.noTools;
    },
    thinks: (provider, model) =>
      thinks(presetOf(provider), entries[provider]?.kind ?? presetOf(provider)?.kind, model),
  };
}

function thinks(preset: Preset | undefined, kind: ProviderEntry["kind"], model: string): boolean | undefined {
  if (kind === "openai") return reasons(model);
  if (kind === "anthropic") return neverThinks.test(model) ? false : undefined;
  const control = preset?.quirks?.thinking;
  return control !== undefined && (control.models?.test(model) ?? true);
}

/** Anthropic's models from before the first that thinks. */
const neverThinks = /^claude-(?:[12]|instant|3-(?:opus|sonnet|haiku|5))/u;

function costAt(
  { input, cachedInput = input, cacheWrite = input, output, search = 0 }: Price,
  usage: Usage,
): number {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens, searches = 0 } = usage;
  const plain = inputTokens - cachedTokens - cacheWriteTokens;
  const millions =
    plain * input + cachedTokens * cachedInput + cacheWriteTokens * cacheWrite + outputTokens * output;
  return millions / 1_000_000 + (searches * search) / 1_000;
}
