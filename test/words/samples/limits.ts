import type { Amount, Limit, Opening } from "../../../src/words/format.ts";
import type { Words } from "../../../src/words/words.ts";
import type { Samples } from "./samples.ts";

const questions = (value: number): Amount => ({ measure: "messages", value });
const tokens = (value: number): Amount => ({ measure: "tokens", value });
const money = (value: number): Amount => ({ measure: "money", value });

const whose = ["person", "channel", "persona", "all"] as const;
const periods = ["minute", "hour", "day", "month"] as const;
const each = (most: Amount): Limit[] =>
  whose.flatMap((one) => periods.map((period) => ({ whose: one, period, most })));
const opening = (period: Opening["period"]): Opening => ({
  period,
  inMs: period === "minute" ? 24_000 : period === "month" ? 442_800_000 : 12_000_000,
  at: new Date("2026-12-01T00:00:00Z"),
});

export const limits: Samples<Words["limits"]> = {
  usedUp: [questions(20), tokens(5000), money(10)].flatMap((most) =>
    each(most).map((limit) => [limit, opening(limit.period)] as const),
  ),
  tooMuch: each(money(10)).map((limit) => [money(12.5), limit]),
  notLeft: each(tokens(5000)).map((limit, index) => [
    {
      need: tokens(2250),
      left: index === 0 ? tokens(1) : tokens(50),
      limit,
      isBusy: index % 2 === 0,
      ...(index % 4 > 0 && { opening: opening(limit.period) }),
    },
  ]),
  endsHere: each(money(10)).map((limit, index) => [
    {
      left: money(index),
      limit,
      isBusy: index % 2 === 0,
      ...(index % 4 > 0 && { opening: opening(limit.period) }),
    },
  ]),
  noPrice: [["MODEL"]],
};
