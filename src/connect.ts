import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "./bot.ts";
import type { Adapter } from "./chat.ts";
import { UserError } from "./errors.ts";
import type { Log } from "./log.ts";

/** How long to wait before a platform that could not be reached is tried again, in milliseconds: it doubles each time. */
const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

/**
 * Connects a platform to the bot and keeps trying until the signal ends: what is wrong with it is told once, and
 * never keeps the other platforms from running.
 */
export async function keepConnected(
  adapter: Adapter,
  { bot, log, signal }: { bot: Bot; log: Log; signal: AbortSignal },
): Promise<void> {
  let told = "";
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await adapter.start((inbound) => bot.receive(adapter, inbound));
      log.info({ platform: adapter.platform }, "connected");
      return;
    } catch (error) {
      const isForPerson = error instanceof UserError;
      const sentence = isForPerson ? error.message : String(error);
      const details = { platform: adapter.platform, ...(!isForPerson && { err: error }) };
      if (sentence !== told) log.error(details, `${sentence} I keep trying.`);
      told = sentence;
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
