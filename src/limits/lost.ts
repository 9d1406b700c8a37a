import type { Models } from "../core.ts";
import { noFees } from "../search/fees.ts";
import type { FinishedRounds } from "../store/store.ts";
import { noUsage, usageOf } from "../turn-progress.ts";
import { toNano } from "./bounds.ts";
import { costOf } from "./cost.ts";
import type { Ledger } from "./ledger.ts";

/** What is taken to have been said where nobody can tell, in tokens: a whole answer as people mostly get it. */
const usualTokens = 1_000;

/** A job that is worked on again. */
export interface Revived {
  readonly id: string;
  /** The attempt that works on it now. */
  readonly attempt: string;
  /** What earlier ones had finished. */
  readonly rounds?: FinishedRounds | undefined;
}

/**
 * An attempt whose process ended in a call left nobody to tell what it took: that is reckoned, with the rounds it had finished
 * and the calls beside it. One that lives on after all can't account for it a second time.
 */
export async function accountForLost(
  { ledger, models }: { readonly ledger: Ledger; readonly models: Pick<Models, "cost" | "searchPrice"> },
  { id, attempt, rounds }: Revived,
  at: Date,
): Promise<void> {
  const { by, spent = [] } = rounds ?? {};
  for (const { id: turn, attempt: lost, tokens, call, ...spenders } of await ledger.abandoned({
    id,
    attempt,
  })) {
    const { model, promptTokens: inputTokens } = call;
    const own = turn === id && by?.attempt === lost ? by : { calls: 0, feesUsd: 0 };
    const usage = { ...noUsage, inputTokens, outputTokens: Math.min(usualTokens, tokens - inputTokens) };
    const calls = [...spent.slice(spent.length - own.calls), { model, usage }];
    const { costUsd } = await costOf(models, calls, { ...noFees, usd: own.feesUsd });
    await ledger.settle(turn, {
      ...spenders,
      turn,
      attempt: lost,
      at,
      conversation: "",
      model,
      usage: usageOf({ spent: calls }),
      isEstimate: true,
      ...(costUsd !== undefined && { costNano: toNano(costUsd) }),
      tools: [],
    });
  }
}
