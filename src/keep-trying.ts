import { DatabaseAway } from "./errors.ts";
import { pause } from "./pause.ts";

interface Trying {
  /** How long to wait before the second try, in milliseconds; it doubles, up to half a minute. */
  readonly restMs: number;
  /** Ended when this process begins nothing more: then there is one more try. */
  readonly ending: AbortSignal;
  /** Ended when it may be another's to store, which `store` finds out: for half a minute it is tried all the same. */
  readonly claim: AbortSignal;
  /** Whether it was stored by a try of which nobody knew. */
  readonly isStored: () => Promise<boolean>;
  /** Told of each failure, before the wait. */
  readonly onFailure: (error: unknown) => Promise<void>;
}

const longestRestMs = 30_000;
/** As long as a database takes to be started anew, in milliseconds. */
const unclaimedMs = 30_000;
/** With the longest rests, most of an hour: by then, what was asked is too old to be answered. */
const mostTries = 100;

/**
 * Stores what was paid for and is in memory alone, however long the disk is full, or the database away. Throws what `store`
 * throws when time is up, and at once what passes by no waiting.
 */
export async function keepTrying(store: () => Promise<void>, trying: Trying): Promise<void> {
  const { restMs, ending, claim, isStored, onFailure } = trying;
  const since = performance.now();
  let isUnknown = false;
  for (let tries = 1, rest = restMs; ; tries++, rest = Math.min(2 * rest, longestRestMs)) {
    try {
      if (isUnknown && (await isStored())) return;
      return await store();
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error;
      isUnknown ||= !error.isUndone;
      const isLate = claim.aborted && performance.now() - since > unclaimedMs;
      if (tries === mostTries || ending.aborted || isLate) throw error;
      await onFailure(error);
      await pause(rest, ending);
    }
  }
}
