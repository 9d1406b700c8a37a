/** How alike two texts are, 0 to 1: the share of letter pairs they have in common (Dice). */
export function similarity(one: string, other: string): number {
  const pairs = letterPairs(one);
  const otherPairs = letterPairs(other);
  const total = count(pairs) + count(otherPairs);
  if (total === 0) return one.trim() === other.trim() ? 1 : 0;
  let shared = 0;
  for (const [pair, times] of pairs) shared += Math.min(times, otherPairs.get(pair) ?? 0);
  return (2 * shared) / total;
}

function letterPairs(text: string): Map<string, number> {
  const letters = Array.from(text.toLowerCase().replaceAll(/[\s\p{P}]+/gu, ""));
  const pairs = new Map<string, number>();
  for (let index = 0; index + 1 < letters.length; index++) {
    const pair = `${letters[index]}${letters[index + 1]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

const count = (pairs: Map<string, number>): number =>
  [...pairs.values()].reduce((sum, times) => sum + times, 0);
