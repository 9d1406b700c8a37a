import { setTimeout as sleep } from "node:timers/promises";

/** Hands things over in the order in which they came to each place, though some take longer to be made ready. */
export interface InOrder {
  /** Settles as `handOver` does. What came before is waited for, but not for ever. */
  run<Value>(place: string, ready: Promise<Value>, handOver: (value: Value) => Promise<void>): Promise<void>;
  /** Settles when all that came so far is handed over. */
  idle(): Promise<unknown>;
}

/** `patienceMs`: how long anything waits for what came before it. */
export function createInOrder(patienceMs: number): InOrder {
  const last = new Map<string, Promise<void>>();
  return {
    async run(place, ready, handOver) {
      const late = sleep(patienceMs, undefined, { ref: false });
      const before = Promise.race([last.get(place)?.catch(() => {}), late]);
      const done = Promise.all([ready, before]).then(([value]) => handOver(value));
      last.set(place, done);
      try {
        await done;
      } finally {
        if (last.get(place) === done) last.delete(place);
      }
    },
    idle: () => Promise.allSettled(last.values()),
  };
}
