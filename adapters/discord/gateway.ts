import { Events, SimpleShardingStrategy, type Client, type WebSocketOptions } from "discord.js";
import type { Log } from "../../src/log.ts";
import { createOutage } from "../../src/platform/outage.ts";
import { closeSentence } from "./errors.ts";

/** The close code of a connection that nobody closed. */
const abnormal = 1006;
/** After so many failures in a row (about two minutes) a session is given up, and its resume address with it. */
const mostFailures = 9;

type BuildStrategy = NonNullable<WebSocketOptions["buildStrategy"]>;

/** What is used of the manager's events: discord.js has an enum of its own by the name of the one that lists them. */
interface ShardEvents {
  on(event: "closed" | "hello", listener: (event: { code: number }) => void): unknown;
}

/**
 * discord.js alone reconnects twice a second, and forgets its session when the network is away, so that what was said
 * meanwhile is lost. Here pauses grow, and the session stays, so that Discord replays it. See quirks.md.
 */
export function patientStrategy(log: Log, stopped: AbortSignal): BuildStrategy {
  return (manager) => {
    const original = { ...manager.options };
    const outage = createOutage("Discord", log);
    let failures = 0;
    const events = manager as unknown as ShardEvents;
    events.on("closed", ({ code }) => {
      if (code === abnormal) failures += 1;
    });
    events.on("hello", () => {
      failures = 0;
      outage.end();
    });
    manager.options.retrieveSessionInfo = async (shardId) => {
      if (failures > 0) await outage.endure("Discord: the connection is lost.", undefined, stopped);
      // A connection that is opened after the client was destroyed would live on.
      if (stopped.aborted) return new Promise(() => {});
      return original.retrieveSessionInfo(shardId);
    };
    manager.options.updateSessionInfo = async (shardId, session) => {
      if (session === null && failures > 0 && failures < mostFailures) return;
      await original.updateSessionInfo(shardId, session);
    };
    return new SimpleShardingStrategy(manager);
  };
}

/** Tells what discord.js does not get over by itself. */
export function logFailures(client: Client, log: Log): void {
  client.on(Events.ShardDisconnect, ({ code }, shard) => log.error({ shard, code }, closeSentence(code)));
  client.on(Events.ShardError, (err, shard) => log.debug({ err, shard }, "Discord's connection failed"));
  client.on(Events.Error, (err) => log.error({ err }, "discord.js failed"));
}
