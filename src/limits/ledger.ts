/** What limits and accounts need of the store: types only. */
import type { Usage } from "../providers/provider.ts";
import type { ConversationKey } from "../store/store.ts";
import type { Period } from "./period.ts";

/** Whose use is counted. */
export interface Spender {
  readonly kind: "person" | "channel" | "persona" | "all";
  /** `platform:user`, `platform:channel`, a persona's id; empty for all. */
  readonly name: string;
}

/** The most of something that one spender may use in a period. */
export interface Bound {
  readonly spender: Spender;
  readonly measure: "messages" | "tokens" | "money";
  readonly period: Period;
  /** Money in billionths of a dollar, as everywhere in the ledger. */
  readonly most: number;
}

/** Who an answer is counted for. */
export interface Spenders {
  readonly person: string;
  /** Left out in direct messages, which are the person's own. */
  readonly channel?: string;
  readonly persona: string;
}

/** What is held back for an answer on its way. */
export interface Reservation extends Spenders {
  /** The job's: reserving again under it changes the one reservation. */
  readonly id: string;
  /** The only one that can give it back or put its real use in its place. */
  readonly attempt: string;
  readonly tokens: number;
  readonly costNano: number;
  /** From when on it counts no more, in milliseconds since 1970: its process must have died. */
  readonly expiresAt: number;
  /** The one of the same attempt that this is a part of: it holds back so much less, and has it for as long. */
  readonly drawsOn?: string | undefined;
  /** Of it, what searches beside the calls took, and may take before the next one; as it was where left out. */
  readonly feesNano?: number;
  /**
   * The call that it is for, or the first of them; left out where only a message is counted. Without `promptTokens`, none is
   * made yet: something else is paid for before it.
   */
  readonly call?: { readonly model: string; readonly promptTokens?: number } | undefined;
}

/** What an attempt that never told what it took had held back. */
export interface Abandoned
  extends Required<Pick<Reservation, "id" | "attempt" | "tokens" | "feesNano">>, Spenders {
  readonly call: NonNullable<Reservation["call"]>;
}

/** What stands against a bound. */
export interface BoundUse {
  readonly bound: Bound;
  /** What was used in this period. */
  readonly used: number;
  /** What other answers on their way hold back. */
  readonly held: number;
}

/** What use is told apart by. A day is its number since 1970, by the clock of UTC. */
export type UsageKey = "day" | "model" | "persona" | "channel" | "person";

/** What use is asked for. */
export interface UsageQuery {
  /** Everyone's when left out. */
  readonly person?: string;
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly by: readonly UsageKey[];
}

/** What answers of one kind came to. */
export interface UsageSum {
  /** The kind, by the keys of the query; empty for what is nobody's, or in no channel. */
  readonly of: Readonly<Partial<Record<UsageKey, string | number>>>;
  readonly answers: number;
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
  readonly thinkingTokens: number;
  readonly costNano: number;
  /** How many answers had no known price: they are not in the cost. */
  readonly unpriced: number;
}

/** One answer as it is accounted for. */
export interface LedgerEntry extends Spenders {
  /** The job's id, or that of a call beside one. */
  readonly turn: string;
  /** Whose reservation it takes the place of. Tells an answer done again from the same one stored again. */
  readonly attempt: string;
  readonly at: Date;
  readonly conversation: ConversationKey | "";
  /** `provider/model` that really answered. */
  readonly model: string;
  readonly usage: Usage;
  /** Whether the usage is reckoned, for the vendor did not tell all of it. */
  readonly isEstimate: boolean;
  /** Left out when a price is not known; the day's sum then counts what was reserved, or what is known, if that is more. */
  readonly costNano?: number;
  /** What is known of it then. */
  readonly knownNano?: number;
  readonly tools: readonly string[];
}

/** Accounts that no two processes can overdraw. Times are milliseconds since 1970. */
export interface Ledger {
  /**
   * Reserves when nothing is in the way, else changes nothing and answers what is. A job's message is counted once,
   * however often it is reserved. `goesOn`: it changes what its attempt holds back, and throws ClaimLost where that is another's.
   */
  reserve(
    reservation: Reservation,
    bounds: readonly Bound[],
    now: number,
    options?: { readonly goesOn?: boolean },
  ): Promise<readonly BoundUse[]>;
  /** What stands against each of these now. */
  uses(bounds: readonly Bound[], now: number): Promise<readonly BoundUse[]>;
  /** The sums of what was used, exact, in the order of their kinds. */
  usage(query: UsageQuery): Promise<readonly UsageSum[]>;
  /** Puts the real use in the place of the attempt's reservation. The same turn and attempt again changes nothing. */
  settle(job: string, entry: LedgerEntry): Promise<void>;
  /** Gives back what this attempt at the job had reserved. */
  release(of: Pick<Reservation, "id" | "attempt">, now: number): Promise<void>;
  /** What other attempts than this one held back for this job and calls beside it, and never told what they took. */
  abandoned(by: Pick<Reservation, "id" | "attempt">): Promise<readonly Abandoned[]>;
  /** Counts the job's message anew when it comes again, if a model was asked for it. */
  recount(of: Pick<Reservation, "id" | "attempt">): Promise<void>;
  /** Gives back all, the message too, if no model was asked for it. */
  takeBack(of: Pick<Reservation, "id" | "attempt">, bounds: readonly Bound[]): Promise<void>;
  /**
   * Takes the person out of every row; what was used stays, as nobody's. What this person used since `keepSince` still
   * counts against their own limits, and is deleted when its month is over; so do the messages of these `counted` periods,
   * until they are over.
   */
  forgetPerson(
    person: string,
    keepSince?: number,
    counted?: readonly { readonly period: Period; readonly start: number }[],
  ): Promise<void>;
}
