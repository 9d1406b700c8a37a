import type { Asking } from "./asking.ts";
import { countMessages, estimateTokens } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import { knownCost } from "./limits/cost.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import type { Job, Spent as Use } from "./limits/limits.ts";
import type { PlannedCall } from "./limits/most.ts";
import type { Prepared } from "./prepare.ts";
import type { ModelRequest } from "./providers/provider.ts";
import type { ConversationKey } from "./store/store.ts";
import type { Spent } from "./turn.ts";
import type { Hold } from "./turn-budget.ts";
import {
  type Cut,
  noUsage,
  type Progress,
  type Taken,
  takenBy,
  takenSoFar,
  usageOf,
} from "./turn-progress.ts";

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
  { prepared: { prompt }, model, progress }: Attempted,
): Promise<void> {
  const promptTokens = prompt.tokens + countMessages(progress.messages, estimateTokens);
  await limits.reserve(accountOf(asking), {
    ...callOf(model, promptTokens, prompt.request),
    feesUsd: takenSoFar(progress).fees.usd,
  });
}

/** The same while the answer goes on. */
export function holdFor(core: Core, asking: Asking, attempted: Attempted): Hold | undefined {
  const { prompt } = attempted.prepared;
  const first = callOf(attempted.model, prompt.tokens, prompt.request);
  return holdBeside(core, accountOf(asking), first, () => soFarIn(core, asking, attempted));
}

/** The next call of a model, as limits plan with it. */
export const callOf = <Request extends PlannedCall["request"]>(
  { name: model, standIns }: ModelChoice,
  promptTokens: number,
  request: Request,
) => ({ model, standIns, promptTokens, request });

/** Holds back what comes next beside what an attempt took so far; undefined where no budget holds for anyone. */
export function holdBeside(
  { limits }: Pick<Core, "limits">,
  job: Job,
  first: PlannedCall & { readonly request: Pick<ModelRequest, "messages"> },
  soFar: () => Promise<Use>,
): Hold | undefined {
  if (!limits.countsUse) return undefined;
  return async ({ request, feesUsd }) => {
    const added = request.messages.slice(first.request.messages.length);
    const promptTokens = first.promptTokens + countMessages(added, estimateTokens);
    await limits.goOn(job, await soFar(), { call: { ...first, promptTokens, request }, feesUsd });
  };
}

/** What an attempt is accounted for by. */
export interface Attempted {
  readonly prepared: Prepared;
  readonly model: ModelChoice;
  readonly progress: Progress;
}

type Begun = Omit<Attempted, "prepared"> & { readonly prepared: Prepared | undefined };

/** What this attempt really took, to be stored with its answer; undefined where nobody takes anything. */
export async function accountFor(
  core: Core,
  asking: Asking,
  attempted: Attempted,
): Promise<LedgerEntry | undefined> {
  const spent = await spentIn(core, asking, attempted);
  return spent && core.limits.account(accountOf(asking), spent);
}

/**
 * The same where no answer is stored: written down by itself, also where it was never made ready. Safe to repeat, and after
 * an answer was stored.
 */
export async function settleFor(core: Core, asking: Asking, attempted: Begun): Promise<void> {
  const spent = await spentIn(core, asking, attempted);
  await (spent ? core.limits.settle(accountOf(asking), spent) : core.limits.release(accountOf(asking)));
}

async function spentIn(core: Core, asking: Asking, attempted: Begun): Promise<Use | undefined> {
  const taken = takenBy(attempted.progress);
  return taken && useIn(core, asking, attempted, taken);
}

const soFarIn = (core: Core, asking: Asking, attempted: Attempted): Promise<Use> =>
  useIn(core, asking, attempted, takenSoFar(attempted.progress));

const useIn = (
  core: Core,
  { conversation }: Asking,
  { prepared, model }: Begun,
  taken: Taken,
): Promise<Use> =>
  useOf(core, taken, {
    conversation: conversation.key,
    model,
    promptTokens: prepared?.prompt.tokens ?? 0,
  });

/** What calls took, as the accounts take it. */
export async function useOf(
  core: Pick<Core, "models">,
  { spent, fees, cuts, isOfToolsAlone, ...taken }: Taken,
  {
    conversation,
    model,
    promptTokens,
  }: { readonly conversation: ConversationKey; readonly model: ModelChoice; readonly promptTokens: number },
): Promise<Use> {
  const calls = [...spent, ...cuts.flatMap((cut) => untold(cut, promptTokens))];
  const { usd, isWhole } = await knownCost(core.models, calls, fees);
  return {
    conversation,
    model: taken.model === "" ? model.name : taken.model,
    usage: usageOf({ spent: calls }),
    ...(isWhole || isOfToolsAlone ? { costUsd: usd } : { knownUsd: usd }),
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
