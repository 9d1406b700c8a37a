import { setTimeout as sleep } from "node:timers/promises";
import { RateLimited } from "../errors.ts";

/** Calls again as often as the platform asks to wait, up to so many times; not at once for all who were told the same. */
export async function patiently<Result>(call: () => Promise<Result>, tries = 10): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof RateLimited) || tries <= 1) throw error;
    await sleep(error.retryAfterMs * (0.5 + Math.random()));
    return patiently(call, tries - 1);
  }
}
