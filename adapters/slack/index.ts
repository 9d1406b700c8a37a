import { App, type BlockAction, type ButtonAction, type MessageShortcut, type webApi } from "@slack/bolt";
import type { Adapter, BotDescription, Inbound, Receive } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { callSlack, createClient } from "./call.ts";
import { createCommands } from "./commands.ts";
import { type Connection, createLine, identify, type Identity, type Line, silent } from "./connect.ts";
import {
  isDirect,
  decodeCommand,
  decodeMessage,
  decodePress,
  decodeShortcut,
  type SlackMessageEvent,
  type Surroundings,
} from "./decode.ts";
import { attachmentOf } from "./files.ts";
import { slashCommand } from "./manifest.ts";
import { createNames } from "./names.ts";
import { renderAnswer, type SlackMessage } from "./render.ts";
import { createOutbox } from "./outbox.ts";

export interface SlackOptions {
  /** `xoxb-…`. */
  readonly botToken: string;
  readonly connection: Connection;
  /** Where Slack's Web API is; default: `https://slack.com/api/`. */
  readonly apiUrl?: string;
  readonly bot: BotDescription;
  readonly log: Log;
  /** The largest file that is downloaded, in bytes. */
  readonly maxFileBytes?: number;
  /** How long an answer grows by Slack's stream, which Slack ends after five minutes, in milliseconds. Default: four minutes. */
  readonly streamLastsMs?: number;
}

/** Slack, by Socket Mode or HTTP. `start` throws UserError when Slack does not let the bot in. */
export function createSlackAdapter(options: SlackOptions): Adapter<SlackMessage> {
  const client = createClient(options.botToken, options.apiUrl, silent);
  const privately = new Map<string, string>();
  const { log, streamLastsMs = 240_000 } = options;
  let line: Line | undefined;
  return {
    platform: "slack",
    editEveryMs: 1500,
    statusLastsMs: 120_000,
    async start(receive) {
      const identity = await identify(client);
      line = createLine({ connection: options.connection, apiUrl: options.apiUrl, log });
      const app = new App({
        receiver: line.receiver,
        authorize: async () => ({
          botToken: options.botToken,
          botId: identity.botId,
          botUserId: identity.user,
        }),
        convoStore: false,
        logger: silent,
      });
      app.error(async (error) => log.error({ err: error }, "slack event failed"));
      listen(app, { ...options, client, identity, privately, receive });
      await line.open();
    },
    stop: async () => line?.close(),
    render: renderAnswer,
    ...createOutbox({ client, log, streamLastsMs, privately }),
  };
}

interface Listening extends SlackOptions {
  readonly client: webApi.WebClient;
  readonly identity: Identity;
  /** Whom alone to answer, by the id of the event. */
  readonly privately: Map<string, string>;
  readonly receive: Receive;
}

/** Bolt acknowledges events by itself, and all else is acknowledged here at once: no answer is waited for. */
function listen(app: App, listening: Listening): void {
  const { client, identity, privately } = listening;
  const surroundings = surroundingsOf(listening);
  const commands = createCommands(client, surroundings, privately);
  const hand = createHandover(listening, (inbound) => commands.note(inbound));

  app.event("app_mention", async ({ event, body }) =>
    hand(event.channel, () => decodeMessage(event, body.team_id, surroundings)),
  );
  app.event("message", async ({ event, body }) =>
    hand(event.channel, () => decodeMessage(event, body.team_id, surroundings)),
  );
  app.event("agent_session_stopped", async ({ event, body }) => {
    const said = { ...event, ts: event.event_ts, team: body.team_id };
    hand(event.channel, () => decodeCommand(said, { name: "stop", argument: "" }, surroundings));
  });
  app.action(/^answer:/u, async ({ ack, body }) => {
    await ack();
    const press = body as BlockAction<ButtonAction>;
    hand(press.channel?.id ?? "", () => decodePress(press, surroundings));
  });
  app.shortcut(/^persona:/u, async ({ ack, body, respond }) => {
    await ack();
    const shortcut = body as MessageShortcut;
    if (await mayPost(shortcut.channel.id, respond))
      hand(shortcut.channel.id, () => decodeShortcut(shortcut, surroundings));
  });
  app.command(slashCommand, async ({ ack, command, respond }) => {
    await ack();
    if (await mayPost(command.channel_id, respond)) hand(command.channel_id, () => commands.take(command));
  });

  /** Slash commands and shortcuts work where the bot was never invited. */
  async function mayPost(channel: string, respond: (text: string) => Promise<unknown>): Promise<boolean> {
    if (isDirect(channel) || (await surroundings.names.channel(channel)).joined) return true;
    await respond(`I am not in this channel yet. Invite me first: /invite <@${identity.user}>`);
    return false;
  }
}

/** Hands over what people did, in the order in which it came to each channel, though some takes longer to decode. */
function createHandover({ receive, log }: Listening, note: (inbound: Inbound) => void) {
  const queues = new Map<string, Promise<void>>();
  return (channel: string, decode: () => Promise<Inbound | undefined>): void => {
    const decoded = decode().catch((error: unknown) => {
      log.error({ err: error }, "slack event not understood");
      return undefined;
    });
    const queue = (queues.get(channel) ?? Promise.resolve()).then(async () => {
      const inbound = await decoded;
      if (queues.get(channel) === queue) queues.delete(channel);
      if (!inbound) return;
      note(inbound);
      void receive(inbound);
    });
    queues.set(channel, queue);
  };
}

function surroundingsOf({
  bot,
  client,
  identity,
  log,
  botToken,
  apiUrl,
  maxFileBytes = 25_000_000,
}: Listening): Surroundings {
  const host = apiUrl === undefined ? undefined : new URL(apiUrl).host;
  return {
    user: identity.user,
    commands: new Set(bot.commands.map(({ name }) => name)),
    names: createNames(client, log),
    attach: (file) => attachmentOf(file, { client, token: botToken, maxBytes: maxFileBytes, host }),
    async root(channel, ts) {
      try {
        const { messages } = await callSlack(() => client.conversations.replies({ channel, ts, limit: 1 }));
        return messages?.[0] as SlackMessageEvent | undefined;
      } catch (error) {
        log.debug({ err: error, channel }, "slack shows no thread");
        return undefined;
      }
    },
  };
}
