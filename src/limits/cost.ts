import type { Models } from "../core.ts";
import type { Fees } from "../search/fees.ts";
import type { Spent } from "../turn.ts";

/** What an answer cost, as far as it is known. */
export interface Cost {
  /** In US dollars; left out when a model's price is not known, or nothing was counted. */
  readonly costUsd?: number;
  /** How many paid searches are not in it, for nobody told their price. */
  readonly unpriced?: number;
}

/** Of all calls that had a part in it, each by itself, and of what was searched for it. */
export async function costOf(
  models: Pick<Models, "cost" | "searchPrice">,
  spent: readonly Spent[],
  fees: Fees,
): Promise<Cost> {
  if (!spent.some(({ usage }) => usage.inputTokens + usage.outputTokens > 0)) return {};
  let sum = fees.usd;
  let { unpriced } = fees;
  for (const { model, usage } of spent) {
    const cost = await models.cost(model, usage);
    if (cost === undefined) return {};
    sum += cost;
    const { searches = 0, costUsd } = usage;
    if (searches > 0 && costUsd === undefined && (await models.searchPrice(model)) === undefined)
      unpriced += searches;
  }
  return { costUsd: sum, ...(unpriced > 0 && { unpriced }) };
}
