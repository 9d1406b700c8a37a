import type { Fees } from "./fees.ts";

/** The contract of search: types only. */

/** Something that was found. */
export interface Found {
  readonly url: string;
  readonly title: string;
  /** What the backend says of it: a few sentences, or much of the page's text. Plain text. */
  readonly text: string;
  /** As the backend says it, mostly `2026-03-01`. */
  readonly published?: string;
}

/** What is looked for. */
export interface SearchQuery {
  readonly text: string;
  /** As a code such as `ko`, for backends that are one for each language. */
  readonly language?: string;
  /** Only what was published in the last day, week, month or year, where the backend can tell. */
  readonly since?: "day" | "week" | "month" | "year";
}

/** One way to search. */
export interface SearchBackend {
  /** For people, such as `SearXNG`. */
  readonly name: string;
  /** What one search costs, in US dollars, where it is paid for. */
  readonly price?: number | "unknown";
  /** The best first. Throws UserError with a clause that says why there is none, such as `it refuses the key`; the signal's reason when aborted. */
  search(query: SearchQuery, signal: AbortSignal): Promise<readonly Found[]>;
}

/** Search as the bot has it: the configured backends, one after the other. */
export interface Search {
  /** Of its backends, for people. */
  readonly names: readonly string[];
  /** What one search costs at most, in US dollars, as far as prices are known: one backend after the other may be asked. */
  readonly mostUsd: number;
  /** Throws UserError when none of them works; an empty list is an answer. */
  search(query: SearchQuery, signal: AbortSignal): Promise<Results>;
}

export interface Results {
  /** Of the backend that answered, for people. */
  readonly backend: string;
  readonly found: readonly Found[];
  /** Of all that were asked for it; nothing of what is remembered. */
  readonly fees: Fees;
}
