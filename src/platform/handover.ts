import { setTimeout as sleep } from "node:timers/promises";
import type { Inbound, Receive } from "../chat.ts";
import type { Log } from "../log.ts";
import { pauseAfter } from "./outage.ts";
import { parseThread } from "./thread-id.ts";

/** More than this, and a platform has brought more in an outage than anyone would wait for. */
const mostKept = 1_000;

/** How often it is tried whether anything can be stored again, at first, in milliseconds; later a twentieth of how long it could not. */
const probeMs = 250;

/** How long an event of an ended connection is kept, in milliseconds: the database that can't be reached ends both. */
const patienceMs = 300_000;

export interface HandoverOptions {
  readonly log: Log;
  /** The connection has ended: what is kept is tried for some minutes more, as long as the process lives. */
  readonly signal: AbortSignal;
}

/**
 * Hands over what came from a platform that brings nothing twice, or later than what came after it: what can't be stored
 * now is kept and tried again until it is. Messages stay in order per channel; commands and buttons wait for nothing, as
 * they may say stop. Settles with whether it was stored, and never fails; what comes again while it is kept is the same.
 * Beyond a thousand kept events, new ones are dropped and logged.
 */
export function createHandover(
  receive: Receive,
  { log, signal }: HandoverOptions,
): (inbound: Inbound) => Promise<boolean> {
  const lanes = new Map<string, Promise<boolean>>();
  const kept = new Map<string, Promise<boolean>>();
  /** Ends when something can be stored again. */
  let outage: PromiseWithResolvers<void> | undefined;

  async function handOver(inbound: Inbound): Promise<boolean> {
    const since = performance.now();
    const ageMs = (): number => performance.now() - since;
    let isProbe = false;
    for (let failures = 0; !signal.aborted || ageMs() <= patienceMs;) {
      try {
        await receive(inbound);
        outage?.resolve();
        outage = undefined;
        return true;
      } catch (err) {
        failures += 1;
        if (failures === 1)
          log.warn({ err, event: inbound.id }, "an event can't be stored now; I keep trying");
        isProbe ||= outage === undefined;
        outage ??= Promise.withResolvers<void>();
        // One tries often, for all: what another process is told once storing works must not come before what is kept here.
        if (isProbe) await sleep(Math.max(probeMs, ageMs() / 20), undefined, { ref: false });
        else await Promise.race([outage.promise, sleep(pauseAfter(failures), undefined, { ref: false })]);
      }
    }
    log.error({ event: inbound.id }, "an event was lost: it could not be stored for minutes after it came");
    return false;
  }

  return (inbound) => {
    const { id } = inbound;
    const before = kept.get(id);
    if (before) return before;
    if (kept.size >= mostKept) {
      log.error({ event: id }, "an event was lost: too many wait to be stored");
      return Promise.resolve(false);
    }
    const waits = inbound.type !== "command" && inbound.type !== "press";
    const name = waits ? parseThread(inbound.thread).channel : id;
    const lane = (lanes.get(name) ?? Promise.resolve()).then(() => handOver(inbound));
    lanes.set(name, lane);
    kept.set(id, lane);
    void lane.then(() => {
      kept.delete(id);
      if (lanes.get(name) === lane) lanes.delete(name);
    });
    return lane;
  };
}
