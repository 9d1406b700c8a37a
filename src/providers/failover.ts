import type { Message } from "../message.ts";
import type { ModelEvent } from "../turn.ts";
import { forVendor } from "./handover.ts";
import { ProviderError } from "./provider.ts";
import type { ModelRequest, Provider, ProviderFailure, StreamEvent } from "./provider.ts";
import { retryWaitMs, sleep } from "./retry.ts";

/** A model that may answer. */
export interface Candidate {
  readonly provider: Provider;
  /** The vendor's own name of the model. */
  readonly model: string;
  /** Whether it sees pictures; where it doesn't, a note stands in for each. Default: it does. */
  readonly sees?: boolean;
}

export interface FailoverOptions {
  /** How long a model may stay silent before the next one is tried, in milliseconds. */
  readonly firstTokenMs: number;
  /** How often the same model is asked again after a passing trouble. Default: 2. */
  readonly retries?: number;
  /** Called for each call that came to nothing before its first token; `model` is `provider/model`. */
  readonly onFailure?: (model: string, error: ProviderError) => void;
  /** From 0 to 1; for tests. */
  readonly random?: () => number;
  /** For tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Streams from the first candidate that answers; the next is asked for only when those before it have failed. Before the first token it retries and goes on to the next;
 * after it, and when the vendor declines the content, an error is thrown as it is.
 * When all fail, throws the error that says most.
 */
export async function* streamWithFailover(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  request: Omit<ModelRequest, "model">,
  options: FailoverOptions,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, void, undefined> {
  const failed = new Map<string, ProviderError>();
  for await (const candidate of candidates) {
    const model = `${candidate.provider.id}/${candidate.model}`;
    for (let attempt = 0; ; attempt++) {
      const opened = await open(candidate, request, options.firstTokenMs, signal);
      if ("events" in opened) {
        failed.delete(model);
        const before = [...failed].map(([model, { kind }]) => ({ model, kind }));
        yield* resume({ type: "answering", model, failed: before }, opened);
        return;
      }
      const { error, isSilent } = opened;
      failed.set(model, error);
      options.onFailure?.(model, error);
      if (error.kind === "refused") throw error;
      const wait = isSilent ? undefined : waitMs(error, attempt, options);
      if (wait === undefined) break;
      await (options.sleep ?? sleep)(wait, signal);
    }
  }
  throw mostTelling([...failed.values()]);
}

function waitMs(error: ProviderError, attempt: number, options: FailoverOptions): number | undefined {
  const { retries = 2, random = Math.random } = options;
  return attempt < retries ? retryWaitMs(error, attempt, random) : undefined;
}

/** A stream with what it has said so far. */
interface Started {
  readonly held: readonly StreamEvent[];
  readonly events: AsyncIterator<StreamEvent>;
}

type Opened =
  | Started
  /** One that said nothing for the whole time is not asked to do so again. */
  | { readonly error: ProviderError; readonly isSilent: boolean };

/** Calls the model and waits for its first token. */
async function open(
  { provider, model, sees = true }: Candidate,
  request: Omit<ModelRequest, "model">,
  firstTokenMs: number,
  signal: AbortSignal,
): Promise<Opened> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), firstTokenMs);
  const fit = (messages: readonly Message[]) => forVendor(messages, provider.vendor, { sees });
  const fitted: ModelRequest = {
    ...request,
    model,
    messages: fit(request.messages),
    stableMessages: fit(request.messages.slice(0, request.stableMessages)).length,
  };
  const stream = provider.stream(fitted, AbortSignal.any([signal, silence.signal]));
  const events = stream[Symbol.asyncIterator]();
  const held: StreamEvent[] = [];
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      held.push(next.value);
      if (next.value.type !== "usage") break;
    }
    return { held, events };
  } catch (error) {
    signal.throwIfAborted();
    if (silence.signal.aborted) {
      const message = `${model} said nothing for ${firstTokenMs / 1000} s`;
      return {
        isSilent: true,
        error: new ProviderError("unreachable", { provider: provider.id, message, cause: error }),
      };
    }
    if (error instanceof ProviderError) return { isSilent: false, error };
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function* resume(answering: ModelEvent, { held, events }: Started): AsyncGenerator<ModelEvent> {
  try {
    yield answering;
    yield* held;
    for (let next = await events.next(); !next.done; next = await events.next()) yield next.value;
  } finally {
    // Closes the connection when the consumer stops early; does nothing after the end.
    await events.return?.();
  }
}

/** What a person can do something about comes first; what passes by itself last. */
const telling: readonly ProviderFailure[] = [
  "refused",
  "too-long",
  "auth",
  "no-model",
  "unknown",
  "rate-limit",
  "overloaded",
  "unreachable",
];

function mostTelling(errors: readonly ProviderError[]): Error {
  const [first] = errors.toSorted((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind));
  return first ?? new Error("No model to ask.");
}
