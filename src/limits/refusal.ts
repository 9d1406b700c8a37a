import { toDollars } from "./bounds.ts";
import type { Bound, Exceeded } from "./ledger.ts";
import { endOf } from "./period.ts";

const minuteMs = 60_000;

/** What a person is told when limits are in the way: of the one that opens last, for until then nothing helps. */
export function refusal(
  exceeded: readonly Exceeded[],
  wanted: (bound: Bound) => number,
  now: number,
): string {
  const [last] = exceeded.toSorted(
    (one, other) => endOf(other.bound.period, now) - endOf(one.bound.period, now),
  );
  if (!last) return "";
  const { bound, used, held } = last;
  const need = wanted(bound);
  if (bound.measure === "messages" || used >= bound.most) return `${usedUp(bound)}; ${opens(bound, now)}.`;
  const may = `This may ${bound.measure === "money" ? "cost" : "take"} up to ${amount(bound, need)}`;
  const whole = `${owners[bound.spender.kind]} ${amount(bound, bound.most)} for ${span(bound)}`;
  if (need > bound.most) return `${may}, more than ${whole}. /new starts afresh and takes less.`;
  const left = amount(bound, Math.max(0, bound.most - used - held));
  const busy = held > 0 ? " while other answers are being written" : "";
  return `${may}, but of ${whole} only ${left} are left${busy}; ${opens(bound, now)}.`;
}

/** A model without a price under a limit of money. */
export function noPrice(model: string): string {
  return `I can't tell what ${model} costs, so I may not use it while a budget in dollars holds. Choose another with /model, or ask whoever runs me to set its price.`;
}

const subjects = {
  person: "You have",
  channel: "This channel has",
  persona: "This persona has",
  all: "Everyone together has",
} as const;

function usedUp(bound: Bound): string {
  const { spender, measure, period, most } = bound;
  const subject = subjects[spender.kind];
  if (measure === "messages") {
    return `${subject} asked ${amount(bound, most)} ${span(bound)}, the most I take`;
  }
  return `${subject} used ${period === "day" ? "today's" : "this month's"} ${amount(bound, most)}`;
}

const owners = {
  person: "your",
  channel: "this channel's",
  persona: "this persona's",
  all: "everyone's",
} as const;

const span = ({ period }: Bound): string => (period === "day" ? "today" : `this ${period}`);

function amount({ measure }: Bound, value: number): string {
  if (measure === "money") return `${dollars(toDollars(value))} dollars`;
  const unit = measure === "tokens" ? "token" : "question";
  return `${value.toLocaleString("en")} ${unit}${value === 1 ? "" : "s"}`;
}

/** Cents, and two digits of what is less than one. */
function dollars(value: number): string {
  if (value === 0 || value >= 0.01) return value.toFixed(2);
  return value < 0.0001 ? "less than 0.0001" : value.toFixed(4);
}

/** `it opens again in 3 h 20 min, at 00:00 UTC` */
function opens({ period }: Bound, now: number): string {
  const end = endOf(period, now);
  const date = new Date(end).toISOString();
  const clock = `${date.slice(11, 16)} UTC`;
  if (period === "minute") return `it opens again in ${Math.ceil((end - now) / 1000)} s`;
  return `it opens again in ${duration(end - now)}, ${period === "month" ? `on ${date.slice(0, 10)}` : "at"} ${clock}`;
}

function duration(ms: number): string {
  const minutes = Math.ceil(ms / minuteMs);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  const parts = days > 0 ? [unit(days, "d"), unit(hours, "h")] : [unit(hours, "h"), unit(rest, "min")];
  return parts.filter((part) => part !== "").join(" ");
}

const unit = (count: number, name: string): string => (count === 0 ? "" : `${count} ${name}`);
