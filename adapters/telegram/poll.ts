import type { Api } from "grammy";
import type { Update } from "grammy/types";
import type { Log } from "../../src/log.ts";
import { createOutage } from "../../src/platform/outage.ts";
import { grammySignal, Refusal } from "./client.ts";

/** Telegram sends these kinds alone; what it remembers from an earlier program does not matter. */
const kinds = ["message", "edited_message", "callback_query", "stopped_message_generation"] as const;

/** How long Telegram holds a poll open when nothing happens, in seconds; a poll that outlasts it by far is dead. */
const holdSeconds = 30;
const deadAfterMs = (holdSeconds + 15) * 1000;

/** What a poll needs; `signal` ends it. */
export interface PollOptions {
  readonly api: Api;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Takes one update. Telegram forgets the update once this has settled. */
  readonly take: (update: Update) => Promise<void>;
}

/**
 * Reads updates until `signal` aborts, or until the token is revoked. Connects again by itself with growing pauses, and
 * says so once.
 */
export async function poll({ api, log, signal, take }: PollOptions): Promise<void> {
  let offset = 0;
  const outage = createOutage("Telegram", log);
  while (!signal.aborted) {
    try {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(deadAfterMs)]);
      const updates = await api.getUpdates(
        { offset, timeout: holdSeconds, allowed_updates: kinds },
        grammySignal(patience),
      );
      outage.end();
      for (const update of updates) {
        // The next poll confirms the update: whatever must outlive a crash is stored by now.
        await take(update);
        offset = Math.max(offset, update.update_id + 1);
      }
    } catch (error) {
      if (signal.aborted) break;
      if (isRevoked(error)) {
        log.error("Telegram: the token was revoked. Set the new one and start again.");
        return;
      }
      await outage.endure(troubleOf(error), error, signal);
    }
  }
  // Confirms what was taken, so that it does not come again at the next start.
  if (offset > 0)
    await api
      .getUpdates({ offset, limit: 1, timeout: 0 }, grammySignal(AbortSignal.timeout(2000)))
      .catch(() => {});
}

const isRevoked = (error: unknown): boolean => error instanceof Refusal && error.code === 401;

function troubleOf(error: unknown): string {
  return error instanceof Refusal && error.code === 409
    ? "Telegram: another process reads this bot's messages. Stop it, or give this one a bot of its own."
    : "Telegram: the connection is lost.";
}
