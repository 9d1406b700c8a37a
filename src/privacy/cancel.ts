import { setTimeout as sleep } from "node:timers/promises";
import type { Assignment, Desk } from "../desk.ts";
import type { ConversationKey } from "../store/store.ts";
import type { Cancelled } from "./people.ts";

/** How long answers that are told to end may take for it, in milliseconds. */
const patienceMs = 5_000;

/**
 * Ends everything that is being done for a person, in all processes, but this one assignment; and forgets that they
 * asked for it. What is being written closes as stopped, and nothing of it is stored. What this gives waits for that,
 * within bounds.
 */
export async function cancelFor(desk: Desk, { key, job, inbound }: Assignment): Promise<() => Promise<void>> {
  const { store, coordinator, log } = desk.core;
  const person = inbound.author.id;
  const cancelled = await store.people.cancel(person, job.id);
  await coordinator
    .publish({ type: "forget", person, but: key })
    .catch((err: unknown) => log.warn({ err }, "the other processes were not told"));
  for (const each of cancelled) if (!each.isBegun) await takeBack(desk, each);
  const running = new Set(cancelled.filter(({ isBegun }) => isBegun).map(({ conversation }) => conversation));
  running.delete(key);
  return async () => {
    const deadline = performance.now() + patienceMs;
    for (const conversation of running)
      while (performance.now() < deadline && !(await isQuiet(desk, conversation, person))) await sleep(20);
  };
}

/** A question that waits is not answered any more: nothing says so any longer. */
async function takeBack({ core, adapters }: Desk, { inbound, posts }: Cancelled): Promise<void> {
  const adapter = adapters.get(inbound.thread.split(":", 1)[0] ?? "");
  for (const id of Object.values(posts)) {
    if (id === null) continue;
    await adapter
      ?.remove?.(inbound.thread, id)
      .catch((err: unknown) => core.log.debug({ err }, "a notice stays"));
  }
  adapter?.settled?.(inbound);
}

/** Whether nobody works for this person there any more. */
async function isQuiet(
  { core: { coordinator }, running }: Desk,
  conversation: ConversationKey,
  person: string,
): Promise<boolean> {
  if (running.get(conversation)?.author === person) return false;
  if (!coordinator.isShared) return true;
  if (!(await coordinator.claim(conversation))) return false;
  await coordinator.release(conversation);
  return true;
}
