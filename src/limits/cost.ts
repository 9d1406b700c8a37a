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
  const { usd, isWhole, unpriced } = await knownCost(models, spent, fees);
  return isWhole ? { costUsd: usd, ...(unpriced > 0 && { unpriced }) } : {};
}

/** The same, where what is not known leaves out nothing that is. */
export async function knownCost(
  models: Pick<Models, "cost" | "searchPrice">,
  spent: readonly Spent[],
  fees: Fees,
): Promise<{
  /** The sum of what is known. */
  readonly usd: number;
  /** Whether something was counted, and the price of every model is known. */
  readonly isWhole: boolean;
  readonly unpriced: number;
}> {
  let { usd, unpriced } = fees;
  let isWhole = spent.some(({ usage }) => usage.inputTokens + usage.outputTokens > 0);
  for (const { model, usage } of spent) {
    const cost = await models.cost(model, usage);
    if (cost === undefined) isWhole = false;
    else usd += cost;
    const { searches = 0, costUsd } = usage;
    if (searches > 0 && costUsd === undefined && (await models.searchPrice(model)) === undefined)
      unpriced += searches;
  }
  return { usd, isWhole, unpriced };
}
