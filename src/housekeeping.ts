import type { Core } from "./core.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** How long the ids of what was dealt with are kept: longer than any platform repeats itself. */
const keepIdsMs = 48 * hourMs;
/** How long an album is kept for parts that come late, and for new words under it: later ones would be too old to be answered. */
const keepAlbumsMs = hourMs;
/** How long what waits for a platform that is not set up any more is kept: it is too old to be answered long before, and no `retention.days` is shorter. */
const keepStrandedMs = dayMs;
/** How much is deleted at once: others want to read and write in between. */
const batchSize = 200;

type House = Pick<Core, "store" | "log" | "settings"> & {
  /** Those that are set up. */
  readonly platforms: readonly string[];
};

/** Forgets what is past its time, now and every hour until what it returns is called. */
export function keepHouse(house: House): () => void {
  const run = (): void =>
    void tidy(house, Date.now()).catch((err: unknown) =>
      house.log.warn({ err }, "what is past its time could not be forgotten"),
    );
  run();
  const timer = setInterval(run, hourMs).unref();
  return () => clearInterval(timer);
}

/** Forgets what is past its time at `now`, in milliseconds since 1970. */
export async function tidy(
  { store, log, settings: { retention }, platforms }: House,
  now: number,
): Promise<void> {
  await store.inbox.sweep(now - keepIdsMs);
  const stranded = await store.inbox.sweepStranded(platforms, now - keepStrandedMs);
  await store.inbox.sweepAlbums(now - keepAlbumsMs);
  const turns = await sweepAll(retention.days, now, (before) => store.turns.sweep(before, batchSize));
  const facts = await sweepAll(retention.factDays, now, (before) => store.facts.sweep(before, batchSize));
  await store.facts.expire(now - dayMs);
  await store.people.expire(now);
  if (turns + facts > 0) log.info({ turns, facts }, "deleted by age");
  if (stranded > 0)
    log.warn({ stranded }, "what waited for a platform that is not set up any more is given up");
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
