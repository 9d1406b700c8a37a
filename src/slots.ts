/** So many pieces of work at once, the others in line. */
export interface Slots {
  /**
   * Settles when it is one's turn; call what it gives at the end. Rejects with the signal's reason when that ends first.
   * `by`: whose work it is. However much somebody has in line, the others go in between, one each.
   */
  take(signal?: AbortSignal, by?: string): Promise<() => void>;
  /** How many of those in line go before what this person brings now. */
  aheadOf(by: string): number;
  /** Whether who comes now has to stand in line. */
  readonly areTaken: boolean;
}

interface Waiting {
  readonly round: number;
  readonly go: () => void;
}

export function createSlots(count: number): Slots {
  const line = new Set<Waiting>();
  const { roundOf, join, begin } = createRounds();
  let free = count;

  function leave(): void {
    let next: Waiting | undefined;
    for (const each of line) if (!next || each.round < next.round) next = each;
    // Handed over rather than freed: nobody who comes now gets ahead of who stands in line.
    if (!next) free++;
    else {
      line.delete(next);
      begin(next.round);
      next.go();
    }
  }

  return {
    aheadOf(by) {
      const round = roundOf(by);
      return [...line].filter((each) => each.round <= round).length;
    },
    get areTaken() {
      return free === 0;
    },
    async take(signal, by = "") {
      signal?.throwIfAborted();
      const round = join(by);
      if (free > 0) {
        free--;
        begin(round);
      } else await stand(line, round, signal);
      let isLeft = false;
      return () => {
        if (!isLeft) leave();
        isLeft = true;
      };
    },
  };
}

/**
 * Each has one turn a round (start-time fair queueing): what somebody brings goes in the round after their last, and who
 * brings nothing for a while joins the one that is going on.
 */
function createRounds() {
  /** Of those who have had their turn in the round that is going on, or will have it. */
  const nextOf = new Map<string, number>();
  let current = 0;
  const roundOf = (by: string): number => Math.max(current, nextOf.get(by) ?? 0);
  return {
    roundOf,
    join: (by: string): number => {
      const round = roundOf(by);
      nextOf.set(by, round + 1);
      return round;
    },
    begin: (round: number): void => {
      if (round <= current) return;
      current = round;
      for (const [by, next] of nextOf) if (next <= current) nextOf.delete(by);
    },
  };
}

function stand(line: Set<Waiting>, round: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waiting = {
    round,
    go: () => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    },
  };
  const giveUp = (): void => {
    line.delete(waiting);
    reject(signal?.reason);
  };
  line.add(waiting);
  signal?.addEventListener("abort", giveUp, { once: true });
  return promise;
}
