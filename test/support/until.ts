import { setTimeout as sleep } from "node:timers/promises";

/** Far longer than anything here takes, in milliseconds: tests fail by what never comes, not by how busy a machine is. */
export const patienceMs = 120_000;

/** How soon a click must be acknowledged, in milliseconds. Platforms allow 3 seconds, to machines that do nothing else. */
export const acknowledgeWithinMs = 12_000;

/** What takes long is looked at less often: to look costs time that what is waited for needs. */
const longestPauseMs = 25;

/** Waits until `find` gives something; throws with `what` in its words when it never does. */
export async function until<Found>(what: string, find: () => Found | undefined | false): Promise<Found> {
  const deadline = performance.now() + patienceMs;
  for (let pauseMs = 5; ; pauseMs = Math.min(longestPauseMs, pauseMs + 1)) {
    const found = find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(pauseMs);
  }
}
