import { type Asking, isCutShort, type Made } from "./asking.ts";
import type { Core, ModelChoice } from "./core.ts";
import type { LedgerEntry } from "./limits/ledger.ts";
import type { Job } from "./limits/limits.ts";
import type { Prepared } from "./prepare.ts";
import type { Fees } from "./search/fees.ts";
import type { Spent } from "./turn.ts";

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
  const { resume } = asking;
  await limits.reserve(accountOf(asking), {
    model: model.name,
    promptTokens: prompt.tokens,
    request: prompt.request,
    ...(resume && { before: resume.spent }),
  });
}

/** What an answer really took, to be stored with it; nothing is taken for one of which nothing is kept. */
export async function accountFor(
  { limits }: Core,
  asking: Asking,
  made: Made,
): Promise<LedgerEntry | undefined> {
  const { turn, prepared, result, receipt } = made;
  if (result.messages.length === 0) {
    await limits.release(accountOf(asking));
    return undefined;
  }
  const cutShort = { promptTokens: prepared.prompt.tokens, said: asking.reply.text };
  return limits.account(accountOf(asking), {
    turn,
    conversation: asking.conversation.key,
    model: result.model,
    usage: result.usage,
    ...(receipt.costUsd !== undefined && { costUsd: receipt.costUsd }),
    tools: result.tools,
    ...(isCutShort(result) && { cutShort }),
  });
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
