/** So many pieces of work at once, the others in line. */
export interface Slots {
  /** Settles when it is one's turn; call what it gives at the end. Rejects with the signal's reason when that ends first. */
  take(signal?: AbortSignal): Promise<() => void>;
  /** How many stand in line. */
  readonly waiting: number;
  /** Whether who comes now has to stand in line. */
  readonly areTaken: boolean;
}

export function createSlots(count: number): Slots {
  const line = new Set<() => void>();
  let free = count;
  function leave(): void {
    const [next] = line;
    // Handed over rather than freed: nobody who comes now gets ahead of who stands in line.
    if (!next) free++;
    else {
      line.delete(next);
      next();
    }
  }
  return {
    get waiting() {
      return line.size;
    },
    get areTaken() {
      return free === 0;
    },
    async take(signal) {
      signal?.throwIfAborted();
      if (free > 0) free--;
      else await stand(line, signal);
      let isLeft = false;
      return () => {
        if (!isLeft) leave();
        isLeft = true;
      };
    },
  };
}

function stand(line: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const go = (): void => {
    signal?.removeEventListener("abort", giveUp);
    resolve();
  };
  const giveUp = (): void => {
    line.delete(go);
    reject(signal?.reason);
  };
  line.add(go);
  signal?.addEventListener("abort", giveUp, { once: true });
  return promise;
}
