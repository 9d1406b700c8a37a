import type { Asking } from "./asking.ts";
import type { Core, ModelChoice } from "./core.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import type { Job, Spent as Use } from "./limits/limits.ts";
import type { Prepared } from "./prepare.ts";
import { addFees, type Fees, noFees } from "./search/fees.ts";
import type { ConversationKey } from "./store/store.ts";
import type { Spent } from "./turn.ts";
import { type Progress, type Taken, takenBy, usageOf } from "./turn-progress.ts";

/** Who pays for an answer. */
export const accountOf = ({ job, attempt, earlier, message, persona }: Asking): Job => ({
  id: job,
  attempt,
  inbound: message,
  persona: persona.id,
  ...(earlier && { earlier }),
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
  { spent, fees, cut, ...taken }: Taken,
  {
    conversation,
    model,
    promptTokens,
  }: { readonly conversation: ConversationKey; readonly model: ModelChoice; readonly promptTokens: number },
): Promise<Use> {
  const { costUsd } = await costOf(core, spent, fees);
  return {
    conversation,
    model: taken.model === "" ? model.name : taken.model,
    usage: usageOf({ spent }),
    ...(costUsd !== undefined && { costUsd }),
    tools: taken.tools,
    ...(cut && { cutShort: { ...cut, promptTokens: promptTokens + cut.addedTokens } }),
  };
}

/** What an answer cost, as far as it is known. */
export interface Cost {
  /** In US dollars; left out when a model's price is not known, or nothing was counted. */
  readonly costUsd?: number;
  /** How many paid searches are not in it, for nobody told their price. */
  readonly unpriced?: number;
}

/** Of all calls that had a part in it, each by itself, and of what was searched for it. */
export async function costOf(
  { models }: Pick<Core, "models">,
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
