import { setImmediate as turn } from "node:timers/promises";

/** What was written before the call outlives a power cut once it settles. */
export type Flush = () => Promise<void>;

/**
 * Calls share flushes: each is served by one that begins after it, and all that come in the same turn of the event loop, or
 * while one runs, share the next. After a failure nobody knows what the disk holds, so that every later call fails as well.
 */
export function shareFlushes(flush: Flush): Flush {
  let last: Promise<void> = Promise.resolve();
  let waiting: Promise<void> | undefined;
  return () => {
    if (!waiting) {
      last = last.then(async () => {
        await turn();
        waiting = undefined;
        return flush();
      });
      waiting = last;
      // Whoever waits is told; where nobody does, the next one is.
      last.catch(() => undefined);
    }
    return waiting;
  };
}
