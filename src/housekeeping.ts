import type { Core } from "./core.ts";

const hourMs = 3_600_000;
/** How long the ids of what was dealt with are kept: longer than any platform repeats itself. */
const keepIdsMs = 48 * hourMs;

/** Forgets what is past its time, now and every hour until what it returns is called. */
export function keepHouse({ store, log }: Pick<Core, "store" | "log">): () => void {
  const tidy = (): void =>
    void store.inbox
      .sweep(Date.now() - keepIdsMs)
      .catch((err: unknown) => log.warn({ err }, "old ids could not be forgotten"));
  tidy();
  const timer = setInterval(tidy, hourMs).unref();
  return () => clearInterval(timer);
}
