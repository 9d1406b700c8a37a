import type { Candidate } from "./attempt.ts";
import type { Breaker, Pass } from "./breaker.ts";
import type { ProviderError } from "./provider.ts";

/** A candidate whose turn it is. */
export interface Chosen {
  readonly candidate: Candidate;
  /** `provider/model`. */
  readonly model: string;
  readonly breaker: Breaker;
  readonly pass: Pass;
}

export interface LineOptions {
  readonly breakers: (model: string) => Breaker;
  /** Called for each candidate that is left out, as its circuit is open. */
  readonly onSkip: (model: string, why: ProviderError) => void;
}

/**
 * The candidates in the order in which they are asked, then those that are put `last` meanwhile. Who does not work at
 * present is left out; but before nobody is left, the one of them whose pause ends soonest is asked all the same.
 */
export async function* inLine(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  last: readonly Candidate[],
  { breakers, onSkip }: LineOptions,
  signal: AbortSignal,
): AsyncGenerator<Chosen, void, undefined> {
  const skipped: Omit<Chosen, "pass">[] = [];

  function* choose(candidate: Candidate): Generator<Chosen> {
    const model = `${candidate.provider.id}/${candidate.model}`;
    const breaker = breakers(model);
    const pass = breaker.enter();
    if (pass) yield { candidate, model, breaker, pass };
    else skip({ candidate, model, breaker });
  }

  function skip(one: Omit<Chosen, "pass">): void {
    skipped.push(one);
    if (one.breaker.complaint) onSkip(one.model, one.breaker.complaint);
  }

  for await (const candidate of candidates) yield* choose(candidate);
  for (const candidate of last) yield* choose(candidate);
  const [soonest] = skipped.toSorted((one, other) => one.breaker.opensAt - other.breaker.opensAt);
  if (!soonest) return;
  const pass = await soonest.breaker.force(signal);
  if (pass) yield { ...soonest, pass };
  else skip(soonest);
}
