/** Lets a few in at a time; the others wait in order. */
export interface Gate {
  /** Resolves when it is one's turn, with what to call when done. Rejects with the signal's reason when aborted. */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async enter(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return leave;
      }
      await new Promise<void>((resolve, reject) => {
        const abort = (): void => {
          waiting.splice(waiting.indexOf(proceed), 1);
          reject(signal?.reason);
        };
        const proceed = (): void => {
          signal?.removeEventListener("abort", abort);
          resolve();
        };
        signal?.addEventListener("abort", abort, { once: true });
        waiting.push(proceed);
      });
      return leave;
    },
  };
}
