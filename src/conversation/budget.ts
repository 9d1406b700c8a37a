/** How a history is cut to what may be sent. */
export interface Trim<Turn> {
  /** What stays, oldest first. */
  readonly kept: readonly Turn[];
  /** How many of the oldest turns left because they did not fit. */
  readonly dropped: number;
}

/**
 * Keeps the newest whole turns within `budget` tokens. When something must leave, a quarter of the budget is freed at
 * once: the start of the request then stays the same for many turns, and the vendor's cache keeps working.
 */
export function trimTurns<Turn>(
  turns: readonly Turn[],
  tokensOf: (turn: Turn) => number,
  budget: number,
): Trim<Turn> {
  const sizes = turns.map(tokensOf);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= budget) return { kept: turns, dropped: 0 };
  let dropped = 0;
  while (dropped < sizes.length && total > budget * 0.75) total -= sizes[dropped++] ?? 0;
  return { kept: turns.slice(dropped), dropped };
}
