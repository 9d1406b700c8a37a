import { vi } from "vitest";
import { patienceMs } from "./until.ts";

/** Waits until what is expected holds; throws the last failed expectation when it never does. */
export const eventually = (expectation: () => void): Promise<void> =>
  vi.waitFor(expectation, { timeout: patienceMs, interval: 10 });
