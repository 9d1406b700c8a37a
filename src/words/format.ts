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

/** A date of the world's clock, such as `November 26, 2026`. */
export const day = (language: Language, date: Date): string =>
  date.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });

/** A time of the world's clock, such as `00:00`. */
export const clock = (date: Date): string => date.toISOString().slice(11, 16);

/** Whole minutes, rounded up, as days, hours and minutes. */
export function duration(ms: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.ceil(ms / 60_000);
  return { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
}
