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
  /** Waits before the next try; returns at once when the signal ends. */
  endure(sentence: string, error: unknown, signal: AbortSignal): Promise<void>;
  /** The connection is back, or was never away. */
  end(): void;
}

export function createOutage(platform: string, log: Log): Outage {
  let failures = 0;
  return {
    async endure(sentence, err, signal) {
      failures += 1;
      if (failures === 1) log.warn({ err }, `${sentence} I keep trying.`);
      await sleep(pauseAfter(failures), undefined, { signal }).catch(() => {});
    },
    end() {
      if (failures > 0) log.info(`${platform} is connected again`);
      failures = 0;
    },
  };
}
