import type { Core } from "./core.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long the ids of what was dealt with are kept: longer than any platform repeats itself. */
const keepIdsMs = 48 * hourMs;
/** How long an album is kept for parts that come late, and for new words under it: later ones would be too old to be answered. */
const keepAlbumsMs = hourMs;
/** How much is deleted at once: others want to read and write in between. */
const batchSize = 200;

/** Forgets what is past its time, now and every hour until what it returns is called. */
export function keepHouse(core: Pick<Core, "store" | "log" | "settings">): () => void {
  const run = (): void =>
    void tidy(core, Date.now()).catch((err: unknown) =>
      core.log.warn({ err }, "what is past its time could not be forgotten"),
    );
  run();
  const timer = setInterval(run, hourMs).unref();
  return () => clearInterval(timer);
}

/** Forgets what is past its time at `now`, in milliseconds since 1970. */
export async function tidy(
  { store, log, settings: { retention } }: Pick<Core, "store" | "log" | "settings">,
  now: number,
): Promise<void> {
  await store.inbox.sweep(now - keepIdsMs);
  await store.inbox.sweepAlbums(now - keepAlbumsMs);
  const turns = await sweepAll(retention.days, now, (before) => store.turns.sweep(before, batchSize));
  const facts = await sweepAll(retention.factDays, now, (before) => store.facts.sweep(before, batchSize));
  await store.facts.expire(now - dayMs);
  await store.people.expire(now);
  if (turns + facts > 0) log.info({ turns, facts }, "deleted by age");
}

async function sweepAll(
  days: number | undefined,
  now: number,
  sweep: (before: number) => Promise<number>,
): Promise<number> {
  if (days === undefined) return 0;
  let total = 0;
  for (;;) {
    const count = await sweep(now - days * dayMs);
    total += count;
    if (count < batchSize) return total;
  }
}
