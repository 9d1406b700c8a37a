import type { Client } from "discord.js";
import type { Adapter } from "../../src/chat.ts";
import { createApi } from "./api.ts";
import { createClicks } from "./clicks.ts";
import { type ConnectionOptions, createListener, logIn } from "./connection.ts";
import { contextOf } from "./context.ts";
import { startError } from "./errors.ts";
import { createDownload } from "./files.ts";
import { createFind } from "./find.ts";
import { type DiscordMessage, longFold, renderAnswer } from "./render.ts";
import { linkOf } from "./link.ts";
import { createStream } from "./stream.ts";
import { createWebhooks } from "./webhooks.ts";

/** What the Discord adapter needs. */
export interface DiscordOptions extends ConnectionOptions {
  /** The largest file that is downloaded. Default: 25 MB. */
  readonly maxFileBytes?: number;
}

/** The bot on Discord. `start` may be called again after it failed. */
export function createDiscordAdapter(options: DiscordOptions): Adapter<DiscordMessage> {
  const { log, personas, maxFileBytes = 25 * 1024 * 1024 } = options;
  const byWebhook = personas === "webhook";
  const api = createApi(options);
  const clicks = createClicks(api, log);
  const webhooks = createWebhooks(api, { log, isOn: byWebhook });
  let client: Client | undefined;
  let stopping = new AbortController();
  async function stop(): Promise<void> {
    stopping.abort();
    await client?.destroy();
  }

  return {
    platform: "discord",
    editEveryMs: 1_300,
    // Typing.
    statusLastsMs: 10_000,
    exclusive: true,
    longCode: 4_000,
    longFold,
    // By the nonce of each message, which webhooks don't know.
    ...(!byWebhook && { postsOnce: true }),
    async start(receive, recall = async () => ({ threads: [] })) {
      stopping = new AbortController();
      const { signal } = stopping;
      try {
        client = await createListener({ ...options, api, clicks, receive, recall, signal });
        await logIn(client, options, signal);
      } catch (error) {
        await stop();
        throw startError(error, options.apiUrl);
      }
    },
    stop,
    render: renderAnswer,
    download: createDownload(api, { maxBytes: maxFileBytes, cdnUrl: options.cdnUrl }),
    settled: (inbound) => clicks.settled(inbound),
    manages: async (inbound) => inbound.place === "dm" || contextOf(inbound).manages === true,
    find: createFind(api),
    linkTo: async (message) => linkOf(message),
    ...createStream(api, clicks, webhooks),
  };
}
