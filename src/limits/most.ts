import type { Models } from "../core.ts";
import type { ModelRequest } from "../providers/provider.ts";
import { thinkingRoom } from "../providers/thinking.ts";

/** The next call of a model, as far as it is known before it. */
export interface PlannedCall {
  /** `provider/model`. */
  readonly model: string;
  readonly promptTokens: number;
  readonly request: Pick<ModelRequest, "maxOutputTokens" | "thinking" | "webSearch">;
  /** What may be asked in its place, where that is more than nothing: `provider/model`, each. */
  readonly standIns?: readonly string[] | undefined;
  /** What is paid beside it, in US dollars. */
  readonly feesUsd?: number;
  /** Something else is done before it, or calls of their own make it up. */
  readonly comesLater?: true;
}

/** The most tokens it may take, input and output. */
export function mostTokens(call: PlannedCall): number {
  return call.promptTokens + mostOutput(call);
}

/** As many as a vendor's own search is used for one call, where it is left to its model: see the providers. */
const mostSearches = 8;

/**
 * The most it may cost, in US dollars, whoever of those that stand in for its model answers; undefined when nobody knows the
 * model's price. Who stands in without a price is left out where money is limited.
 */
export async function mostCost(
  models: Pick<Models, "cost" | "searchPrice">,
  { standIns = [], ...call }: PlannedCall,
): Promise<number | undefined> {
  const own = await costAt(models, call);
  if (own === undefined) return undefined;
  const others = await Promise.all(standIns.map((model) => costAt(models, { ...call, model })));
  return Math.max(own, ...others.map((cost = 0) => cost));
}

async function costAt(
  models: Pick<Models, "cost" | "searchPrice">,
  call: PlannedCall,
): Promise<number | undefined> {
  const { promptTokens: inputTokens } = call;
  const plain = {
    inputTokens,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: mostOutput(call),
    thinkingTokens: 0,
  };
  const costs = await Promise.all([
    models.cost(call.model, plain),
    // Some vendors take more for what they put into their cache.
    models.cost(call.model, { ...plain, cacheWriteTokens: inputTokens }),
    call.request.webSearch ? models.searchPrice(call.model) : 0,
  ]);
  const known = costs.filter((cost) => cost !== undefined);
  if (known.length < costs.length) return undefined;
  const [once = 0, cached = 0, search = 0] = known;
  return Math.max(once, cached) + mostSearches * search + (call.feesUsd ?? 0);
}

function mostOutput({ request: { maxOutputTokens = 0, thinking } }: PlannedCall): number {
  return maxOutputTokens + thinkingRoom(thinking);
}
