import type { Asking } from "./asking.ts";
import { estimateTokens } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import { costOf } from "./limits/cost.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import type { Job, Spent as Use } from "./limits/limits.ts";
import type { Prepared } from "./prepare.ts";
import { addFees, noFees } from "./search/fees.ts";
import type { ConversationKey } from "./store/store.ts";
import type { Spent } from "./turn.ts";
import { type Cut, noUsage, type Progress, type Taken, takenBy, usageOf } from "./turn-progress.ts";

/** Who pays for an answer. */
export const accountOf = ({ job, attempt, message, persona }: Asking): Job => ({
  id: job,
  attempt,
  inbound: message,
  persona: persona.id,
});

/** Holds back the most that the next call may cost. Throws UserError that says whose limit is in the way. */
export async function reserveCall(
  { limits }: Core,
  asking: Asking,
  { prepared: { prompt }, model }: { prepared: Prepared; model: ModelChoice },
): Promise<void> {
  await limits.reserve(accountOf(asking), {
    model: model.name,
    promptTokens: prompt.tokens,
    request: prompt.request,
  });
}

/** What an attempt is accounted for by. */
export interface Attempted {
  readonly prepared: Prepared;
  readonly model: ModelChoice;
  readonly progress: Progress;
}

/** What this attempt really took, to be stored with its answer; undefined where nobody takes anything. */
export async function accountFor(
  core: Core,
  asking: Asking,
  attempted: Attempted,
): Promise<LedgerEntry | undefined> {
  const spent = await spentIn(core, asking, attempted);
  return spent && core.limits.account(accountOf(asking), spent);
}

/** The same where no answer is stored: written down by itself. Safe to repeat, and after an answer was stored. */
export async function settleFor(core: Core, asking: Asking, attempted: Attempted): Promise<void> {
  const spent = await spentIn(core, asking, attempted);
  await (spent ? core.limits.settle(accountOf(asking), spent) : core.limits.release(accountOf(asking)));
}

async function spentIn(
  core: Core,
  { conversation }: Asking,
  { prepared: { prompt, fees = noFees }, model, progress }: Attempted,
): Promise<Use | undefined> {
  const taken = takenBy(progress);
  if (!taken) return undefined;
  const all = { ...taken, fees: addFees(taken.fees, fees) };
  return useOf(core, all, { conversation: conversation.key, model, promptTokens: prompt.tokens });
}

/** What calls took, as the accounts take it. */
export async function useOf(
  core: Pick<Core, "models">,
  { spent, fees, cuts, ...taken }: Taken,
  {
    conversation,
    model,
    promptTokens,
  }: { readonly conversation: ConversationKey; readonly model: ModelChoice; readonly promptTokens: number },
): Promise<Use> {
  const calls = [...spent, ...cuts.flatMap((cut) => untold(cut, promptTokens))];
  const { costUsd } = await costOf(core.models, calls, fees);
  return {
    conversation,
    model: taken.model === "" ? model.name : taken.model,
    usage: usageOf({ spent: calls }),
    ...(costUsd !== undefined && { costUsd }),
    tools: taken.tools,
    isEstimate: calls.length > spent.length,
  };
}

/** What was surely sent and said, where that is more than what the vendor told: the difference is one more call. */
function untold({ model, addedTokens, said, told }: Cut, promptTokens: number): readonly Spent[] {
  const inputTokens = Math.max(0, promptTokens + addedTokens - told.inputTokens);
  const outputTokens = Math.max(0, estimateTokens(said) - told.outputTokens);
  if (inputTokens + outputTokens === 0) return [];
  return [{ model, usage: { ...noUsage, inputTokens, outputTokens } }];
}
