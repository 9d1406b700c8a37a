import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bot } from "./bot.ts";
import type { Adapter, Recalled } from "./chat.ts";
import type { Coordinator } from "./coordinator.ts";
import { UserError } from "./errors.ts";
import type { Log } from "./log.ts";

/** How long to wait before a platform that could not be reached is tried again, in milliseconds: it doubles each time. */
const firstPauseMs = 2_000;
const longestPauseMs = 5 * 60_000;

export interface ConnectOptions {
  readonly bot: Pick<Bot, "receive" | "welcomes">;
  /** What is known of a platform from before. */
  readonly recall: (platform: string) => Promise<Recalled>;
  readonly coordinator: Coordinator;
  readonly log: Log;
  /** Ends the connection. */
  readonly signal: AbortSignal;
  /** Called after each attempt to connect. */
  readonly onAttempt?: (() => void) | undefined;
}

/**
 * Keeps a platform connected to the bot until the signal ends: what is wrong with it is told once, and never keeps the
 * other platforms from running. Where only one process may listen, the others stand by.
 */
export async function stayConnected(adapter: Adapter, options: ConnectOptions): Promise<void> {
  const { coordinator, log, signal } = options;
  if (!adapter.exclusive || !coordinator.isShared) return listen(adapter, options, signal);
  const { platform } = adapter;
  await coordinator.lead(`listen to ${platform}`, signal, async (leading) => {
    log.info({ platform }, "this process listens");
    await listen(adapter, options, leading);
  });
}

async function listen(adapter: Adapter, options: ConnectOptions, signal: AbortSignal): Promise<void> {
  if (await start(adapter, options, signal)) {
    if (!signal.aborted) await once(signal, "abort");
    // Whoever listens next waits for it, and so does the end of this process.
    await adapter.stop().catch((err: unknown) => {
      const { platform } = adapter;
      options.log.warn({ platform, err }, "did not disconnect as it should");
    });
  }
}

/** Tries until it works; false when the signal ended before. */
async function start(
  adapter: Adapter,
  { bot, recall, log, onAttempt }: ConnectOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const { platform } = adapter;
  let told = "";
  for (let pauseMs = firstPauseMs; !signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      await adapter.start(
        (inbound) => bot.receive(adapter, inbound),
        () => recall(platform),
        (inbound) => bot.welcomes(adapter, inbound),
      );
      log.info({ platform }, "connected");
      return true;
    } catch (error) {
      const isForPerson = error instanceof UserError;
      const sentence = isForPerson ? error.message : String(error);
      const details = { platform, ...(!isForPerson && { err: error }) };
      // What fails because all is being ended says nothing of the platform.
      if (sentence !== told && !signal.aborted) log.error(details, `${sentence} I keep trying.`);
      told = sentence;
    } finally {
      onAttempt?.();
    }
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
