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

/** Left until nobody else is; by the clock, not to be asked earlier. */
interface Later {
  readonly candidate: Candidate;
  readonly at: number;
}

/** The longest that somebody waits for a busy model, in milliseconds, while there are others to ask. */
const patienceBesideOthersMs = 1_500;

/**
 * Whom to ask, one after the other; to be told how each call failed. The same one comes again, after a pause, where
 * that may help; after a long one only when nobody else is left. Who does not work at present is left out; but before
 * nobody is left, the one of them whose pause ends soonest comes all the same, and then those whose trouble may have
 * passed. Rejects with the signal's reason when it is aborted in a pause.
 */
export async function* inLine(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  options: LineOptions,
  signal: AbortSignal,
): AsyncGenerator<Chosen, void, Death> {
  const { sleep: wait = sleep } = options;
  const later: Later[] = [];
  const skipped: Waiting[] = [];
  const line = queue(candidates);

  function skip(one: Waiting): void {
    const { complaint } = one.breaker;
    if (complaint) options.onSkip(one.model, complaint);
  }

  async function* inTurn(
    candidate: Candidate,
    hasOthers: () => Promise<boolean>,
  ): AsyncGenerator<Chosen, number | undefined, Death> {
    const model = `${candidate.provider.id}/${candidate.model}`;
    const one = { candidate, model, breaker: options.breakers(model) };
    const pass = one.breaker.enter();
    if (pass) return yield* repeatedly(one, pass, { ...options, sleep: wait, hasOthers }, signal);
    skipped.push(one);
    skip(one);
    return undefined;
  }

  for (let candidate = await line.next(); candidate; candidate = await line.next()) {
    const waitMs = yield* inTurn(candidate, line.hasMore);
    if (waitMs !== undefined) later.push({ candidate, at: performance.now() + waitMs });
  }
  for (const { candidate, at } of later.toSorted((one, other) => one.at - other.at)) {
    const left = at - performance.now();
    if (left > 0) await wait(left, signal);
    yield* inTurn(candidate, nobody);
  }
  const [soonest, ...others] = skipped.toSorted((one, other) => one.breaker.opensAt - other.breaker.opensAt);
  for (const one of soonest ? [soonest, ...others.filter(mayHavePassed)] : []) {
    const pass = await one.breaker.force(signal);
    if (pass) yield* repeatedly(one, pass, { ...options, sleep: wait, hasOthers: nobody }, signal);
    else skip(one);
  }
}

const nobody = async (): Promise<boolean> => false;

/** Takes one after the other, and tells whether there are more. */
function queue<Item>(items: Iterable<Item> | AsyncIterable<Item>) {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let ahead: Promise<IteratorResult<Item, unknown>> | undefined;
  const look = async () => iterator.next();
  return {
    async next(): Promise<Item | undefined> {
      const { done, value } = await (ahead ?? look());
      ahead = undefined;
      return done ? undefined : value;
    },
    hasMore: async (): Promise<boolean> => {
      ahead ??= look();
      return !(await ahead).done;
    },
  };
}

/** Whether its trouble was of a kind that passes in a moment. */
const mayHavePassed = ({ breaker: { complaint } }: Waiting): boolean =>
  !complaint || retryWaitMs(complaint, 0) !== undefined;

interface Repeating extends Pick<LineOptions, "retries" | "random"> {
  readonly sleep: NonNullable<LineOptions["sleep"]>;
  readonly hasOthers: () => Promise<boolean>;
}

/**
 * One candidate until it is to be left: for good, or until nobody else is left, and then not before so many milliseconds
 * have passed.
 */
async function* repeatedly(
  { breaker, ...one }: Waiting,
  first: Pass,
  { retries = 2, random, sleep: wait, hasOthers }: Repeating,
  signal: AbortSignal,
): AsyncGenerator<Chosen, number | undefined, Death> {
  let left = retries;
  let waitedMs = 0;
  for (let pass: Pass | undefined = first; pass; pass = breaker.enter()) {
    const { error, hadBegun } = yield { ...one, pass };
    if (left === 0) return undefined;
    // One that fell silent is not waited for again while there are others.
    if (error instanceof SilenceError) return hadBegun ? 0 : undefined;
    const waitMs = retryWaitMs(error, hadBegun ? 0 : retries - left, random);
    if (waitMs === undefined) return undefined;
    waitedMs += waitMs;
    if (waitedMs > patienceBesideOthersMs && (await hasOthers())) return waitMs;
    // In mid-answer it gets one more chance.
    left = hadBegun ? 0 : left - 1;
    await wait(waitMs, signal);
  }
  return undefined;
}
