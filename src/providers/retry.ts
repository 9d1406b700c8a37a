import { setTimeout as delay } from "node:timers/promises";
import type { ProviderError } from "./provider.ts";

const firstWaitMs = 500;
const longestWaitMs = 8_000;
/** A vendor that asks to wait longer, in milliseconds, is left for the next one. */
export const patienceMs = 10_000;

/** Full jitter: anything up to an exponentially growing bound, so that many callers don't come back together. */
function backoffMs(attempt: number, random: () => number): number {
  return random() * Math.min(longestWaitMs, firstWaitMs * 2 ** attempt);
}

/** Whether it is a trouble that passes by itself. */
export const passes = ({ kind }: ProviderError): boolean =>
  kind === "rate-limit" || kind === "overloaded" || kind === "unreachable";

/**
 * How long to wait, in milliseconds, before asking the same model again after its `attempt`-th failure
 * (from 0); undefined when that is no use.
 */
export function retryWaitMs(
  error: ProviderError,
  attempt: number,
  random: () => number = Math.random,
): number | undefined {
  const { retryAfterMs } = error;
  if (!passes(error)) return undefined;
  const jitter = backoffMs(attempt, random);
  if (retryAfterMs === undefined) return jitter;
  // Never earlier than asked, and not all at the same moment.
  return retryAfterMs <= patienceMs ? retryAfterMs + Math.min(jitter, firstWaitMs) : undefined;
}

/** Waits; rejects with the signal's reason when it is aborted. */
export async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** What the work comes to, or the signal's reason when that is aborted first: who does not heed a signal must not hold up a stop. */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", abort));
}
