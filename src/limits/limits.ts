import type { Inbound } from "../chat.ts";
import type { Models } from "../core.ts";
import type { Usage } from "../providers/provider.ts";
import type { ConversationKey } from "../store/store.ts";
import { boundsFor, limitsMoney, limitsUse, toNano } from "./bounds.ts";
import type { BoundUse, Ledger, LedgerEntry } from "./ledger.ts";
import { boundsOf, createHolds, isBudget, spendersOf } from "./hold.ts";
import { accountForLost, type Revived } from "./lost.ts";
import type { PlannedCall } from "./most.ts";
import { startOf } from "./period.ts";
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
  /** What it takes is a part of what this other one holds back. */
  readonly drawsOn?: string | undefined;
}

/** What an answer really came to. */
export interface Spent {
  readonly conversation: ConversationKey;
  readonly model: string;
  readonly usage: Usage;
  readonly costUsd?: number;
  /** The part of it whose price is known, where another part has none. */
  readonly knownUsd?: number;
  readonly tools: readonly string[];
  /** Part of it is reckoned, for a vendor did not tell all. */
  readonly isEstimate?: boolean;
}

/** Holds everyone to the limits, and writes down what is used. */
export interface Limits {
  /** Whether a budget in dollars holds for anyone: then no model is asked whose price is not known. */
  readonly countsMoney: boolean;
  /** Whether a budget in tokens or dollars holds for anyone. */
  readonly countsUse: boolean;
  /**
   * Without a call, counts the message; with some, holds back the most they may take. Again for the same job, it changes
   * what is held back. Throws UserError that says whose limit is in the way and when it opens.
   */
  reserve(job: Job, ...calls: readonly PlannedCall[]): Promise<void>;
  /**
   * The same while an attempt goes on, and beside what it took so far. Throws UserError that says what is left, and
   * ClaimLost when another attempt holds back for the job.
   */
  goOn(job: Job, soFar: Pick<Spent, "usage" | "costUsd" | "knownUsd">, next: Next): Promise<void>;
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
  /**
   * Takes the person out of the accounts. Where a limit of their own holds, what counts against it stays until its hour, day
   * or month is over.
   */
  forgetPerson(person: string): Promise<void>;
}

/** What comes next in an answer on its way. */
export interface Next {
  readonly call: PlannedCall;
  /** What tools before it take at most, in US dollars. */
  readonly feesUsd: number;
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
    countsUse: settings !== undefined && limitsUse(settings),

    ...createHolds({ settings, ledger, models, lifetimeMs, now }),

    account,
    settle: (job, spent) => ledger.settle(job.id, account(job, spent)),

    accountForLost: (job) => accountForLost({ ledger, models }, job, new Date(now())),
    release: (job) => ledger.release(job, now()),
    recount: (job) => ledger.recount(job),
    takeBack: (job) => ledger.takeBack(job, boundsOf(settings, job)),

    async budgets(of) {
      const bounds = settings
        ? boundsFor(settings, { person: of === "all" ? "" : of.person, persona: "" })
        : [];
      const kind = of === "all" ? "all" : "person";
      const asked = bounds.filter((bound) => bound.spender.kind === kind && isBudget(bound));
      return asked.length > 0 ? ledger.uses(asked, now()) : [];
    },

    async forgetPerson(person) {
      const own = (settings ? boundsFor(settings, { person, persona: "" }) : [])
        .filter(({ spender }) => spender.kind === "person")
        .map(({ measure, period }) => ({ measure, period, start: startOf(period, now()) }));
      const since = own.filter(({ measure }) => measure !== "messages").map(({ start }) => start);
      // A minute is over before anybody could make much of it.
      const counted = own.filter(({ measure, period }) => measure === "messages" && period !== "minute");
      await ledger.forgetPerson(person, since.length > 0 ? Math.min(...since) : undefined, counted);
    },
  };
}

function entryOf(job: Job, { spent, at }: { readonly spent: Spent; readonly at: Date }): LedgerEntry {
  const { costUsd, knownUsd = 0, isEstimate = false, ...rest } = spent;
  return {
    ...rest,
    isEstimate,
    ...spendersOf(job),
    turn: job.id,
    attempt: job.attempt,
    at,
    ...(costUsd === undefined ? { knownNano: toNano(knownUsd) } : { costNano: toNano(costUsd) }),
  };
}
