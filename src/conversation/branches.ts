/** A return to an earlier turn: what came after it, up to a later one, was left where the conversation went on. */
export interface Skip {
  /** The turn that was gone on from, by its id. */
  readonly after: string;
  /** The newest turn there was then. */
  readonly upTo: string;
}

/** A turn by its id: what stands before it, or up to it. */
export type TurnBound = { readonly before: string } | { readonly upTo: string };

type Turns = readonly { readonly id: string }[];

/**
 * Those of the turns that stand on the way back from a bound, or from now. Each skip was made on a path of its own, so
 * that the earlier ones count as they did when the turn gone on from was written. Ids rise with time: what was skipped
 * before a turn came, ended before it.
 */
export function onPath<Turn extends { readonly id: string }>(
  turns: readonly Turn[],
  skips: readonly Skip[] = [],
  bound?: TurnBound,
): readonly Turn[] {
  const path: Skip[] = [];
  let from = bound && ("before" in bound ? bound.before : bound.upTo);
  for (const skip of skips.toReversed()) {
    if (from !== undefined && skip.upTo >= from) continue;
    path.push(skip);
    from = skip.after;
  }
  return turns.filter(({ id }) => !path.some(({ after, upTo }) => id > after && id <= upTo));
}

/** Goes on from a turn: the skips from then on, the same if that is the last one anyway, and how many turns leave the view. */
export function goBack(
  turns: Turns,
  skips: readonly Skip[],
  turn: string,
): { readonly skips: readonly Skip[]; readonly left: number } {
  const upTo = turns.at(-1)?.id ?? turn;
  const last = skips.at(-1);
  // Interrupted after it was noted, it is begun again.
  const isNoted = last?.after === turn && last.upTo === upTo;
  const earlier = isNoted ? skips.slice(0, -1) : skips;
  const before = onPath(turns, earlier);
  if (before.at(-1)?.id === turn) return { skips, left: 0 };
  const next = isNoted ? skips : [...skips, { after: turn, upTo }];
  return { skips: next, left: countGone(before, onPath(turns, next)) };
}

/** How many of these turns are not among the others. */
export function countGone(turns: Turns, others: Turns): number {
  const left = new Set(others.map(({ id }) => id));
  return turns.filter(({ id }) => !left.has(id)).length;
}
