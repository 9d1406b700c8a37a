/** What memory needs of the store: types, and what may be used where. */
import type { Place } from "../chat.ts";
import { isAmong, type Whereabouts } from "./audience.ts";

/** A fact on its way into memory: one sentence about a person. */
export interface NewFact {
  /** Rises with time. */
  readonly id: string;
  readonly text: string;
  readonly at: Date;
  /** The persona that learned it; empty when its person wrote it down themselves. */
  readonly persona: string;
  /** Where it was learned. */
  readonly place: Place;
  /** Who read along there (`audienceOf`): beside direct messages it is used among them alone, until it is shared. */
  readonly audience?: string;
  /** The name of that place for people. */
  readonly placeName?: string;
  /** The address of the message it was learned from, where the platform has one. */
  readonly link?: string;
  /** `asked`: in no prompt before its person says so. */
  readonly state?: "kept" | "asked";
}

/** One sentence about a person, with where it was learned. */
export interface Fact extends Omit<NewFact, "state" | "placeName"> {
  /** The account it was learned by, of those that are linked. */
  readonly account: string;
  /** What its person and models call it by; a fact that takes another's place takes its number. */
  readonly number: number;
  readonly placeName: string;
  /** Its person lets it be used everywhere. */
  readonly isShared: boolean;
  /** `past`: another took its place; `removed`: by a model, and its person may still bring it back. */
  readonly state: "kept" | "asked" | "past" | "removed";
  /** The fact that took its place, or will when its person says so. */
  readonly replacedBy?: string;
  /** When it became what it is now. */
  readonly changedAt?: Date;
}

/**
 * The facts of each person, owned by that person, read and changed over all accounts that they linked. `person` always
 * comes from the platform, never from a model.
 */
export interface Facts {
  /** What is kept, by number. */
  list(person: string): Promise<readonly Fact[]>;
  /** Also what is past, removed or waits for its person's word; the oldest first. */
  history(person: string): Promise<readonly Fact[]>;
  /**
   * Keeps it in place of those with the ids in `instead`, which become past; `number`: its own in place of the next free
   * one. Answers its number, and what left because there were too many.
   */
  add(
    person: string,
    fact: NewFact,
    options?: { readonly instead?: readonly string[]; readonly number?: number },
  ): Promise<{ readonly number: number; readonly left: readonly Fact[] }>;
  /** The person said yes to a fact that waits; false when it does not wait. */
  keep(person: string, id: string): Promise<boolean>;
  /** Takes a kept fact back for good: those that it took the place of are kept again. False when it is not kept. */
  undo(person: string, id: string): Promise<boolean>;
  /** Takes it out of use, to be brought back for a day; false when it is not kept. */
  withdraw(person: string, id: string): Promise<boolean>;
  /** Brings back what was taken out of use. */
  restore(person: string, id: string): Promise<boolean>;
  /** Everywhere, or nowhere but in direct messages. */
  share(person: string, id: string, isShared: boolean): Promise<void>;
  /** Deletes for good, with all whose place they took, and with what models wrote to have them kept. How many of these there were. */
  remove(person: string, ids: readonly string[]): Promise<number>;
  /** Notes that they were chosen among many. */
  used(person: string, ids: readonly string[], at: Date): Promise<void>;
  /** Whether nothing is learned and nothing is used. */
  isPaused(person: string): Promise<boolean>;
  pause(person: string, isPaused: boolean): Promise<void>;
  /** Deletes up to `most` facts, whosever, from before that time; how many. */
  sweep(before: number, most: number): Promise<number>;
  /** Deletes what has waited for its person's word, or been out of use, since before that time; how many. */
  expire(before: number): Promise<number>;
}

/** How many facts a person may have; then the one unused for longest leaves. */
export const mostFacts = 500;

/** The facts that may be used where a message stands: in a direct message all, elsewhere what those who read along may know. */
export function usableFacts(facts: readonly Fact[], where: Whereabouts): readonly Fact[] {
  if (where.place === "dm") return facts;
  return facts.filter(
    ({ isShared, audience }) => isShared || (audience !== undefined && isAmong(where, audience)),
  );
}
