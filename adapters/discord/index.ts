import type { Adapter } from "../../src/chat.ts";
import { createApi } from "./api.ts";
import { createClicks } from "./clicks.ts";
import { type Connection, type ConnectionOptions, createConnection } from "./connection.ts";
import { contextOf } from "./context.ts";
import { startError } from "./errors.ts";
import { createDownload } from "./files.ts";
import { createFind } from "./find.ts";
import { renderAnswer, type DiscordMessage } from "./render.ts";
import { createStream } from "./stream.ts";
import { createLocate } from "./threads.ts";
import { createWebhooks } from "./webhooks.ts";

/** What the Discord adapter needs. */
export interface DiscordOptions extends ConnectionOptions {
  /** The largest file that is downloaded. Default: 25 MB. */
  readonly maxFileBytes?: number;
}

const megabyte = 1024 * 1024;

/** The bot on Discord. `start` may be called again after it failed. */
export function createDiscordAdapter(options: DiscordOptions): Adapter<DiscordMessage> {
  const { log, personas, maxFileBytes = 25 * megabyte } = options;
  const byWebhook = personas === "webhook";
  const api = createApi(options);
  const clicks = createClicks(api, log);
  const webhooks = createWebhooks(api, { log, isOn: byWebhook });
  const writing = { api, clicks, locate: createLocate(api, log), webhooks };
  const stream = createStream(writing);
  let connection: Connection | undefined;

  return {
    platform: "discord",
    editEveryMs: 1_300,
    // Typing.
    statusLastsMs: 10_000,
    exclusive: true,
    longCode: 4_000,
    // By the nonce of each message, which webhooks don't know.
    ...(!byWebhook && { postsOnce: true }),
    async start(receive) {
      api.logIn();
      connection = createConnection(options, { api, clicks, stream, receive });
      try {
        await connection.open();
      } catch (error) {
        await connection.close();
        throw startError(error, options.apiUrl);
      }
    },
    async stop() {
      await connection?.close();
    },
    render: renderAnswer,
    download: createDownload(api, maxFileBytes),
    settled: clicks.settled,
    manages: async (inbound) => inbound.place === "dm" || contextOf(inbound).manages === true,
    find: createFind(writing),
    ...stream,
  };
}
