/** Work that keeps its order within a lane while lanes run side by side. */
export interface Lanes {
  /** Runs `work` after everything given to this lane before; settles as it does. */
  run<Value>(lane: string, work: () => Promise<Value>): Promise<Value>;
  /** How many lanes have work. */
  busy(): number;
  /** Settles when every lane is empty. */
  idle(): Promise<void>;
}

export function createLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    busy: () => tails.size,
    run(lane, work) {
      const before = tails.get(lane) ?? Promise.resolve();
      const result = before.then(work);
      const tail = result
        .catch(() => undefined)
        .finally(() => tails.get(lane) === tail && tails.delete(lane));
      tails.set(lane, tail);
      return result;
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
}
