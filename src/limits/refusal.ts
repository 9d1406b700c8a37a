import type { Amount, Limit } from "../words/format.ts";
import type { Sentence } from "../words/words.ts";
import { toDollars } from "./bounds.ts";
import type { Bound, BoundUse } from "./ledger.ts";
import { endOf } from "./period.ts";

/** What a person is told when limits are in the way: of the one that opens last, for until then nothing helps. */
export function refusal(
  exceeded: readonly BoundUse[],
  wanted: (bound: Bound) => number,
  now: number,
): Sentence {
  const [last] = exceeded.toSorted(
    (one, other) => endOf(other.bound.period, now) - endOf(one.bound.period, now),
  );
  if (!last) return "";
  const { bound, used, held } = last;
  const end = endOf(bound.period, now);
  const opening = { period: bound.period, inMs: end - now, at: new Date(end) };
  const limit: Limit = {
    whose: bound.spender.kind,
    period: bound.period,
    most: amountOf(bound, bound.most),
  };
  if (bound.measure === "messages" || used >= bound.most)
    return ({ limits }) => limits.usedUp(limit, opening);
  const need = amountOf(bound, wanted(bound));
  if (wanted(bound) > bound.most) return ({ limits }) => limits.tooMuch(need, limit);
  const left = amountOf(bound, Math.max(0, bound.most - used - held));
  return ({ limits }) => limits.notLeft({ need, left, limit, opening, isBusy: held > 0 });
}

const amountOf = ({ measure }: Bound, value: number): Amount => ({
  measure,
  value: measure === "money" ? toDollars(value) : value,
});
