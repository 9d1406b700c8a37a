import { setTimeout as sleep } from "node:timers/promises";
import {
  DiscordAPIError,
  Events,
  Routes,
  SnowflakeUtil,
  type APIGuildMember,
  type APIMessage,
  type Client,
} from "discord.js";
import type { InboundMessage, Recall } from "../../src/chat.ts";
import { RateLimited, UserError } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { pauseAfter } from "../../src/platform/outage.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import type { Api } from "./api.ts";
import { decodeMessage, type Told } from "./decode.ts";
import type { Seat } from "./seat.ts";

/** How many channels are read at most, those with the newest messages first. */
const mostChannels = 500;
/** How many of them at once. */
const atOnce = 4;
/** As many as Discord gives at once. */
const pageSize = 100;
/** How far a channel is read at most. */
const mostPages = 10;
/** How often a call is tried. */
const mostTries = 8;

const unreadSentence = "Discord: what was written while nobody listened could not be read";

interface MissedOptions {
  readonly seat: Seat;
  readonly api: Api;
  readonly recall: Recall;
  readonly log: Log;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Settles when it is stored, or can't be. */
  readonly hand: (message: InboundMessage) => Promise<unknown>;
}

/** A place to read, from after this message on. */
interface Unread {
  readonly channel: string;
  /** The server of a channel or thread. */
  readonly guild?: string;
  readonly after: string;
}

/** What was written while no process listened. */
export interface Missed {
  /** Settles when all of a channel has been handed over, so that what is heard now comes after it. */
  read(channel: string): Promise<void>;
}

/**
 * Discord brings nothing again to a new session: what was written since the last one is read where the connection says that
 * there is something new, and in direct messages, of which it says nothing, where people wrote lately.
 */
export function readMissed(options: MissedOptions): Missed {
  const { seat, log, signal } = options;
  const { client } = seat;
  const reading = new Map<string, Promise<void>>();
  const listed = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => listed.resolve());

  async function readShard(shard: number): Promise<void> {
    const unread = await listUnread(client, shard, options);
    const waiting = unread.map((next) => ({ next, gate: Promise.withResolvers<void>() }));
    for (const { next, gate } of waiting) reading.set(next.channel, gate.promise);
    listed.resolve();
    let messages = 0;
    const readSome = async (): Promise<void> => {
      for (let each = waiting.shift(); each; each = waiting.shift()) {
        const { next, gate } = each;
        const read = await readChannel(next, options).catch((err: unknown) => {
          if (!signal.aborted)
            log[isFinal(err) ? "debug" : "warn"]({ err, channel: next.channel }, unreadSentence);
          return 0;
        });
        messages += read;
        gate.resolve();
        reading.delete(next.channel);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, readSome));
    if (messages > 0) log.info({ messages }, "Discord: read what was written while nobody listened");
  }

  client.on(Events.ShardReady, (shard) => {
    readShard(shard)
      .catch((err: unknown) => log.warn({ err }, unreadSentence))
      .finally(() => listed.resolve());
  });
  return {
    async read(channel) {
      await listed.promise;
      await reading.get(channel);
    },
  };
}

async function listUnread(
  client: Client,
  shard: number,
  { recall, signal }: MissedOptions,
): Promise<readonly Unread[]> {
  const { since, threads } = await patiently(recall, signal);
  if (since === undefined) return [];
  const after = String(SnowflakeUtil.generate({ timestamp: since }));
  const onServers = [...client.channels.cache.values()].flatMap((channel) => {
    if (channel.isDMBased() || channel.guild.shardId !== shard || !("lastMessageId" in channel)) return [];
    if (!channel.viewable) return [];
    const { id, lastMessageId: last, guild } = channel;
    return last !== null && BigInt(last) > BigInt(after)
      ? [{ channel: id, guild: guild.id, after, last }]
      : [];
  });
  // The first shard has the direct messages.
  const known = shard === 0 ? threads.map(parseThread) : [];
  const direct = known.flatMap(({ channel, root }) =>
    root === undefined && !client.channels.cache.has(channel) ? [{ channel, after }] : [],
  );
  const newestFirst = onServers.toSorted((one, other) => (BigInt(one.last) < BigInt(other.last) ? 1 : -1));
  return [...direct, ...newestFirst].slice(0, mostChannels);
}

/** How many messages were handed over. */
async function readChannel({ channel, guild, after }: Unread, options: MissedOptions): Promise<number> {
  const { api, signal } = options;
  let count = 0;
  let last = after;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({ after: last, limit: String(pageSize) });
    const get = () => api.get<APIMessage[]>(Routes.channelMessages(channel), { query });
    const newest = await patiently(get, signal);
    for (const message of newest.toReversed()) {
      last = message.id;
      const told = guild === undefined ? message : { ...message, guild_id: guild };
      if (await handOver(told, options)) count += 1;
    }
    if (newest.length < pageSize) break;
  }
  return count;
}

async function handOver(message: Told, { seat, api, signal, hand }: MissedOptions): Promise<boolean> {
  if (!decodeMessage(message, seat)) return false;
  const { guild_id: guild, author } = message;
  const member = guild && (await patiently(() => memberOf(api, guild, author.id), signal));
  const decoded = decodeMessage(member ? { ...message, member } : message, seat);
  if (decoded) await hand(decoded);
  return decoded !== undefined;
}

/** Their roles say what they may do; undefined when they have left. */
const memberOf = (api: Api, guild: string, user: string): Promise<APIGuildMember | undefined> =>
  api.get<APIGuildMember>(Routes.guildMember(guild, user)).catch((error: unknown) => {
    if (isFinal(error)) return undefined;
    throw error;
  });

/** Refused for good: the place or the person is gone, or not for the bot. */
const isFinal = (error: unknown): boolean =>
  error instanceof UserError || (error instanceof DiscordAPIError && error.status < 500);

/** Tries until it works, as often as is worth it. Throws at once what no second try mends. */
async function patiently<Result>(call: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (signal.aborted || tries === mostTries || isFinal(error)) throw error;
      const pauseMs = error instanceof RateLimited ? error.retryAfterMs : pauseAfter(tries);
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
