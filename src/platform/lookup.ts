import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import { remember } from "./remember.ts";

export interface LookupOptions {
  /** How long an answer is good for, in milliseconds. */
  readonly lastsMs: number;
  /** How long anybody waits for an answer, in milliseconds. */
  readonly patienceMs: number;
  readonly log: Log;
}

/**
 * What ids stand for, asked once each while the answer is good. Whatever can't be told, or not in time, is what it last
 * was, or undefined; the next one who wants to know asks again. Never rejects.
 */
export function createLookup<Value>(
  ask: (id: string) => Promise<Value>,
  { lastsMs, patienceMs, log }: LookupOptions,
): (id: string) => Promise<Value | undefined> {
  const known = new Map<string, { readonly value: Value; readonly until: number }>();
  const asking = new Map<string, Promise<Value | undefined>>();

  async function askNow(id: string): Promise<Value | undefined> {
    try {
      return remember(known, id, { value: await ask(id), until: performance.now() + lastsMs }).value;
    } catch (error) {
      log.debug({ err: error, id }, "the platform does not tell");
      return known.get(id)?.value;
    }
  }

  return async (id) => {
    const last = known.get(id);
    if (last && performance.now() < last.until) return last.value;
    const answer = asking.get(id) ?? askNow(id).finally(() => asking.delete(id));
    asking.set(id, answer);
    const impatient = new AbortController();
    const late = sleep(patienceMs, last?.value, { signal: impatient.signal }).catch(() => undefined);
    return await Promise.race([answer, late]).finally(() => impatient.abort());
  };
}
