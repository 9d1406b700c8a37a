import { UserError } from "../errors.ts";
import type { Log } from "../log.ts";
import { createRemembered } from "../web/remembered.ts";
import { addFees, type Fees, noFees } from "./fees.ts";
import type { Results, Search, SearchBackend } from "./search.ts";
import type { Words } from "../words/words.ts";

/** The same question within that time gets the same answer. */
const rememberMs = 10 * 60_000;

export interface SearchOptions {
  /** The longest that one backend may take. */
  readonly seconds: number;
  /** Set where money is limited: then none is asked whose price nobody told. */
  readonly isPricedOnly?: boolean;
  readonly log: Pick<Log, "warn">;
}

/** The backends in order, each for so long at most: the first that answers is the answer, even where it found nothing, if no other finds more. */
export function createSearch(
  all: readonly SearchBackend[],
  { seconds, isPricedOnly = false, log }: SearchOptions,
): Search {
  const leftOut = all.filter(({ price }) => isPricedOnly && price === "unknown");
  const backends = all.filter((backend) => !leftOut.includes(backend));
  const known = createRemembered<Results>({ most: 300, bytes: Infinity, forMs: rememberMs });

  return {
    names: backends.map(({ name }) => name),
    mostUsd: backends.map((backend) => feesOf(backend).usd).reduce((sum, usd) => sum + usd, 0),
    async search(query, signal) {
      const key = JSON.stringify([query.text.trim().toLowerCase(), query.language, query.since]);
      const before = known.get(key);
      if (before) return { ...before.value, fees: noFees };
      const failed = leftOut.map(({ name }) => ({
        name,
        error: new UserError((words) => words.search.noPrice),
      }));
      let nothing: Results | undefined;
      let fees = noFees;
      for (const backend of backends) {
        const deadline = AbortSignal.timeout(seconds * 1000);
        try {
          const found = await backend.search(query, AbortSignal.any([signal, deadline]));
          fees = addFees(fees, feesOf(backend));
          const results = { backend: backend.name, found, fees };
          if (found.length > 0) {
            known.set(key, results);
            return results;
          }
          nothing ??= results;
        } catch (cause) {
          signal.throwIfAborted();
          const error = deadline.aborted
            ? new UserError(({ search }) => search.tooSlow(seconds), { cause })
            : cause;
          if (!(error instanceof UserError)) throw error;
          log.warn({ err: error, backend: backend.name }, "a search failed");
          failed.push({ name: backend.name, error });
        }
      }
      if (nothing) return { ...nothing, fees };
      const reasons = (words: Words): readonly string[] =>
        failed.map(({ name, error }) => words.search.failed(name, error.in(words)));
      throw new UserError((words) =>
        failed.length === 0 ? words.search.noBackend : words.search.noneWorked(reasons(words)),
      );
    },
  };
}

/** Who answers is paid, whatever was found. */
const feesOf = ({ price = 0 }: SearchBackend): Fees =>
  price === "unknown" ? { usd: 0, unpriced: 1 } : { usd: price, unpriced: 0 };
