import type { webApi } from "@slack/bolt";
import type { Adapter, BotDescription, ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { createInOrder } from "../../src/platform/in-order.ts";
import { createLookup } from "../../src/platform/lookup.ts";
import { callSlack, createClient } from "./call.ts";
import { type Connection, createLine, identify, type Line } from "./connect.ts";
import { commandNames, type SlackMessageEvent, type Surroundings } from "./decode.ts";
import { downloadFile } from "./files.ts";
import { findMessage } from "./find.ts";
import { linkOf } from "./link.ts";
import { channelOf, decode } from "./listen.ts";
import { createMessages, createSend } from "./messages.ts";
import { createNames, patienceMs } from "./names.ts";
import { renderAnswer, type SlackMessage } from "./render.ts";
import { createLive } from "./stream.ts";
import { createTake } from "./take.ts";
import { createWorking } from "./working.ts";

export interface SlackOptions {
  /** `xoxb-…`. */
  readonly botToken: string;
  readonly connection: Connection;
  /** Where Slack's Web API is; default: `https://slack.com/api/`. */
  readonly apiUrl?: string;
  readonly bot: BotDescription | Promise<BotDescription>;
  readonly log: Log;
  /** Whether a question in that channel is answered in a thread; undefined, as Slack does: it is. */
  readonly opensThread?: (channel: ThreadId) => boolean | undefined;
  /** The largest file that is downloaded, in bytes. */
  readonly maxFileBytes?: number;
  /** How long an answer grows by Slack's stream, which Slack ends after five minutes, in milliseconds. Default: four minutes. */
  readonly streamLastsMs?: number;
}

/** Slack, by Socket Mode or HTTP. `start` throws UserError when Slack does not let the bot in. */
export function createSlackAdapter(options: SlackOptions): Adapter<SlackMessage> {
  const { botToken, connection, apiUrl, bot, log, opensThread = () => undefined } = options;
  const { maxFileBytes = 25_000_000, streamLastsMs = 240_000 } = options;
  const client = createClient(botToken, apiUrl);
  const send = createSend(log);
  const messages = createMessages(client, send);
  const find: NonNullable<Adapter["find"]> = (thread, sought) => findMessage(client, thread, sought);
  const names = createNames(client, log);
  const working = createWorking(client, log);
  const roots = createRoots(client, log);
  const inOrder = createInOrder(patienceMs);
  let line: Line | undefined;
  let stopped = new AbortController();

  return {
    platform: "slack",
    namesNoReplied: true,
    editEveryMs: 1500,
    statusLastsMs: 120_000,
    longCode: 10_000,
    serversAreTrusted: true,
    async start(receive, _, welcomes = async () => true) {
      const user = await identify(client);
      const surroundings: Surroundings = {
        user,
        ...commandNames(await bot),
        names,
        opensThread,
        welcomes,
        root: (channel, ts) => roots(`${channel}:${ts}`),
      };
      stopped = new AbortController();
      const take = createTake(receive, { log, signal: stopped.signal });
      line = createLine(connection, {
        apiUrl,
        log,
        take: (payload) =>
          inOrder.run(channelOf(payload), decode(payload, client, surroundings), async (inbound) => {
            if (inbound) await take(inbound);
          }),
      });
      await line.open();
    },
    async stop() {
      stopped.abort();
      await line?.close();
      await inOrder.idle();
    },
    download: (file, signal) =>
      downloadFile(file, { client, token: botToken, maxBytes: maxFileBytes, apiUrl }, signal),
    render: renderAnswer,
    ...messages,
    live: createLive({ chat: client.chat, log, send, find, lastsMs: streamLastsMs, ...messages }),
    find,
    linkTo: (message) => linkOf(client, message),
    status: (thread, text, work) => working.show(thread, text, work),
    settled: (inbound) => working.end(inbound),
    manages: async ({ place, author, server = "" }) =>
      place === "dm" || (await names.isAdmin(author.id.replace("slack:", ""), server.replace("slack:", ""))),
  };
}

/** Finds a thread's first message by `channel:ts`. */
const createRoots = ({ conversations }: webApi.WebClient, log: Log) =>
  createLookup(
    async (place: string) => {
      const [channel = "", ts = ""] = place.split(":");
      const page = await callSlack(() => conversations.replies({ channel, ts, limit: 1 }));
      return page.messages?.[0] as SlackMessageEvent | undefined;
    },
    // It may be edited at any time.
    { lastsMs: 0, patienceMs, log },
  );
