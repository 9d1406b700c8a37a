import type { SqlValue } from "./database.ts";

/**
 * What both databases can keep: Postgres refuses a text with NUL in it, which a model or a name may bring. In its
 * place stands U+FFFD, as both already write for half a character.
 */
export function storable(value: SqlValue): SqlValue {
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\uFFFD") : value;
}

/** Whether a statement changes nothing. */
export const isReading = (sql: string): boolean => /^\s*(?:SELECT|PRAGMA)/u.test(sql);
