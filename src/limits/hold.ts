import { channelOf } from "../conversation/place-settings.ts";
import type { Models } from "../core.ts";
import { UserError } from "../errors.ts";
import { boundsFor, toNano } from "./bounds.ts";
import type { Bound, Reservation, Spenders } from "./ledger.ts";
import type { Job, LimitOptions, Limits } from "./limits.ts";
import { mostCost, mostTokens, type PlannedCall } from "./most.ts";
import { endsHere, refusal } from "./refusal.ts";

/** What holds back for an answer before anything is asked, and while it goes on. */
export function createHolds({
  settings,
  ledger,
  models,
  lifetimeMs,
  now,
}: Pick<LimitOptions, "settings" | "ledger" | "models"> & {
  /** When a reservation counts as abandoned, in milliseconds. */
  readonly lifetimeMs: number;
  readonly now: () => number;
}): Pick<Limits, "reserve" | "goOn"> {
  const reservationOf = (
    job: Job,
    held: Held & Pick<Reservation, "call" | "feesNano">,
    moment: number,
  ): Reservation => ({
    id: job.id,
    attempt: job.attempt,
    drawsOn: job.drawsOn,
    ...spendersOf(job),
    ...held,
    expiresAt: moment + lifetimeMs,
  });

  return {
    async reserve(job, ...calls) {
      const all = boundsOf(settings, job);
      const bounds = job.isPart ? all.filter(isBudget) : all;
      const held = await mostOf(models, calls, bounds);
      const moment = now();
      const exceeded = await ledger.reserve(
        reservationOf(job, { ...held, feesNano: feesOf(calls), call: asHeld(calls[0]) }, moment),
        bounds,
        moment,
      );
      if (exceeded.length === 0) return;
      throw new UserError(refusal(exceeded, (bound) => amountIn(held, bound), moment));
    },

    async goOn(job, { usage, knownUsd = 0, costUsd = knownUsd }, { call, feesUsd }) {
      const bounds = boundsOf(settings, job).filter(isBudget);
      if (bounds.length === 0) return;
      const most = await mostOf(models, [call], bounds);
      const taken = { tokens: usage.inputTokens + usage.outputTokens, costNano: toNano(costUsd) };
      const held = {
        tokens: taken.tokens + most.tokens,
        costNano: taken.costNano + most.costNano + toNano(feesUsd),
      };
      const moment = now();
      const reservation = reservationOf(job, { ...held, call }, moment);
      const exceeded = await ledger.reserve(reservation, bounds, moment, { goesOn: true });
      if (exceeded.length === 0) return;
      const amounts = {
        taken: (bound: Bound) => amountIn(taken, bound),
        wanted: (bound: Bound) => amountIn(held, bound),
      };
      throw new UserError(endsHere(exceeded, amounts, moment));
    },
  };
}

/** Whom an answer counts for. */
export function spendersOf({ inbound: { author, place, thread }, persona }: Job): Spenders {
  return { person: author.id, ...(place !== "dm" && { channel: channelOf(thread) }), persona };
}

/** Every bound that holds for it. */
export const boundsOf = (settings: LimitOptions["settings"], job: Job): readonly Bound[] =>
  settings ? boundsFor(settings, spendersOf(job)) : [];

/** Whether it is one of tokens or money. */
export const isBudget = ({ measure }: Bound): boolean => measure !== "messages";

type Held = Pick<Reservation, "tokens" | "costNano">;

/** What of it is known where nobody is left to tell. */
const asHeld = (call: PlannedCall | undefined): Reservation["call"] =>
  call && { model: call.model, ...(!call.comesLater && { promptTokens: call.promptTokens }) };

const feesOf = (calls: readonly PlannedCall[]): number =>
  toNano(calls.reduce((sum, { feesUsd = 0 }) => sum + feesUsd, 0));

function amountIn({ tokens, costNano }: Held, { measure }: Bound): number {
  return { messages: 1, tokens, money: costNano }[measure];
}

/** The most that these calls may take; their cost only where it is limited. */
async function mostOf(
  models: Pick<Models, "cost" | "searchPrice">,
  calls: readonly PlannedCall[],
  bounds: readonly Bound[],
): Promise<Held> {
  const isPriced = bounds.some(({ measure }) => measure === "money");
  return {
    tokens: calls.reduce((sum, call) => sum + mostTokens(call), 0),
    costNano: isPriced ? await mostNano(models, calls) : 0,
  };
}

/** In billionths of a dollar. Throws UserError when nobody knows a price: a budget that can't be counted is none. */
async function mostNano(
  models: Pick<Models, "cost" | "searchPrice">,
  calls: readonly PlannedCall[],
): Promise<number> {
  let sum = 0;
  for (const call of calls) {
    const cost = await mostCost(models, call);
    if (cost === undefined) throw new UserError(({ limits }) => limits.noPrice(call.model));
    sum += toNano(cost);
  }
  return sum;
}
