import type { UsageKey, UsageSum } from "../limits/ledger.ts";

/** What people are told of use. */
export interface Total {
  readonly answers: number;
  /** Input and output. */
  readonly tokens: number;
  readonly costNano: number;
  readonly unpriced: number;
}

const none: Total = { answers: 0, tokens: 0, costNano: 0, unpriced: 0 };

export const totalOf = (sums: readonly UsageSum[]): Total =>
  sums.reduce(
    (total, sum) => ({
      answers: total.answers + sum.answers,
      tokens: total.tokens + sum.inputTokens + sum.outputTokens,
      costNano: total.costNano + sum.costNano,
      unpriced: total.unpriced + sum.unpriced,
    }),
    none,
  );

/** By one of their keys, the dearest first, and of the same cost the largest. */
export function totalsBy(
  sums: readonly UsageSum[],
  key: UsageKey,
): readonly { readonly name: string; readonly total: Total }[] {
  const groups = Map.groupBy(sums, ({ of }) => String(of[key]));
  return [...groups]
    .map(([name, group]) => ({ name, total: totalOf(group) }))
    .toSorted((a, b) => b.total.costNano - a.total.costNano || b.total.tokens - a.total.tokens);
}
