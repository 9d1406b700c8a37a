import type { Bound, Spender, Spenders } from "./ledger.ts";
import type { Period } from "./period.ts";
import type { LimitSettings } from "./schema.ts";

const nanoPerDollar = 1_000_000_000;

/** Rounded up: a limit is never missed by a rounding. */
export function toNano(dollars: number): number {
  // A sum of floating-point prices may stand a hair above the whole number it means.
  return Math.ceil(Number((dollars * nanoPerDollar).toFixed(3)));
}

/** In US dollars. */
export function toDollars(nano: number): number {
  return nano / nanoPerDollar;
}

/** Every bound that holds for an answer. */
export function boundsFor(settings: LimitSettings, spenders: Spenders): readonly Bound[] {
  const { person, channel, persona } = spenders;
  return [
    ...boundsOf(settings.person, { kind: "person", name: person }),
    ...(channel === undefined ? [] : boundsOf(settings.channel, { kind: "channel", name: channel })),
    ...boundsOf(settings.persona, { kind: "persona", name: persona }),
    ...boundsOf(settings.all, { kind: "all", name: "" }),
  ];
}

function boundsOf({ messages, tokens, usd }: LimitSettings["all"], spender: Spender): Bound[] {
  return [
    ...each(spender, "messages", messages),
    ...each(spender, "tokens", tokens),
    ...each(spender, "money", usd),
  ];
}

function each(
  spender: Spender,
  measure: Bound["measure"],
  limits: Readonly<Partial<Record<Period, number | undefined>>>,
): Bound[] {
  return (["minute", "hour", "day", "month"] as const).flatMap((period) => {
    const most = limits[period];
    if (most === undefined) return [];
    return [{ spender, measure, period, most: measure === "money" ? toNano(most) : most }];
  });
}

/** Whether any limit is one of what models take. */
export function limitsUse({ person, channel, persona, all }: LimitSettings): boolean {
  return [person, channel, persona, all].some(({ tokens, usd }) =>
    [tokens.day, tokens.month, usd.day, usd.month].some((most) => most !== undefined),
  );
}

/** Whether any limit is one of money: models need a known price then. */
export function limitsMoney({ person, channel, persona, all }: LimitSettings): boolean {
  return [person, channel, persona, all].some(({ usd }) => usd.day !== undefined || usd.month !== undefined);
}
