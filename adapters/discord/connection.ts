import { once } from "node:events";
import {
  ApplicationFlags,
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  Routes,
  type APIApplication,
  type GatewayDispatchPayload,
} from "discord.js";
import type { BotDescription, Inbound, Recall, Receive, ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { wordsOf } from "../../src/words/words.ts";
import { createHandover } from "../../src/platform/handover.ts";
import { type Api, type ApiOptions, restOptions } from "./api.ts";
import type { Clicks } from "./clicks.ts";
import { decodeClick, localeIn, mayAnswer } from "./decode-click.ts";
import { decodeDeletion, decodeEdit, decodeMessage, isUnreadable, type Told } from "./decode.ts";
import { logFailures, patientStrategy } from "./gateway.ts";
import { readMissed } from "./missed.ts";
import { discordInvite, mostShortcuts, registerCommands } from "./register.ts";
import { bodyOf } from "./render.ts";
import type { Seat } from "./seat.ts";

/** What listening needs to be told. */
export interface ConnectionOptions extends ApiOptions {
  readonly bot: BotDescription | Promise<BotDescription>;
  readonly log: Log;
  /** Whether a question in this channel is answered in a new thread; undefined: as a reply. */
  readonly opensThread?: (channel: ThreadId) => boolean | undefined;
  /** Whether personas speak in the bot's name, or under their own by webhook. Default: `name`. */
  readonly personas?: "name" | "webhook";
}

/** What listening needs besides. */
interface ListenOptions extends ConnectionOptions {
  readonly api: Api;
  readonly clicks: Clicks;
  readonly receive: Receive;
  readonly recall: Recall;
  /** Ends what waits; the client is to be destroyed then. */
  readonly signal: AbortSignal;
}

/** A client that hands over what people do, once it is logged in. */
export async function createListener(options: ListenOptions): Promise<Client> {
  const { api, log, signal } = options;
  const { flags } = await api.get<APIApplication>(Routes.currentApplication());
  signal.throwIfAborted();
  const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlags;
  // The switch in Discord's portal is the setting: what the bot may read of others' messages it also reads.
  const mayRead = (flags & (GatewayMessageContent | GatewayMessageContentLimited)) !== 0;
  const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages, ...(mayRead ? [MessageContent] : [])],
    shards: "auto",
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      GuildMemberManager: { maxSize: 500, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
    rest: restOptions(options),
    ws: { buildStrategy: patientStrategy(log, signal) },
  });
  logFailures(client, log);
  listen(client, { ...options, bot: await options.bot });
  signal.throwIfAborted();
  return client;
}

/** Settles once the connection stands. */
export async function logIn(
  client: Client,
  { token, bot: description, log, personas }: ConnectionOptions,
  signal: AbortSignal,
): Promise<void> {
  const [[ready]] = (await Promise.all([
    once(client, Events.ClientReady, { signal }),
    client.login(token),
  ])) as [[Client<true>], string];
  const invite = discordInvite(ready.application.id, { webhooks: personas === "webhook" });
  log.info({ bot: ready.user.username, invite }, "connected to Discord");
  const bot = await description;
  const tooMany = bot.shortcuts.length - mostShortcuts;
  if (tooMany > 0) log.warn(`Discord shows ${mostShortcuts} shortcuts; the last ${tooMany} are left out`);
  await registerCommands(ready, bot).catch((err: unknown) =>
    log.warn({ err }, "Discord did not take the commands; those of the last time stay"),
  );
}

/** Events are taken as Discord sends them: discord.js' own forms lack what it does not remember. See quirks.md. */
function listen(client: Client, options: ListenOptions & { readonly bot: BotDescription }): void {
  const { api, bot, clicks, log, opensThread = () => undefined, receive, recall, signal } = options;
  const commands = new Set(bot.commands.map(({ name }) => name));
  const seat: Seat = { client, bot, commands, log, opensThread, locales: new Map() };
  const handOver = createHandover(receive, { log, signal });
  const missed = readMissed({ seat, api, recall, log, signal, hand: handOver });

  const hand = (inbound: Inbound | undefined): void => {
    if (inbound) void handOver(inbound);
  };

  async function take({ t: type, d: event }: GatewayDispatchPayload): Promise<void> {
    // What was missed there comes first; clicks wait for nothing.
    if (type !== GatewayDispatchEvents.InteractionCreate && "channel_id" in (event ?? {}))
      await missed.read((event as Told).channel_id);
    switch (type) {
      case GatewayDispatchEvents.MessageCreate:
        return isUnreadable(event, seat) ? explain(event, api, client) : hand(decodeMessage(event, seat));
      case GatewayDispatchEvents.MessageUpdate:
        return hand(decodeEdit(event, seat));
      case GatewayDispatchEvents.MessageDelete:
        return hand(decodeDeletion(event, seat));
      case GatewayDispatchEvents.MessageDeleteBulk:
        return event.ids.forEach((id) => hand(decodeDeletion({ ...event, id }, seat)));
      case GatewayDispatchEvents.InteractionCreate:
        // Its answer may come at once, and Discord takes none before the acknowledgement.
        await clicks.acknowledge(event);
        return mayAnswer(event) ? hand(decodeClick(event, seat)) : clicks.decline(event, localeIn(event));
      default:
        return undefined;
    }
  }

  // An event that can't be read must not take the connection down.
  client.on("raw", (event: GatewayDispatchPayload) => {
    take(event).catch((err: unknown) =>
      log.error({ err, type: event.t }, "an event from Discord could not be taken"),
    );
  });
}

/** Nothing of the message can be read, so the server's language has to do. */
async function explain(
  { id: message_id, channel_id: channel, guild_id: guild = "" }: Told,
  api: Api,
  { guilds }: Client,
): Promise<void> {
  const { access } = await wordsOf(guilds.cache.get(guild)?.preferredLocale);
  const text = access.onlyMentions("Discord");
  const body = { ...bodyOf({ blocks: [{ text }], buttons: [] }), message_reference: { message_id } };
  await api.post(Routes.channelMessages(channel), { body });
}
