/** What a limit counts in, by the clock of UTC: each begins for everyone at the same moment. */
export type Period = "minute" | "hour" | "day" | "month";

const minuteMs = 60_000;
const lengths = { minute: minuteMs, hour: 60 * minuteMs, day: 24 * 60 * minuteMs };

/** When the period that holds `now` began, in milliseconds since 1970. */
export function startOf(period: Period, now: number): number {
  if (period !== "month") return now - (now % lengths[period]);
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}

/** When the next period begins. */
export function endOf(period: Period, now: number): number {
  if (period !== "month") return startOf(period, now) + lengths[period];
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Days since 1970. */
export function dayOf(time: number): number {
  return Math.floor(time / lengths.day);
}
