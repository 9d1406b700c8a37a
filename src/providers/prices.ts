import type { PriceCalculation, Provider as PricedProvider, TieredPrices } from "@pydantic/genai-prices";
import type { Usage } from "./provider.ts";

/** The price list that others keep: loaded when it is first asked for. Vendors by their names there. */
export interface PriceList {
  /** What one call costs now, in US dollars: some vendors take more by day than by night, and some take more of a long prompt. */
  costOf(vendor: string, model: string, usage: Usage): Promise<number | undefined>;
  /** What one search by the vendor's own search costs, in US dollars; nothing where it is in the price of a call. */
  searchPriceOf(vendor: string, model: string): Promise<number | undefined>;
  /** In US dollars per million tokens, now and for a short prompt. */
  rateOf(vendor: string, model: string): Promise<Rate | undefined>;
  windowOf(vendor: string, model: string): Promise<number | undefined>;
  modelsOf(vendor: string): Promise<readonly string[]>;
}

/** What a million tokens cost, in US dollars. */
export interface Rate {
  readonly input: number;
  readonly output: number;
}

export function createPriceList(): PriceList {
  /** A vendor with the one model that was looked for: finding it again among all takes longer than the sum. */
  const narrowed = new Map<string, PricedProvider>();

  async function find(
    vendor: string,
    model: string,
    usage: Usage = nothing,
  ): Promise<PriceCalculation | undefined> {
    const { calcPrice } = await import("@pydantic/genai-prices");
    const counts = countsOf(usage);
    if (!counts) return undefined;
    const name = `${vendor}/${model}`;
    const known = narrowed.get(name);
    const found = calcPrice(counts, model, known ? { provider: known } : { providerId: vendor });
    if (!found || isOlder(found.model.id, model)) return undefined;
    if (!known) narrowed.set(name, { ...found.provider, models: [found.model] });
    return found;
  }

  return {
    costOf: async (vendor, model, usage) => (await find(vendor, model, usage))?.total_price,
    async searchPriceOf(vendor, model) {
      const price = (await find(vendor, model))?.model_price;
      if (price?.["requests_kcount"] !== undefined) return 0;
      const thousand = baseOf(price?.["web_searches_kcount"]);
      return thousand === undefined ? undefined : thousand / 1_000;
    },
    async rateOf(vendor, model) {
      const price = (await find(vendor, model))?.model_price;
      const [input, output] = [baseOf(price?.["input_mtok"]), baseOf(price?.["output_mtok"])];
      return input === undefined || output === undefined ? undefined : { input, output };
    },
    windowOf: async (vendor, model) => (await find(vendor, model))?.model.context_window,
    async modelsOf(vendor) {
      const { findProvider } = await import("@pydantic/genai-prices");
      return findProvider({ providerId: vendor })?.models.map(({ id }) => id) ?? [];
    },
  };
}

/** Under the list's names; undefined for what can't be: more cached than read is a vendor's slip, and has no price. */
function countsOf(usage: Usage): Record<string, number> | undefined {
  const { inputTokens, cachedTokens, cacheWriteTokens, cacheWriteHourTokens = 0, outputTokens } = usage;
  const { searches = 0 } = usage;
  if (cachedTokens + cacheWriteTokens > inputTokens || cacheWriteHourTokens > cacheWriteTokens)
    return undefined;
  return {
    input_tokens: inputTokens,
    cache_read_tokens: cachedTokens,
    cache_write_tokens: cacheWriteTokens,
    ...(cacheWriteHourTokens > 0 && { cache_write_1h_tokens: cacheWriteHourTokens }),
    output_tokens: outputTokens,
    // Counts for nothing where their price is not known.
    ...(searches > 0 && { web_searches: searches }),
    // A part of the output, with a price of its own at few.
    output_reasoning_tokens: Math.min(usage.thinkingTokens, outputTokens),
  };
}

const baseOf = (price: number | TieredPrices | undefined): number | undefined =>
  typeof price === "object" ? price.base : price;

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
