import type { Vector } from "./embeddings.ts";

/** How alike two texts are in meaning, 1 at most. */
export function likeness(one: Vector, other: Vector): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}

/** The same numbers at length 1. */
export function ofLengthOne(numbers: readonly number[]): Vector {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (number) => number / length);
}

/** How much the first places of a list go before the others: the constant of reciprocal rank fusion. */
const evenness = 60;

/** Several rankings of the same things as one, the best first (reciprocal rank fusion): what stands high in any of them stands high. */
export function fused<Item>(
  rankings: readonly (readonly Item[])[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const scores = new Map<string, { readonly item: Item; score: number }>();
  for (const ranking of rankings)
    for (const [place, item] of ranking.entries()) {
      const known = scores.get(keyOf(item)) ?? { item, score: 0 };
      known.score += 1 / (evenness + place + 1);
      scores.set(keyOf(item), known);
    }
  return [...scores.values()].toSorted((one, other) => other.score - one.score).map(({ item }) => item);
}
