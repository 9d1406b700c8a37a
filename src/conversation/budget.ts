/** How a history is cut to what may be sent. */
export interface Trim<Turn> {
  /** What stays, oldest first. */
  readonly kept: readonly Turn[];
  /** How many of the oldest turns left because they did not fit. */
  readonly dropped: number;
}

/** In tokens. */
export interface HistoryBounds {
  /** What a history may cost. */
  readonly budget: number;
  /** What there is room for. */
  readonly most: number;
}

/**
 * Keeps the newest whole turns within `budget` and `most`. When something must leave, a quarter is freed at once: the
 * start of the request then stays the same for many turns, and the vendor's cache keeps working. The newest turn stays
 * as long as there is room for it: a long text can be asked about also where it is over the budget alone.
 */
export function trimTurns<Turn>(
  turns: readonly Turn[],
  tokensOf: (turn: Turn) => number,
  { budget, most }: HistoryBounds,
): Trim<Turn> {
  const sizes = turns.map(tokensOf);
  const bound = Math.min(budget, most);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= bound) return { kept: turns, dropped: 0 };
  let dropped = 0;
  while (dropped < sizes.length && total > bound * 0.75) {
    const isNewest = dropped === sizes.length - 1;
    if (isNewest && total <= most) break;
    total -= sizes[dropped++] ?? 0;
  }
  return { kept: turns.slice(dropped), dropped };
}
