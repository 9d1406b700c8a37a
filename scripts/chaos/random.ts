/** Chances that come out the same for the same seed. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  /** Whether something with this probability happens. */
  hits(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** So many small letters and digits. */
  letters(count: number): string;
}

/** Mulberry32: small, and good enough to decide what goes wrong next. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    between,
    hits: (probability) => next() < probability,
    pick<Item>(items: readonly Item[]): Item {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    letters: (count) =>
      Array.from({ length: count }, () => "abcdefghijklmnopqrstuvwxyz0123456789"[between(0, 35)]).join(""),
  };
}
