import { setImmediate as turn } from "node:timers/promises";

/** What was written before the call outlives a power cut once it settles. */
export type Flush = () => Promise<unknown>;

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
