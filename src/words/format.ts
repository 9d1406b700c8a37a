/** Numbers, dates and spans as the languages write them. */
import type { Period } from "../limits/period.ts";
import type { Language } from "./language.ts";

/** So much of what a limit counts; money in dollars. */
export interface Amount {
  readonly measure: "messages" | "tokens" | "money";
  readonly value: number;
}

/** The most that somebody may use in a period. */
export interface Limit {
  readonly whose: "person" | "channel" | "persona" | "all";
  readonly period: Period;
  readonly most: Amount;
}

/** When a limit that was reached opens again. */
export interface Opening {
  readonly period: Period;
  readonly inMs: number;
  readonly at: Date;
}

/** Such as `12,345`. */
export const amount = (language: Language, value: number): string => value.toLocaleString(language);

/** Such as `1 question` or `12,345 questions`, in a language that has these two forms. */
export const counted = (language: Language, count: number, one: string, more: string): string =>
  `${amount(language, count)} ${count === 1 ? one : more}`;

/** Such as `A, B, and C`. */
export const listed = (language: Language, names: readonly string[]): string =>
  new Intl.ListFormat(language).format(names);

/** Cents, and two digits of what is less than one; undefined for what is too little to be told. */
export function smallDollars(language: Language, value: number): string | undefined {
  if (value > 0 && value < 0.0001) return undefined;
  const digits = value === 0 || value >= 0.01 ? 2 : 4;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return value.toLocaleString(language, options);
}

/** US dollars as price lists write them: `$2`, `$0.10`, `$0.075`. */
export const rate = (dollars: number): string =>
  `$${Number.isInteger(dollars) || !Number.isInteger(dollars * 10) ? dollars : dollars.toFixed(2)}`;

/** A date of the world's clock, such as `November 26, 2026`. */
export const day = (language: Language, date: Date): string =>
  date.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });

/** A time of the world's clock, such as `00:00`. */
export const clock = (date: Date): string => date.toISOString().slice(11, 16);

/** How long until it opens, such as `3 hours, 20 minutes`: the two largest units, rounded up. */
export function wait(language: Language, { period, inMs }: Opening): string {
  const format = new Intl.DurationFormat(language, { style: "long" });
  if (period === "minute") return format.format({ seconds: Math.ceil(inMs / 1000) });
  const minutes = Math.ceil(inMs / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  return format.format(days > 0 ? { days, hours } : { hours, minutes: minutes % 60 });
}

/** How long a vendor asks to wait, such as `20 seconds` or `5 minutes`, rounded up; undefined where it is longer than a day. */
export function shortWait(language: Language, ms: number): string | undefined {
  const format = new Intl.DurationFormat(language, { style: "long" });
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  const minutes = Math.ceil(seconds / 60);
  if (minutes > 1440) return undefined;
  if (seconds < 120) return format.format({ seconds });
  return format.format({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
