import { Withdrawn } from "./asking.ts";
import type { Batch } from "./batch.ts";
import type { Adapter } from "./chat.ts";
import { scrubbedBy } from "./commands/all.ts";
import { type Assignment, type Desk, isHopeless } from "./desk.ts";
import type { Outcome } from "./dispatch.ts";
import { ClaimLost, RateLimited, TakenUpAgain, Undelivered } from "./errors.ts";
import { put } from "./words/words.ts";

/** The longest pause before an answer that could not be shown is shown, in milliseconds. */
const longestRestMs = 120_000;

/** All of it is shown: these have been dealt with. */
export async function close(
  desk: Desk,
  assignment: Assignment,
  {
    events,
    adapter,
    turn,
  }: Pick<Batch, "events"> & { readonly adapter: Adapter; readonly turn: string | undefined },
): Promise<void> {
  const { key, job, log } = assignment;
  const ids = events.map(({ id }) => id);
  // The last receipt goes with it.
  await log.quiet();
  await desk.core.store.outbox.close(key, { ...job, events: ids, turn, posts: log.standing });
  await scrub(desk, assignment);
  for (const { id, inbound } of events) {
    adapter.settled?.(inbound);
    desk.asking.delete(id);
  }
}

/** It is deleted by now; without room on the disk, its bytes go when they are written over. */
async function scrub({ core: { store, log } }: Desk, { inbound }: Assignment): Promise<void> {
  const what = scrubbedBy(inbound);
  if (what === undefined) return;
  await store.people.scrub(what).catch((err: unknown) => log.warn({ err }, "the files could not be cleaned"));
}

/** Ends what did not come to its end; rejects with what nobody expected. */
export async function endEarly(
  desk: Desk,
  assignment: Assignment,
  failed: { readonly error: unknown; readonly batch: Batch; readonly ids: readonly string[] },
): Promise<Outcome> {
  const { error, batch, ids } = failed;
  const { reply, adapter, words, claim, log } = assignment;
  if (claim.aborted || error instanceof ClaimLost) {
    await reply.leave();
    return "nothing";
  }
  if (error instanceof TakenUpAgain) {
    await reply.leave(error.sentence && put(error.sentence, words));
    await log.saved();
    await desk.core.store.inbox.handBack(ids);
    return "done";
  }
  if (error instanceof Withdrawn) {
    await reply.leave();
    await close(desk, assignment, { events: batch.events, adapter, turn: undefined });
    return "done";
  }
  if (!(error instanceof Undelivered)) {
    await reply.leave();
    await log.saved().catch(() => undefined);
    throw error;
  }
  return postpone(desk, assignment, { error, batch, ids });
}

/** When the platform says to come; one that has been away for long may be so for as long again. */
const restAfter = ({ cause }: Undelivered, ageMs: number): number =>
  cause instanceof RateLimited && !cause.mayBeDone ? cause.retryAfterMs : Math.min(ageMs / 4, longestRestMs);

/** The answer is stored and only has to be shown: that is tried again, until it is hopeless or too old. */
async function postpone(
  desk: Desk,
  assignment: Assignment,
  { error, batch, ids }: { error: Undelivered; batch: Batch; ids: readonly string[] },
): Promise<Outcome> {
  const { store, settings, log } = desk.core;
  const { key, job, log: posts, inbound } = assignment;
  const ageMs = Date.now() - (batch.events[0]?.at ?? 0);
  const isLast = isHopeless(error) || ageMs > settings.tooOldMs;
  log[isLast ? "error" : "warn"]({ err: error, thread: inbound.thread, event: inbound.id }, "not told");
  if (!isLast) {
    await posts.saved();
    await store.inbox.handBack(ids);
    return { againInMs: Math.max(settings.restMs, restAfter(error, ageMs)) };
  }
  await posts.quiet();
  await store.outbox.close(key, { ...job, events: ids, turn: job.turn, posts: posts.standing });
  await scrub(desk, assignment);
  return "done";
}
