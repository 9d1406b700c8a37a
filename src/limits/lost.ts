import type { Models } from "../core.ts";
import { noFees } from "../search/fees.ts";
import type { FinishedRounds } from "../store/store.ts";
import type { Spent } from "../turn.ts";
import { noUsage, usageOf } from "../turn-progress.ts";
import { toDollars, toNano } from "./bounds.ts";
import { costOf } from "./cost.ts";
import type { Abandoned, Ledger } from "./ledger.ts";

/** What is taken to have been said where nobody can tell, in tokens: a whole answer as people mostly get it. */
const usualTokens = 1_000;

/** A job that is worked on again. */
export interface Revived {
  readonly id: string;
  /** The attempt that works on it now. */
  readonly attempt: string;
  /** What earlier ones had finished. */
  readonly rounds?: FinishedRounds | undefined;
  /** What its tools take at most that had not ended, in US dollars. */
  readonly openUsd?: number;
}

/**
 * An attempt whose process ended in a call left nobody to tell what it took: that is reckoned, with the rounds it had finished
 * and the calls beside it. One that lives on after all can't account for it a second time.
 */
export async function accountForLost(
  { ledger, models }: { readonly ledger: Ledger; readonly models: Pick<Models, "cost" | "searchPrice"> },
  { id, attempt, rounds, openUsd = 0 }: Revived,
  at: Date,
): Promise<void> {
  for (const lost of await ledger.abandoned({ id, attempt })) {
    const { id: turn, attempt, tokens: _, feesNano: _fees, call, ...spenders } = lost;
    const { calls, feesUsd, isEstimate } = takenBy(lost, lost.id === id ? { rounds, openUsd } : {});
    const isPriced = calls.length > 0;
    if (!isPriced && feesUsd === 0) {
      await ledger.release({ id: turn, attempt }, at.getTime());
      continue;
    }
    const { costUsd } = isPriced
      ? await costOf(models, calls, { ...noFees, usd: feesUsd })
      : { costUsd: feesUsd };
    await ledger.settle(turn, {
      ...spenders,
      turn,
      attempt,
      at,
      conversation: "",
      model: call.model,
      usage: usageOf({ spent: calls }),
      isEstimate,
      ...(costUsd !== undefined && { costNano: toNano(costUsd) }),
      tools: [],
    });
  }
}

/** The rounds that were its own, and the call it was in, unless its tools were running; and what is paid for beside them. */
function takenBy(
  { attempt, tokens, feesNano, call: { model, promptTokens: inputTokens } }: Abandoned,
  { rounds, openUsd = 0 }: Pick<Revived, "rounds" | "openUsd">,
): { readonly calls: readonly Spent[]; readonly feesUsd: number; readonly isEstimate: boolean } {
  const { by, spent = [], open } = rounds ?? {};
  const own = by?.attempt === attempt ? by : undefined;
  const { calls: count, feesUsd } = own ?? { calls: 0, feesUsd: 0 };
  const finished = spent.slice(spent.length - count);
  const fees = Math.max(feesUsd, toDollars(feesNano)) + (open ? openUsd : 0);
  if ((own && open) || inputTokens === undefined)
    return { calls: finished, feesUsd: fees, isEstimate: fees > feesUsd };
  const usage = { ...noUsage, inputTokens, outputTokens: Math.min(usualTokens, tokens - inputTokens) };
  return { calls: [...finished, { model, usage }], feesUsd: fees, isEstimate: true };
}
