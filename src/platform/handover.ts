import { setTimeout as sleep } from "node:timers/promises";
import type { Inbound, Receive } from "../chat.ts";
import type { Log } from "../log.ts";
import { pauseAfter } from "./outage.ts";
import { parseThread } from "./thread-id.ts";

/** More than this, and a platform has brought more in an outage than anyone would wait for. */
const mostKept = 1_000;

/** How long an event of an ended connection is kept, in milliseconds: the database that can't be reached ends both. */
const patienceMs = 300_000;

export interface HandoverOptions {
  readonly log: Log;
  /** The connection has ended: what is kept is tried for some minutes more, as long as the process lives. */
  readonly signal: AbortSignal;
}

/**
 * Hands over what came from a platform that brings nothing twice: what can't be stored now is kept and tried again in
 * growing pauses. Messages stay in order per channel; commands and buttons wait for nothing, as they may say stop. Never
 * fails; beyond a thousand kept events, new ones are dropped and logged.
 */
export function createHandover(
  receive: Receive,
  { log, signal }: HandoverOptions,
): (inbound: Inbound) => void {
  const lanes = new Map<string, Promise<void>>();
  let kept = 0;

  async function handOver(inbound: Inbound): Promise<void> {
    const isOver = (): boolean => signal.aborted && performance.now() - since > patienceMs;
    const since = performance.now();
    for (let failures = 0; !isOver();) {
      try {
        await receive(inbound);
        return;
      } catch (err) {
        failures += 1;
        if (failures === 1)
          log.warn({ err, event: inbound.id }, "an event can't be stored now; I keep trying");
        await sleep(pauseAfter(failures), undefined, { ref: false });
      }
    }
    log.error({ event: inbound.id }, "an event was lost: it could not be stored for minutes after it came");
  }

  return (inbound) => {
    if (kept >= mostKept) {
      log.error({ event: inbound.id }, "an event was lost: too many wait to be stored");
      return;
    }
    kept += 1;
    const waits = inbound.type !== "command" && inbound.type !== "press";
    const name = waits ? parseThread(inbound.thread).channel : inbound.id;
    const lane = (lanes.get(name) ?? Promise.resolve()).then(() => handOver(inbound));
    lanes.set(name, lane);
    void lane.then(() => {
      kept -= 1;
      if (lanes.get(name) === lane) lanes.delete(name);
    });
  };
}
