import { ClaimLost, DatabaseAway } from "./errors.ts";
import { pause } from "./pause.ts";

interface Trying {
  /** How long to wait before the second try, in milliseconds; it doubles, up to half a minute. */
  readonly restMs: number;
  /** Ends it: there is one more try then. */
  readonly until: readonly AbortSignal[];
  /** Told of each failure, before the wait. */
  readonly onFailure: (error: unknown) => Promise<void>;
}

const longestRestMs = 30_000;
/** With the longest rests, most of an hour: by then, what was asked is too old to be answered. */
const mostTries = 100;

/**
 * Stores what was paid for and is in memory alone, however long the disk is full. Throws what `store` throws when time is up,
 * and at once when nobody knows whether it is stored, or it is another's to store: whoever takes it up again sees that.
 */
export async function keepTrying(
  store: () => Promise<void>,
  { restMs, until, onFailure }: Trying,
): Promise<void> {
  for (let tries = 1, rest = restMs; ; tries++, rest = Math.min(2 * rest, longestRestMs)) {
    try {
      return await store();
    } catch (error) {
      const isOver = tries === mostTries || until.some(({ aborted }) => aborted);
      const isUnknown = error instanceof DatabaseAway && !error.isUndone;
      if (isOver || isUnknown || error instanceof ClaimLost) throw error;
      await onFailure(error);
      await pause(rest, AbortSignal.any([...until]));
    }
  }
}
