import { DatabaseAway } from "../errors.ts";
import type { Log } from "../log.ts";
import { pause } from "../pause.ts";
import { orAway } from "./postgres.ts";

/** How long a database is waited for, in milliseconds: who starts both at once, or an update of it, takes no longer. */
const defaultPatienceMs = 30_000;
const tryEveryMs = 500;

interface WaitOptions {
  readonly log: Log;
  /** Ends the wait. */
  readonly signal: AbortSignal;
  readonly patienceMs?: number;
}

/**
 * Opens a Postgres that may be away for a moment, and says once what it waits for. Throws what `open` throws: at once where
 * waiting mends nothing, and else when it was away for too long.
 */
export async function whenThere<Opened>(
  open: () => Promise<Opened>,
  { log, signal, patienceMs = defaultPatienceMs }: WaitOptions,
): Promise<Opened> {
  const deadline = performance.now() + patienceMs;
  let isTold = false;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!isAway(error) || performance.now() > deadline || signal.aborted) throw error;
      if (!isTold)
        log.warn(
          `${error.message} I wait for it, for ${patienceMs / 1_000} seconds; \`parlance doctor\` tells more.`,
        );
      isTold = true;
    }
    await pause(tryEveryMs, signal);
  }
}

/** It may be there in a moment: nothing listens yet, its name is not known yet, it starts up or is full. */
const isAway = (error: unknown): error is Error =>
  error instanceof DatabaseAway || (error instanceof Error && orAway(error.cause) instanceof DatabaseAway);
