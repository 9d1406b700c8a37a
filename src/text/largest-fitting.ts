/**
 * The largest `n` from 1 to `limit` that fits, or 0 when none does; what is smaller than something that fits, fits too.
 * A good guess saves calls and never changes the answer.
 */
export function largestFitting(limit: number, guess: number, fits: (n: number) => boolean): number {
  let most = 0;
  let over = limit + 1;
  let probe = Math.min(Math.max(1, guess), limit);
  let step = Math.max(1, probe >> 4);
  while (over - most > 1) {
    if (fits(probe)) most = probe;
    else over = probe;
    // Ever longer steps away from the guess, until the answer lies between two probes.
    if (over > limit) probe = Math.min(limit, most + step);
    else if (most === 0) probe = Math.max(1, over - step);
    else probe = (most + over) >> 1;
    step *= 2;
  }
  return most;
}
