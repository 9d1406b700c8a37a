import type { BegunJob, Outbox } from "../../src/store/store.ts";

/** Begins a job on events that wait; its posts, and its end, are stored by what this gives. */
export async function beginJob(
  outbox: Outbox,
  ...[conversation, job]: Parameters<Outbox["begin"]>
): Promise<BegunJob> {
  const begun = await outbox.begin(conversation, job);
  if (!begun) throw new Error(`${job.events.join()} has been dealt with`);
  return begun;
}
