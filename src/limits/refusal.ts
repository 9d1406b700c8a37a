import type { Amount, Limit, Opening } from "../words/format.ts";
import type { Sentence } from "../words/words.ts";
import { toDollars } from "./bounds.ts";
import type { Bound, BoundUse } from "./ledger.ts";
import { endOf } from "./period.ts";

/**
 * What a person is told when limits are in the way: of the one that opens last, for until then nothing helps; or that
 * other answers are, where it fits as soon as they have ended.
 */
export function refusal(
  exceeded: readonly BoundUse[],
  wanted: (bound: Bound) => number,
  now: number,
): Sentence {
  const last = lastToOpen(exceeded, wanted, now);
  if (!last) return "";
  const { bound, used, held, isOpen } = last;
  const { limit, opening } = limitOf(bound, now);
  if (bound.measure === "messages" || used >= bound.most)
    return ({ limits }) => limits.usedUp(limit, opening);
  const need = amountOf(bound, wanted(bound));
  if (wanted(bound) > bound.most) return ({ limits }) => limits.tooMuch(need, limit);
  const left = amountOf(bound, Math.max(0, bound.most - used - held));
  return ({ limits }) => limits.notLeft({ need, left, limit, isBusy: held > 0, ...(!isOpen && { opening }) });
}

/** The same of an answer that has `taken` something and may take no more. */
export function endsHere(
  exceeded: readonly BoundUse[],
  { taken, wanted }: { readonly taken: (bound: Bound) => number; readonly wanted: (bound: Bound) => number },
  now: number,
): Sentence {
  const last = lastToOpen(exceeded, wanted, now);
  if (!last) return "";
  const { bound, used, held, isOpen } = last;
  const { limit, opening } = limitOf(bound, now);
  const rest = bound.most - used - taken(bound);
  if (rest <= 0) return ({ limits }) => limits.usedUp(limit, opening);
  const left = amountOf(bound, Math.max(0, rest - held));
  return ({ limits }) => limits.endsHere({ left, limit, isBusy: held > 0, ...(!isOpen && { opening }) });
}

/** `isOpen`: only what other answers hold back is in the way. */
function lastToOpen(
  exceeded: readonly BoundUse[],
  wanted: (bound: Bound) => number,
  now: number,
): (BoundUse & { readonly isOpen: boolean }) | undefined {
  const opensAt = ({ bound, isOpen }: BoundUse & { readonly isOpen: boolean }): number =>
    isOpen ? now : endOf(bound.period, now);
  return exceeded
    .map((use) => ({ ...use, isOpen: use.used + wanted(use.bound) <= use.bound.most }))
    .toSorted((one, other) => opensAt(other) - opensAt(one))[0];
}

function limitOf(bound: Bound, now: number): { readonly limit: Limit; readonly opening: Opening } {
  const { spender, period, most } = bound;
  const end = endOf(period, now);
  return {
    limit: { whose: spender.kind, period, most: amountOf(bound, most) },
    opening: { period, inMs: end - now, at: new Date(end) },
  };
}

const amountOf = ({ measure }: Bound, value: number): Amount => ({
  measure,
  value: measure === "money" ? toDollars(value) : value,
});
