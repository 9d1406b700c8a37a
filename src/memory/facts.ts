import type { Place } from "../chat.ts";

/** One sentence about a person, with where it was learned. */
export interface Fact {
  readonly id: string;
  readonly text: string;
  readonly at: Date;
  /** The persona that learned it. */
  readonly persona: string;
  /** Where it was learned: what was said in a direct message is never used where others read along. */
  readonly place: Place;
}

/** The facts of each person, owned by that person. `person` always comes from the platform, never from a model. */
export interface Facts {
  /** Oldest first. */
  list(person: string): Promise<readonly Fact[]>;
  add(person: string, fact: Fact): Promise<void>;
  /** False when there is no such fact of this person. */
  remove(person: string, id: string): Promise<boolean>;
  /** Deletes up to `most` facts, whosever, from before that time; how many. */
  sweep(before: number, most: number): Promise<number>;
}

/** The facts that may be used where a message stands. */
export function usableFacts(facts: readonly Fact[], place: Place): readonly Fact[] {
  return place === "dm" ? facts : facts.filter((fact) => fact.place !== "dm");
}
