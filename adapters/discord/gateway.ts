import { setTimeout as sleep } from "node:timers/promises";
import { Events, SimpleShardingStrategy, type Client, type WebSocketOptions } from "discord.js";
import type { Log } from "../../src/log.ts";
import { pauseAfter } from "../../src/platform/outage.ts";
import { closeSentence } from "./errors.ts";

/** The close code of a connection that nobody closed. */
const abnormal = 1006;
/** After so many failures in a row (about two minutes) a session is given up, and its resume address with it. */
const mostFailures = 9;

/** What is used of the manager's events: discord.js has an enum of its own by the name of the one that lists them. */
interface ShardEvents {
  on(event: "closed" | "hello", listener: (event: { code: number; shardId: number }) => void): unknown;
}

/**
 * discord.js alone reconnects twice a second, and forgets its session when the network is away, so that what was said
 * meanwhile is lost. Here pauses grow, and the session stays, so that Discord replays it. See quirks.md.
 */
export function patientStrategy(stopped: AbortSignal): NonNullable<WebSocketOptions["buildStrategy"]> {
  return (manager) => {
    const original = { ...manager.options };
    const failures = new Map<number, number>();
    const events = manager as unknown as ShardEvents;
    events.on("closed", ({ code, shardId }) => {
      if (code === abnormal) failures.set(shardId, (failures.get(shardId) ?? 0) + 1);
    });
    events.on("hello", ({ shardId }) => void failures.delete(shardId));
    manager.options.retrieveSessionInfo = async (shardId) => {
      const pause = pauseAfter(Math.max(0, (failures.get(shardId) ?? 0) - 1));
      if (pause > 0) await sleep(pause, undefined, { signal: stopped }).catch(() => {});
      // A connection that is opened after the client was destroyed would live on.
      if (stopped.aborted) return new Promise(() => {});
      return original.retrieveSessionInfo(shardId);
    };
    manager.options.updateSessionInfo = async (shardId, session) => {
      const failed = failures.get(shardId) ?? 0;
      if (session === null && failed > 0 && failed < mostFailures) return;
      await original.updateSessionInfo(shardId, session);
    };
    return new SimpleShardingStrategy(manager);
  };
}

/** Tells once when the connection goes, and once when it is back. */
export function logConnection(client: Client, log: Log): void {
  const away = new Set<number>();
  const back = (shard: number): void => {
    if (away.delete(shard)) log.info({ shard }, "connected to Discord again");
  };
  client.on(Events.ShardReconnecting, (shard) => {
    if (!away.has(shard)) log.warn({ shard }, "the connection to Discord broke; reconnecting");
    away.add(shard);
  });
  client.on(Events.ShardResume, back);
  client.on(Events.ShardReady, back);
  client.on(Events.ShardDisconnect, ({ code }, shard) => log.error({ shard, code }, closeSentence(code)));
  client.on(Events.ShardError, (err, shard) => log.debug({ err, shard }, "Discord's connection failed"));
  client.on(Events.Error, (err) => log.error({ err }, "discord.js failed"));
}
