import { setTimeout as sleep } from "node:timers/promises";
import type { Inbound, Receive } from "../../src/chat.ts";
import { createHandover, type HandoverOptions } from "../../src/platform/handover.ts";

/** Slack waits for three seconds, in milliseconds; an acknowledgement after that is none. */
const inTimeMs = 2_500;

/**
 * Takes what Slack brings; rejects when it is not stored in time, and Slack brings it again: perhaps a minute later, when
 * what was written after it has been answered. So messages are also kept, and stored as soon as that works; whichever comes
 * second is known by its id. Of what Slack brings once, it tells the person itself that it failed.
 */
export function createTake(receive: Receive, options: HandoverOptions): Receive {
  const handOver = createHandover(receive, options);
  return async (inbound: Inbound) => {
    if (inbound.type === "command" || inbound.type === "press") return receive(inbound);
    const late = new AbortController();
    const isLate = sleep(inTimeMs, false, { signal: late.signal, ref: false }).catch(() => false);
    const isStored = await Promise.race([handOver(inbound), isLate]);
    late.abort();
    if (!isStored) throw new Error("it could not be stored in time");
  };
}
