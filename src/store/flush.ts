import { DatabaseAway } from "../errors.ts";
import { setImmediate as turn } from "node:timers/promises";

/** What was written before the call outlives a power cut once it settles. */
export type Flush = () => Promise<unknown>;

/** How long what nobody waits for may stay off the disk, in milliseconds: what is waited for until then takes it along. */
const soonMs = 100;

/** Flushes for who waits for one, and for who does not. */
export function createFlushes(flush: Flush): {
  readonly now: () => Promise<void>;
  readonly soon: () => void;
  /** Settles with the error of a flush that failed: all later ones fail with it. */
  readonly lost: Promise<unknown>;
} {
  const lost = Promise.withResolvers<unknown>();
  const shared = shareFlushes(failingForGood(flush, lost.resolve));
  let later: NodeJS.Timeout | undefined;
  function now(): Promise<void> {
    clearTimeout(later);
    later = undefined;
    return shared();
  }
  return {
    now,
    lost: lost.promise,
    // Whoever waits for the next one is told of a failure.
    soon: () => void (later ??= setTimeout(() => void now().catch(() => undefined), soonMs)),
  };
}

/**
 * Calls share flushes: each is served by one that begins after it, and all that come in the same turn of the event loop, or
 * while one runs, share the next.
 */
export function shareFlushes(flush: Flush): () => Promise<void> {
  let running: Promise<void> | undefined;
  let waiting: Promise<void> | undefined;
  return () => {
    if (!waiting) {
      const begin = async (): Promise<void> => {
        await turn();
        waiting = undefined;
        await flush();
      };
      // Begun in this turn where none runs: what the caller does in the next one would else go first.
      const begun = running ? running.then(begin, begin) : begin();
      waiting = begun;
      running = begun;
      const end = (): void => {
        if (running === begun) running = undefined;
      };
      // Whoever waits is told; where nobody does, the next one is.
      begun.then(end, end);
    }
    return waiting;
  };
}

/** After a failure nobody knows what the disk holds, so that every later call fails as well. */
function failingForGood(flush: Flush, onFailure: (error: unknown) => void): Flush {
  let failure: { readonly error: unknown } | undefined;
  return async () => {
    if (failure) throw failure.error;
    try {
      await flush();
    } catch (error) {
      failure = { error: new DatabaseAway("nobody knows what the disk holds", { cause: error }) };
      onFailure(error);
      throw failure.error;
    }
  };
}
