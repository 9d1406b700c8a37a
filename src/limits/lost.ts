import type { Models } from "../core.ts";
import { noUsage, usageOf } from "../turn-progress.ts";
import { noFees } from "../search/fees.ts";
import { toNano } from "./bounds.ts";
import { costOf } from "./cost.ts";
import type { Ledger, LedgerEntry } from "./ledger.ts";
import type { Job } from "./limits.ts";
import type { PlannedCall } from "./most.ts";

/** What is taken to have been said where nobody can tell, in tokens: a whole answer as people mostly get it. */
const usualTokens = 1_000;

/**
 * An attempt whose process ended in a call left nobody to tell what it took: that is reckoned by the call that is made
 * again, with the rounds it had finished. One that lives on after all can't account for it a second time.
 */
export async function accountForLost(
  { ledger, models }: { readonly ledger: Ledger; readonly models: Pick<Models, "cost" | "searchPrice"> },
  job: Job,
  {
    call: { model, promptTokens },
    entry,
  }: {
    readonly call: PlannedCall;
    readonly entry: Pick<LedgerEntry, "turn" | "at" | "person" | "channel" | "persona">;
  },
): Promise<void> {
  const attempt = await ledger.abandoned(job);
  if (attempt === undefined) return;
  const { by, spent = [] } = job.earlier?.rounds ?? {};
  const own = by?.attempt === attempt ? by : { calls: 0, feesUsd: 0 };
  const usage = { ...noUsage, inputTokens: promptTokens, outputTokens: usualTokens };
  const calls = [...spent.slice(spent.length - own.calls), { model, usage }];
  const { costUsd } = await costOf(models, calls, { ...noFees, usd: own.feesUsd });
  await ledger.settle(job.id, {
    ...entry,
    attempt,
    conversation: "",
    model,
    usage: usageOf({ spent: calls }),
    isEstimate: true,
    ...(costUsd !== undefined && { costNano: toNano(costUsd) }),
    tools: [],
  });
}
