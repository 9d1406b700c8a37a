import type { Message } from "../message.ts";
import { forVendor } from "./handover.ts";
import { type ModelRequest, type Provider, ProviderError, type Sign, type StreamEvent } from "./provider.ts";
import { thinkingPatience } from "./thinking.ts";

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

/** How long a model may stay silent, in milliseconds; where it thinks hard and shows nothing of it, several times as long. */
export interface Deadlines {
  /** Until it says the first thing, or that it thinks. */
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
  /** The time until `resume` is the consumer's own, and counts for no deadline. */
  pause(): void;
  /** Tells which event was dealt with: from the first that says something on, the idle deadline holds. */
  resume(event: StreamEvent): void;
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
  const options = { sees, callsTools, reader: `${provider.id}/${model}` };
  const fit = (messages: readonly Message[]) => forVendor(messages, provider.vendor, options);
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
  const silence = watchSilence(boundsFor(provider, request, deadlines));
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

interface Bounds extends Deadlines {
  /** While it thinks. */
  readonly hiddenMs: number;
}

/** Who tells of no thinking gets the time for it from the beginning. */
function boundsFor(
  { tellsOfThinking }: Provider,
  { thinking }: Pick<ModelRequest, "thinking">,
  { firstTokenMs, idleMs }: Deadlines,
): Bounds {
  const patience = thinkingPatience(thinking);
  return {
    firstTokenMs: tellsOfThinking ? firstTokenMs : firstTokenMs * patience,
    idleMs,
    hiddenMs: Math.max(firstTokenMs, idleMs) * patience,
  };
}

/** Aborts its signal when nothing is heard for too long. Costs few timers, however often something is heard. */
function watchSilence({ firstTokenMs, idleMs, hiddenMs }: Bounds) {
  const controller = new AbortController();
  let state: "waits" | "thinks" | "writes" = "waits";
  let allowed = firstTokenMs;
  let isPaused = false;
  let since = performance.now();
  let timer = setTimeout(check, allowed);

  function check(): void {
    const left = isPaused ? allowed : allowed - (performance.now() - since);
    // A timer may be early by less than a millisecond.
    if (left < 1) controller.abort();
    else timer = setTimeout(check, left);
  }

  function move(next: "thinks" | "writes"): void {
    since = performance.now();
    if (state === next) return;
    state = next;
    allowed = next === "thinks" ? hiddenMs : idleMs;
    clearTimeout(timer);
    timer = setTimeout(check, allowed);
  }

  return {
    signal: controller.signal,
    allowedMs: () => allowed,
    /** A living connection says something of a model that thinks, nothing of one that should be writing or hasn't begun. */
    heard: (sign: Sign): void => {
      if (sign !== "lives") move(sign);
      else if (state === "thinks") since = performance.now();
    },
    pause(): void {
      isPaused = true;
    },
    resume({ type }: StreamEvent): void {
      isPaused = false;
      if (type !== "usage") move("writes");
      else if (state !== "waits") since = performance.now();
    },
    end: (): void => clearTimeout(timer),
  };
}
