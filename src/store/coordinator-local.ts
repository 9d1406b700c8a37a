import { randomUUID } from "node:crypto";
import type { Coordinator, Signal } from "../coordinator.ts";

/** The only process there is: every claim succeeds, every role is its own. */
export function createLocalCoordinator(): Coordinator {
  const listeners: ((signal: Signal) => void)[] = [];
  return {
    process: randomUUID(),
    isShared: false,
    claim: async () => new AbortController().signal,
    async release() {},
    async confirm() {},
    async publish(signal) {
      for (const listener of listeners) listener(signal);
    },
    listen: (listener) => void listeners.push(listener),
    onLost() {},
    lead: (_, signal, work) => work(signal),
    async close() {},
  };
}
