import { setImmediate as turn } from "node:timers/promises";

/** What was written before the call outlives a power cut once it settles. */
export type Flush = () => Promise<unknown>;

/**
 * Calls share flushes: each is served by one that begins after it, and all that come in the same turn of the event loop, or
 * while one runs, share the next.
 */
export function shareFlushes(flush: Flush): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    if (!waiting) {
      const begin = async (): Promise<void> => {
        await turn();
        waiting = undefined;
        await flush();
      };
      waiting = last.then(begin, begin);
      last = waiting;
      // Whoever waits is told; where nobody does, the next one is.
      last.catch(() => undefined);
    }
    return waiting;
  };
}

/** After a failure nobody knows what the disk holds, so that every later call fails as well. */
export function failingForGood(flush: Flush): Flush {
  let failure: { readonly error: unknown } | undefined;
  return async () => {
    if (failure) throw failure.error;
    try {
      await flush();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
}
