import type { ProviderError } from "./provider.ts";
import { patienceMs } from "./retry.ts";

/** Why a circuit is open, and until when. */
export interface Pause {
  readonly error: ProviderError;
  readonly until: number;
  /** How many came before it in a row. */
  readonly earlier: number;
}

type State =
  | { readonly type: "closed" }
  | { readonly type: "open"; readonly pause: Pause }
  /** One call finds out whether the model answers again; `failed` settles with whether it is still down. */
  | { readonly type: "probing"; readonly pause: Pause; readonly failed: PromiseWithResolvers<boolean> };

/** What became of a circuit. */
export type CircuitChange =
  | { readonly state: "open"; readonly error: ProviderError; readonly pauseMs: number }
  | { readonly state: "probing" }
  | { readonly state: "closed" };

export interface CircuitOptions {
  /** Told of each change once. */
  readonly onChange: (change: CircuitChange) => void;
  /** A clock in milliseconds. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/** So many failures among so many calls open the circuit, unless there was a pause as long as that between two of them. */
const tolerated = { failures: 3, calls: 5, pauseMs: 60_000 };
const firstPauseMs = 10_000;
const longestPauseMs = 300_000;
/** A vendor that asks for more is asked again nevertheless. */
const longestWaitMs = 3_600_000;

/** The states of one model's circuit, and how it gets from one to another. */
export function createCircuit({ onChange, now, random }: CircuitOptions) {
  let state: State = { type: "closed" };
  let calls: readonly { readonly at: number; readonly failed: boolean }[] = [];
  let hasAnswered = false;
  /** The question that met with what may be wrong for all, or for it alone. */
  let suspect: string | undefined;

  function noteAnswer(): void {
    hasAnswered = true;
    suspect = undefined;
  }

  function move(next: State, failed = false): void {
    const before = state;
    state = next;
    calls = [];
    if (before.type === "probing") before.failed.resolve(failed);
  }

  return {
    get state(): State {
      return state;
    },
    /** Takes down a call that was begun then; says whether there are too many failures now. */
    record(failed: boolean, begun: number): boolean {
      if (!failed) noteAnswer();
      const at = now();
      // Not by when they ended: one that hangs takes a minute to fail.
      const isApart = begun - (calls.at(-1)?.at ?? begun) >= tolerated.pauseMs;
      const recent = isApart ? [] : calls;
      calls = [...recent, { at, failed }].slice(-tolerated.calls);
      return calls.filter((call) => call.failed).length >= tolerated.failures;
    },
    /**
     * Whether what this question met with holds for others too: no question has been answered yet, or none since another
     * one met with it.
     */
    isConfirmed(question: string): boolean {
      const others = suspect !== undefined && suspect !== question;
      suspect ??= question;
      return others || !hasAnswered;
    },
    open(error: ProviderError, earlier: number): void {
      const pauseMs = pauseAfter(error, earlier, random);
      move({ type: "open", pause: { error, until: now() + pauseMs, earlier } }, true);
      onChange({ state: "open", error, pauseMs });
    },
    close(): void {
      noteAnswer();
      move({ type: "closed" });
      onChange({ state: "closed" });
    },
    probe(pause: Pause): void {
      move({ type: "probing", pause, failed: Promise.withResolvers() });
      onChange({ state: "probing" });
    },
    /** Ends a probe that taught nothing. */
    giveBack(pause: Pause): void {
      move({ type: "open", pause });
    },
  };
}

/**
 * What a failure says of the model's next call: nothing, something, or everything, since what is wrong stays wrong. Most of
 * what is wrong with a right, an account or a name is so for all, but may be for this one request: that is to be confirmed.
 */
export function weigh({
  kind,
  status = 0,
  retryAfterMs = 0,
}: ProviderError): "none" | "some" | "all" | "to-confirm" {
  if (kind === "refused" || kind === "too-long") return "none";
  // The vendor did not like this very request.
  if (kind === "unknown" && status >= 400 && status < 500) return "none";
  if (retryAfterMs > patienceMs) return "all";
  if (kind === "no-model" || (kind === "auth" && (status === 402 || status === 403))) return "to-confirm";
  return kind === "auth" ? "all" : "some";
}

function pauseAfter(error: ProviderError, earlier: number, random: () => number): number {
  const pause = Math.round(Math.min(longestPauseMs, firstPauseMs * 2 ** earlier) * (0.8 + 0.4 * random()));
  return Math.max(pause, Math.min(longestWaitMs, error.retryAfterMs ?? 0));
}
