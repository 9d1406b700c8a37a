import {
  ApplicationFlags,
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
  Routes,
  type APIApplication,
  type ClientEvents,
  type Message,
  type RESTOptions,
} from "discord.js";
import type { Adapter, BotDescription, Inbound, Receive } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import {
  decodeDeletion,
  decodeEdit,
  decodeInteraction,
  decodeMessage,
  isUnreadable,
  type Seat,
} from "./decode.ts";
import { startError } from "./errors.ts";
import { logConnection, patientStrategy } from "./gateway.ts";
import { createInteractions, type Interactions } from "./interactions.ts";
import { discordInvite, mostShortcuts, registerCommands } from "./register.ts";
import { renderAnswer, type DiscordMessage } from "./render.ts";
import { createStream, type Stream } from "./stream.ts";
import { createThreadFinder } from "./threads.ts";

/** What the Discord adapter needs. */
export interface DiscordOptions {
  readonly token: string;
  readonly bot: BotDescription;
  readonly log: Log;
  /** Where Discord's interface is, without `/v10`. Default: Discord's own. */
  readonly apiUrl?: string;
  /** Where Discord's files are. Default: Discord's own. */
  readonly cdnUrl?: string;
  /** Whether a question in a channel is answered in a new thread. Default: `never`. */
  readonly threads?: "never" | "always";
  /** The largest file that is downloaded. Default: 25 MB. */
  readonly maxFileBytes?: number;
}

const editEveryMs = 1_300;
const typingLastsMs = 10_000;
const megabyte = 1024 * 1024;

/** What one start leaves behind. */
interface Connection {
  readonly client: Client;
  readonly interactions: Interactions;
  readonly stream: Stream;
  readonly stopped: AbortController;
}

/** The bot on Discord. `start` may be called again after it failed. */
export function createDiscordAdapter(options: DiscordOptions): Adapter<DiscordMessage> {
  const { apiUrl = DefaultRestOptions.api } = options;
  let connection: Connection | undefined;

  function stream(): Stream {
    if (!connection) throw new Error("the Discord adapter is not started");
    return connection.stream;
  }

  async function close(): Promise<void> {
    connection?.stopped.abort();
    await connection?.client.destroy();
  }

  return {
    platform: "discord",
    // By the nonce of each message.
    postsOnce: true,
    editEveryMs,
    statusLastsMs: typingLastsMs,
    async start(receive) {
      try {
        const rest = new REST(restOptions(options)).setToken(options.token);
        const application = (await rest.get(Routes.currentApplication())) as APIApplication;
        connection = createConnection(options, application);
        listen(connection, options, receive);
        await connect(connection, options);
      } catch (error) {
        await close();
        throw startError(error, apiUrl);
      }
    },
    stop: close,
    render: renderAnswer,
    post: async (...call) => stream().post(...call),
    edit: async (...call) => stream().edit(...call),
    remove: async (...call) => stream().remove(...call),
    status: async (...call) => stream().status(...call),
    upload: async (...call) => stream().upload(...call),
  };
}

function createConnection(options: DiscordOptions, application: APIApplication): Connection {
  const { log } = options;
  const stopped = new AbortController();
  const client = new Client({
    intents: intentsFor(application),
    shards: "auto",
    // A direct message's channel and an edited message may be unknown after a restart.
    partials: [Partials.Channel, Partials.Message],
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 50,
      ReactionManager: 0,
      GuildMemberManager: { maxSize: 500, keepOverLimit: ({ id, client }) => id === client.user.id },
    }),
    rest: restOptions(options),
    ws: { buildStrategy: patientStrategy(stopped.signal) },
  });
  logConnection(client, log);
  const interactions = createInteractions(client.rest, application.id, log);
  const findChannel = createThreadFinder(client, log);
  return {
    client,
    interactions,
    stream: createStream({ rest: client.rest, interactions, findChannel }),
    stopped,
  };
}

/** The switch in Discord's portal is the setting: what the bot may read of other people's messages it also reads. */
function intentsFor({ flags }: APIApplication): GatewayIntentBits[] {
  const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlags;
  const mayRead = (flags & (GatewayMessageContent | GatewayMessageContentLimited)) !== 0;
  return [
    GatewayIntentBits.Guilds,
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    ...(mayRead ? [GatewayIntentBits.MessageContent] : []),
  ];
}

/** Waiting and repeating are the core's: it knows what may be dropped. */
function restOptions({ apiUrl, cdnUrl }: DiscordOptions): Partial<RESTOptions> {
  return {
    retries: 0,
    rejectOnRateLimit: () => true,
    ...(apiUrl !== undefined && { api: apiUrl }),
    ...(cdnUrl !== undefined && { cdn: cdnUrl, mediaProxy: cdnUrl }),
  };
}

async function connect({ client }: Connection, { token, bot, log }: DiscordOptions): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<Client<true>>();
  client.once(Events.ClientReady, resolve);
  await client.login(token);
  const ready = await promise;
  log.info({ bot: ready.user.username, invite: discordInvite(ready.application.id) }, "connected to Discord");
  if (bot.shortcuts.length > mostShortcuts)
    log.warn(
      `Discord shows ${mostShortcuts} shortcuts; the last ${bot.shortcuts.length - mostShortcuts} are left out`,
    );
  await registerCommands(ready, bot).catch((err: unknown) =>
    log.warn({ err }, "Discord did not take the commands; those of the last time stay"),
  );
}

function listen(
  { client, interactions, stream }: Connection,
  options: DiscordOptions,
  receive: Receive,
): void {
  const { bot, log, threads = "never", maxFileBytes = 25 * megabyte } = options;
  const seat = (): Seat => ({ me: client.user?.id ?? "", bot, threads, maxFileBytes });

  function hand(inbound: Inbound | undefined): void {
    if (inbound) void receive(inbound);
  }

  /** An event that can't be read must not take the connection down. */
  function on<Name extends keyof ClientEvents>(
    name: Name,
    take: (...event: ClientEvents[Name]) => void,
  ): void {
    client.on(name, (...event) => {
      try {
        take(...event);
      } catch (err) {
        log.error({ err, name }, "an event from Discord could not be read");
      }
    });
  }

  on(Events.MessageCreate, (message) => {
    hand(decodeMessage(message, seat()));
    if (isUnreadable(message, seat().me)) void explain(message, stream, log);
  });
  on(Events.MessageUpdate, (before, after) => hand(decodeEdit(before, after, seat())));
  on(Events.MessageDelete, (message) => hand(decodeDeletion(message, seat())));
  on(Events.MessageBulkDelete, (messages) => {
    for (const message of messages.values()) hand(decodeDeletion(message, seat()));
  });
  on(Events.InteractionCreate, (interaction) => {
    const inbound = decodeInteraction(interaction, seat());
    if (!inbound) return;
    const end = interactions.acknowledge(interaction);
    void receive(inbound).then(end);
  });
}

async function explain({ id, channelId }: Message, stream: Stream, log: Log): Promise<void> {
  const content =
    "Discord shows me only messages that mention me. Please say it again with a mention of me in it.";
  await stream
    .post(`discord:${channelId}`, { content, buttons: [] }, { cause: id, replyTo: id })
    .catch((err: unknown) => log.warn({ err, event: id }, "not told"));
}
