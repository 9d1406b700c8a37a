import type { Adapter } from "../../src/chat.ts";
import { createApi } from "./api.ts";
import { createClicks } from "./clicks.ts";
import { contextOf } from "./context.ts";
import { startError } from "./errors.ts";
import { createFind } from "./find.ts";
import { createDownload } from "./files.ts";
import { type Connection, connect, type ConnectOptions } from "./connect.ts";
import { renderAnswer, type DiscordMessage } from "./render.ts";
import { createStream } from "./stream.ts";
import { createLocate } from "./threads.ts";
import { createWebhooks } from "./webhooks.ts";

/** What the Discord adapter needs. */
export interface DiscordOptions extends ConnectOptions {
  /** The largest file that is downloaded. Default: 25 MB. */
  readonly maxFileBytes?: number;
}

const megabyte = 1024 * 1024;

/** The bot on Discord. `start` may be called again after it failed. */
export function createDiscordAdapter(options: DiscordOptions): Adapter<DiscordMessage> {
  const { log, personas, maxFileBytes = 25 * megabyte } = options;
  const api = createApi(options);
  const clicks = createClicks(api, log);
  const byWebhook = personas === "webhook";
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
      try {
        api.logIn();
        connection = await connect(options, { api, clicks, stream, receive });
      } catch (error) {
        throw startError(error, options.apiUrl);
      }
    },
    async stop() {
      await connection?.stop();
    },
    render: renderAnswer,
    download: createDownload(api, maxFileBytes),
    settled: clicks.settled,
    manages: async (inbound) => inbound.place === "dm" || contextOf(inbound).manages === true,
    ...stream,
    find: createFind(writing),
  };
}
