import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";

const firstPauseMs = 500;
const longestPauseMs = 60_000;

/** How long to wait after so many failures in a row, in milliseconds: longer each time, and not the same for all. */
export const pauseAfter = (failures: number): number =>
  failures === 0
    ? 0
    : Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs) * (0.75 + Math.random() / 2);

/** A connection that is lost for a while: said once when it is lost, and once when it is back. */
export interface Outage {
  /** Waits before the next try; says nothing and returns at once when the signal has ended. */
  endure(sentence: string, error: unknown, signal: AbortSignal): Promise<void>;
  /** The connection is back, or was never away. */
  end(): void;
}

export interface ReconnectOptions {
  readonly platform: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly explain: (error: unknown) => Error;
}

export function createOutage(platform: string, log: Log): Outage {
  let failures = 0;
  return {
    async endure(sentence, err, signal) {
      failures += 1;
      if (failures === 1 && !signal.aborted) log.warn({ err }, `${sentence} I keep trying.`);
      await sleep(pauseAfter(failures), undefined, { signal }).catch(() => {});
    },
    end() {
      if (failures > 0) log.info(`${platform} is connected again`);
      failures = 0;
    },
  };
}

/** Connects anew until that succeeds or the signal ends, with growing pauses; `explain` says what is wrong. */
export async function reconnect(
  connect: () => Promise<void>,
  { platform, log, signal, explain }: ReconnectOptions,
): Promise<void> {
  const outage = createOutage(platform, log);
  while (!signal.aborted) {
    try {
      await connect();
      outage.end();
      return;
    } catch (error) {
      await outage.endure(explain(error).message, error, signal);
    }
  }
}
