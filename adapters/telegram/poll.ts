import type { Api } from "grammy";
import type { Log } from "../../src/log.ts";
import { takeInOrder } from "../../src/platform/take-in-order.ts";
import { createOutage } from "../../src/platform/outage.ts";
import { grammySignal, Refusal } from "./client.ts";
import { chatOf, type Intake, kinds } from "./intake.ts";

/** How long Telegram holds a poll open when nothing happens, in seconds; a poll that outlasts it by far is dead. */
const holdSeconds = 30;
const deadAfterMs = (holdSeconds + 15) * 1000;

/** One that is left behind would keep every update from the poll. */
export const endWebhook = (api: Api): Promise<unknown> =>
  api.deleteWebhook({}, grammySignal(AbortSignal.timeout(15_000)));

/**
 * Asks for updates until the returned function is called, or until the token is revoked. Asks for an update again until
 * it is stored, and connects again by itself, with growing pauses; says either once.
 */
export function openPoll(api: Api, intake: Intake, log: Log): () => Promise<void> {
  const stopping = new AbortController();
  const polling = poll(api, intake, { log, signal: stopping.signal });
  return () => {
    stopping.abort();
    return polling;
  };
}

async function poll(
  api: Api,
  intake: Intake,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  const outage = createOutage("Telegram", log);
  /** Stored, but after one that is not, so that they come again with it. */
  let stored: readonly number[] = [];
  let offset = 0;
  while (!signal.aborted) {
    try {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(deadAfterMs)]);
      const asked = { offset, timeout: holdSeconds, allowed_updates: kinds };
      const updates = await api.getUpdates(asked, grammySignal(patience));
      const fresh = updates.filter(({ update_id: id }) => !stored.includes(id));
      const { taken, trouble } = await takeInOrder(fresh, chatOf, intake.take);
      const open = fresh.find((update) => !taken.has(update));
      // The next poll confirms all before its offset.
      offset = open?.update_id ?? (updates.at(-1)?.update_id ?? offset - 1) + 1;
      stored = [...stored, ...[...taken].map(({ update_id: id }) => id)].filter((id) => id > offset);
      if (!trouble) outage.end();
      else await outage.endure("Telegram: what came in can't be stored.", trouble.reason, signal);
    } catch (error) {
      if (signal.aborted) break;
      if (error instanceof Refusal && error.code === 401)
        return log.error("Telegram: the token was revoked. Set the new one and start again.");
      await outage.endure(troubleOf(error), error, signal);
    }
  }
  if (offset === 0) return;
  // Confirms what was stored, so that it does not come again at the next start.
  const last = { offset, limit: 1, timeout: 0 };
  await api.getUpdates(last, grammySignal(AbortSignal.timeout(2000))).catch(() => {});
}

function troubleOf(error: unknown): string {
  return error instanceof Refusal && error.code === 409
    ? "Telegram: another process reads this bot's messages. Stop it, or give this one a bot of its own."
    : "Telegram: the connection is lost.";
}
