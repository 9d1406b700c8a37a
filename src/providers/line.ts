import { type Candidate, SilenceError } from "./attempt.ts";
import type { Breaker, Pass } from "./breaker.ts";
import type { ProviderError } from "./provider.ts";
import { retryWaitMs, sleep } from "./retry.ts";

/** A candidate whose turn it is. */
export interface Chosen {
  readonly candidate: Candidate;
  /** `provider/model`. */
  readonly model: string;
  readonly pass: Pass;
}

/** How a call failed, and whether it had begun to answer. */
export interface Death {
  readonly error: ProviderError;
  readonly hadBegun: boolean;
}

export interface LineOptions {
  /** The circuits of all models by `provider/model`, shared by all answers. */
  readonly breakers: (model: string) => Breaker;
  /** Called for each candidate that is left out, as its circuit is open. */
  readonly onSkip: (model: string, why: ProviderError) => void;
  /** How often the same model is asked again after a passing trouble before its first token. Default: 2. */
  readonly retries?: number | undefined;
  /** From 0 to 1; for tests. */
  readonly random?: (() => number) | undefined;
  /** For tests. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
}

type Waiting = Omit<Chosen, "pass"> & { readonly breaker: Breaker };

/**
 * Whom to ask, one after the other; to be told how each call failed. The same one comes again, after a pause, where
 * that may help. Who does not work at present is left out; but before nobody is left, the one of them whose pause
 * ends soonest comes all the same, and then those whose trouble may have passed. Rejects with the signal's reason when it is aborted in a pause.
 */
export async function* inLine(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  options: LineOptions,
  signal: AbortSignal,
): AsyncGenerator<Chosen, void, Death> {
  const later: Candidate[] = [];
  const skipped: Waiting[] = [];

  function skip(one: Waiting): void {
    const { complaint } = one.breaker;
    if (complaint) options.onSkip(one.model, complaint);
  }

  async function* inTurn(candidate: Candidate): AsyncGenerator<Chosen, "later" | "next", Death> {
    const model = `${candidate.provider.id}/${candidate.model}`;
    const one = { candidate, model, breaker: options.breakers(model) };
    const pass = one.breaker.enter();
    if (pass) return yield* repeatedly(one, pass, options, signal);
    skipped.push(one);
    skip(one);
    return "next";
  }

  for await (const candidate of candidates) {
    if ((yield* inTurn(candidate)) === "later") later.push(candidate);
  }
  for (const candidate of later) yield* inTurn(candidate);
  const [soonest, ...others] = skipped.toSorted((one, other) => one.breaker.opensAt - other.breaker.opensAt);
  for (const one of soonest ? [soonest, ...others.filter(mayHavePassed)] : []) {
    const pass = await one.breaker.force(signal);
    if (pass) yield* repeatedly(one, pass, options, signal);
    else skip(one);
  }
}

/** Whether its trouble was of a kind that passes in a moment. */
const mayHavePassed = ({ breaker: { complaint } }: Waiting): boolean =>
  !complaint || retryWaitMs(complaint, 0) !== undefined;

/** One candidate until it is to be left, for good (`next`) or until nobody else is left (`later`). */
async function* repeatedly(
  { breaker, ...one }: Waiting,
  first: Pass,
  { retries = 2, random, sleep: wait = sleep }: LineOptions,
  signal: AbortSignal,
): AsyncGenerator<Chosen, "later" | "next", Death> {
  let left = retries;
  for (let pass: Pass | undefined = first; pass; pass = breaker.enter()) {
    const { error, hadBegun } = yield { ...one, pass };
    if (left === 0) return "next";
    // One that fell silent is not waited for again while there are others.
    if (error instanceof SilenceError) return hadBegun ? "later" : "next";
    const waitMs = retryWaitMs(error, hadBegun ? 0 : retries - left, random);
    if (waitMs === undefined) return "next";
    // In mid-answer it gets one more chance.
    left = hadBegun ? 0 : left - 1;
    await wait(waitMs, signal);
  }
  return "next";
}
