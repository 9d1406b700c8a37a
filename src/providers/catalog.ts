import type { Provider as PricedProvider } from "@pydantic/genai-prices";
import type { Price, ProviderEntry } from "../config-schema.ts";
import { findPreset } from "./presets.ts";
import type { Usage } from "./provider.ts";

/** What is known of models: by the configuration first, else by what others keep. What nobody knows stays undefined. */
export interface Catalog {
  /** The context window in tokens. */
  windowOf(provider: string, model: string): Promise<number | undefined>;
  /** What a call cost, in US dollars. */
  costOf(provider: string, model: string, usage: Usage): Promise<number | undefined>;
  /** Whether the model sees pictures. */
  sees(provider: string, model: string): boolean;
  /** Whether the model can call tools. */
  callsTools(provider: string, model: string): boolean;
}

/** A catalog over the configured providers, by id; presets need no entry. Prices are loaded when first asked for. */
export function createCatalog(entries: Readonly<Record<string, ProviderEntry>>): Catalog {
  const factsOf = (provider: string, model: string) => entries[provider]?.models[model];
  const presetOf = (provider: string) => findPreset(provider, entries[provider]?.baseUrl);

  /** A vendor with the one model that was looked for: finding it again among all takes longer than the sum. */
  const narrowed = new Map<string, PricedProvider>();
  const windows = new Map<string, number | undefined>();

  async function priced(provider: string, model: string, usage: Usage) {
    const providerId = presetOf(provider)?.prices;
    if (!providerId) return undefined;
    const { calcPrice } = await import("@pydantic/genai-prices");
    // More cached than read is a vendor's slip; there is no price for it.
    if (usage.cachedTokens + usage.cacheWriteTokens > usage.inputTokens) return undefined;
    const name = `${providerId}/${model}`;
    const known = narrowed.get(name);
    const found = calcPrice(
      {
        input_tokens: usage.inputTokens,
        cache_read_tokens: usage.cachedTokens,
        cache_write_tokens: usage.cacheWriteTokens,
        output_tokens: usage.outputTokens,
      },
      model,
      known ? { provider: known } : { providerId },
    );
    if (found && !known) narrowed.set(name, { ...found.provider, models: [found.model] });
    return found && !isOlder(found.model.id, model) ? found : undefined;
  }

  return {
    async windowOf(provider, model) {
      const configured = factsOf(provider, model)?.window;
      if (configured !== undefined) return configured;
      const name = `${provider}/${model}`;
      if (!windows.has(name))
        windows.set(name, (await priced(provider, model, nothing))?.model.context_window);
      return windows.get(name);
    },
    async costOf(provider, model, usage) {
      const configured = factsOf(provider, model)?.price;
      if (configured) return costAt(configured, usage);
      return (await priced(provider, model, usage))?.total_price;
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
  };
}

function costAt({ input, cachedInput = input, cacheWrite = input, output }: Price, usage: Usage): number {
  const { inputTokens, cachedTokens, cacheWriteTokens, outputTokens } = usage;
  const plain = inputTokens - cachedTokens - cacheWriteTokens;
  const millions =
    plain * input + cachedTokens * cachedInput + cacheWriteTokens * cacheWrite + outputTokens * output;
  return millions / 1_000_000;
}

const nothing: Usage = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  thinkingTokens: 0,
};

/** Prices are found by a name's beginning, so that `claude-sonnet-5-5` would be sold at the price of `claude-sonnet-5`. */
function isOlder(found: string, asked: string): boolean {
  return asked.startsWith(found) && /^[-.]?\d{1,2}(?:\D|$)/u.test(asked.slice(found.length));
}
