import type { Inbound } from "../chat.ts";
import { channelOf } from "../conversation/place-settings.ts";
import type { Models } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Usage } from "../providers/provider.ts";
import type { ConversationKey } from "../store/store.ts";
import { boundsFor, limitsMoney, toNano } from "./bounds.ts";
import type { Bound, BoundUse, Ledger, LedgerEntry, Spenders } from "./ledger.ts";
import { accountForLost, type Revived } from "./lost.ts";
import { mostCost, mostTokens, type PlannedCall } from "./most.ts";
import { startOf } from "./period.ts";
import { refusal } from "./refusal.ts";
import type { LimitSettings } from "./schema.ts";

/** An answer on its way. */
export interface Job {
  /** The same for every attempt at the same event. */
  readonly id: string;
  /** Unlike that of any other attempt: one that was overtaken must not give back what the next one holds. */
  readonly attempt: string;
  readonly inbound: Pick<Inbound, "author" | "thread" | "place">;
  /** Its id. */
  readonly persona: string;
  /** It is one of several calls for a message that is counted already. */
  readonly isPart?: boolean;
}

/** What an answer really came to. */
export interface Spent {
  readonly conversation: ConversationKey;
  readonly model: string;
  readonly usage: Usage;
  readonly costUsd?: number;
  readonly tools: readonly string[];
  /** Part of it is reckoned, for a vendor did not tell all. */
  readonly isEstimate?: boolean;
}

/** Holds everyone to the limits, and writes down what is used. */
export interface Limits {
  /** Whether a budget in dollars holds for anyone: then no model is asked whose price is not known. */
  readonly countsMoney: boolean;
  /**
   * Without a call, counts the message; with some, holds back the most they may take. Again for the same job, it changes
   * what is held back. Throws UserError that says whose limit is in the way and when it opens.
   */
  reserve(job: Job, ...calls: readonly PlannedCall[]): Promise<void>;
  /** What was really used, as it is written down: by `settle`, or with the answer. */
  account(job: Job, spent: Spent): LedgerEntry;
  /** Accounts for what was really used, in place of what was held back. Safe to repeat. */
  settle(job: Job, spent: Spent): Promise<void>;
  /** Reckons what attempts took whose process ended in a call, before another one begins. Safe to repeat. */
  accountForLost(job: Revived): Promise<void>;
  /** Gives back what was held back for an answer that used nothing. Safe to repeat. */
  release(job: Job): Promise<void>;
  /** The question was taken back: where no model was asked, it counts as no message. */
  takeBack(job: Job): Promise<void>;
  /** The question was changed: if a model was asked already, it counts as another message. */
  recount(job: Job): Promise<void>;
  /** What stands against the budgets of this person, or of everyone together: tokens and money, day and month. */
  budgets(of: { readonly person: string } | "all"): Promise<readonly BoundUse[]>;
  /** Takes the person out of the accounts. Where a budget of their own holds, its running sum stays to the month's end. */
  forgetPerson(person: string): Promise<void>;
}

export interface LimitOptions {
  /** Nothing is limited when left out. */
  readonly settings?: LimitSettings | undefined;
  readonly ledger: Ledger;
  readonly models: Pick<Models, "cost" | "searchPrice">;
  /** The longest an answer takes, in seconds. */
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Added to the longest answer before its reservation counts as abandoned, in milliseconds. */
const graceMs = 60_000;

export function createLimits({ settings, ledger, models, seconds, now = Date.now }: LimitOptions): Limits {
  const lifetimeMs = seconds * 1000 + graceMs;

  const account = (job: Job, spent: Spent): LedgerEntry => entryOf(job, { spent, at: new Date(now()) });

  return {
    countsMoney: settings !== undefined && limitsMoney(settings),

    async reserve(job, ...calls) {
      const spenders = spendersOf(job);
      const all = settings ? boundsFor(settings, spenders) : [];
      const bounds = job.isPart ? all.filter(({ measure }) => measure !== "messages") : all;
      const isPriced = bounds.some(({ measure }) => measure === "money");
      const tokens = calls.reduce((sum, call) => sum + mostTokens(call), 0);
      const costNano = isPriced ? await mostNano(models, calls) : 0;
      const moment = now();
      const exceeded = await ledger.reserve(
        {
          id: job.id,
          attempt: job.attempt,
          ...spenders,
          tokens,
          costNano,
          expiresAt: moment + lifetimeMs,
          call: calls[0],
        },
        bounds,
        moment,
      );
      if (exceeded.length === 0) return;
      const wanted = { messages: 1, tokens, money: costNano };
      throw new UserError(refusal(exceeded, ({ measure }) => wanted[measure], moment));
    },

    account,
    settle: (job, spent) => ledger.settle(job.id, account(job, spent)),

    accountForLost: (job) => accountForLost({ ledger, models }, job, new Date(now())),
    release: (job) => ledger.release(job, now()),
    recount: (job) => ledger.recount(job),
    takeBack: (job) => ledger.takeBack(job, settings ? boundsFor(settings, spendersOf(job)) : [], lifetimeMs),

    async budgets(of) {
      const bounds = settings
        ? boundsFor(settings, { person: of === "all" ? "" : of.person, persona: "" })
        : [];
      const kind = of === "all" ? "all" : "person";
      const asked = bounds.filter(({ spender, measure }) => spender.kind === kind && measure !== "messages");
      return asked.length > 0 ? ledger.uses(asked, now()) : [];
    },

    async forgetPerson(person) {
      const budgets = settings ? boundsFor(settings, { person, persona: "" }).filter(isOwnBudget) : [];
      const starts = budgets.map(({ period }) => startOf(period, now()));
      await ledger.forgetPerson(person, starts.length > 0 ? Math.min(...starts) : undefined);
    },
  };
}

function entryOf(job: Job, { spent, at }: { readonly spent: Spent; readonly at: Date }): LedgerEntry {
  const { costUsd, isEstimate = false, ...rest } = spent;
  return {
    ...rest,
    isEstimate,
    ...spendersOf(job),
    turn: job.id,
    attempt: job.attempt,
    at,
    ...(costUsd !== undefined && { costNano: toNano(costUsd) }),
  };
}

function isOwnBudget({ spender, measure }: Bound): boolean {
  return spender.kind === "person" && measure !== "messages";
}

function spendersOf({ inbound: { author, place, thread }, persona }: Job): Spenders {
  return { person: author.id, ...(place !== "dm" && { channel: channelOf(thread) }), persona };
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
