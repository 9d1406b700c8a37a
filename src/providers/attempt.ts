import type { Message } from "../message.ts";
import { forVendor } from "./handover.ts";
import { type ModelRequest, type Provider, ProviderError, type StreamEvent } from "./provider.ts";

/** A model that may answer. */
export interface Candidate {
  readonly provider: Provider;
  /** The vendor's own name of the model. */
  readonly model: string;
  /** Whether it sees pictures; where it doesn't, a note stands in for each. Default: it does. */
  readonly sees?: boolean;
  /** Whether it calls tools; where it doesn't, none are offered and what they found is told. Default: it does. */
  readonly callsTools?: boolean;
  /** The most tokens that its answer may take, where its window has room for no more. */
  readonly maxOutputTokens?: number;
}

/** How long a model may stay silent, in milliseconds. */
export interface Deadlines {
  /** Until it says the first thing. */
  readonly firstTokenMs: number;
  /** Between two signs of life from then on. */
  readonly idleMs: number;
}

/** The model said nothing for as long as it may. */
export class SilenceError extends ProviderError {}

/** One call of one model under its deadlines. */
export interface Attempt {
  /** Throws what `explain` explains. */
  readonly events: AsyncIterable<StreamEvent>;
  /** To be called at the first token: from here on the idle deadline holds. */
  begin(): void;
  /** The time until `resume` is the consumer's own, and counts for no deadline. */
  pause(): void;
  resume(): void;
  /** A SilenceError where a deadline ended the call, the signal's reason where that did, else the error itself. */
  explain(error: unknown): unknown;
  /** Lets go of the timer; the consumer closes the events. */
  end(): void;
}

/** A request as the candidate's vendor takes it. */
export function fitted(
  { provider, model, sees = true, callsTools = true, maxOutputTokens: most = Infinity }: Candidate,
  request: Omit<ModelRequest, "model">,
): ModelRequest {
  const fit = (messages: readonly Message[]) => forVendor(messages, provider.vendor, { sees, callsTools });
  const { messages, stableMessages, lastingMessages, maxOutputTokens = Infinity } = request;
  return {
    ...request,
    model,
    ...(!callsTools && { tools: [] }),
    ...(most < maxOutputTokens && { maxOutputTokens: most }),
    messages: fit(messages),
    stableMessages: fit(messages.slice(0, stableMessages)).length,
    ...(lastingMessages !== undefined && {
      lastingMessages: fit(messages.slice(0, lastingMessages)).length,
    }),
  };
}

/** Calls a model, in the form that its vendor takes. */
export function attempt(
  candidate: Candidate,
  request: Omit<ModelRequest, "model">,
  deadlines: Deadlines,
  signal: AbortSignal,
): Attempt {
  const { provider, model } = candidate;
  const silence = watchSilence(deadlines);
  return {
    ...silence,
    events: provider.stream(
      fitted(candidate, request),
      AbortSignal.any([signal, silence.signal]),
      silence.heard,
    ),
    explain(cause) {
      if (signal.aborted) return signal.reason;
      if (!silence.signal.aborted) return cause;
      const message = `${model} said nothing for ${silence.allowedMs() / 1000} s`;
      return new SilenceError("unreachable", { provider: provider.id, message, cause });
    },
  };
}

/** Aborts its signal when nothing is heard for too long. Costs one timer, however often something is heard. */
function watchSilence({ firstTokenMs, idleMs }: Deadlines) {
  const controller = new AbortController();
  let allowed = firstTokenMs;
  let hasBegun = false;
  let isPaused = false;
  let since = performance.now();
  let timer = setTimeout(check, allowed);

  function check(): void {
    const left = isPaused ? allowed : allowed - (performance.now() - since);
    // A timer may be early by less than a millisecond.
    if (left < 1) controller.abort();
    else timer = setTimeout(check, left);
  }

  /** What comes before the first token, such as a greeting of the protocol, makes it no earlier. */
  function heard(): void {
    if (hasBegun) since = performance.now();
  }

  return {
    signal: controller.signal,
    allowedMs: () => allowed,
    heard,
    begin(): void {
      hasBegun = true;
      allowed = idleMs;
      clearTimeout(timer);
      timer = setTimeout(check, allowed);
    },
    pause(): void {
      isPaused = true;
    },
    resume(): void {
      isPaused = false;
      heard();
    },
    end: (): void => clearTimeout(timer),
  };
}
