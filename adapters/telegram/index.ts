import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { createClient } from "./client.ts";
import { createConnection } from "./connect.ts";
import { createDownload, hostedLimit } from "./files.ts";
import { findMessage } from "./find.ts";
import { createRights } from "./members.ts";
import { createPoster } from "./post.ts";
import { renderAnswer, type RichPolicy, type TelegramMessage } from "./render.ts";
import { createDrafts } from "./stream.ts";
import type { Webhook } from "./webhook.ts";

/** A bot on Telegram, made with @BotFather. */
export interface TelegramOptions {
  readonly token: string;
  /** A Bot API server; default: Telegram's own. */
  readonly apiRoot?: string;
  /** Default: updates are asked for, by one process at a time. */
  readonly webhook?: Webhook;
  readonly bot: BotDescription;
  readonly log: Log;
  /** Default: `auto`, where an answer has tables, formulas or details. */
  readonly rich?: RichPolicy;
  /** The most that is downloaded of one file, in bytes; default: 20 MB, what Telegram's own server hands out. */
  readonly maxFileBytes?: number;
}

/** The bot on Telegram. */
export function createTelegramAdapter(options: TelegramOptions): Adapter<TelegramMessage> {
  const { token, webhook, bot, log, rich = "auto", maxFileBytes: maxBytes = hostedLimit } = options;
  const apiRoot = (options.apiRoot ?? "https://api.telegram.org").replace(/\/+$/u, "");
  const api = createClient({ token, apiRoot });
  const poster = createPoster(api, log);
  return {
    platform: "telegram",
    // Groups take twenty messages and edits a minute.
    editEveryMs: 3000,
    statusLastsMs: 5000,
    // About two messages.
    longCode: 8000,
    ...(!webhook && { exclusive: true }),
    ...createConnection({ api, token, apiRoot, bot, log, webhook }),
    download: createDownload(api, { token, apiRoot, maxBytes }),
    render: (answer) => renderAnswer(answer, rich),
    ...poster,
    ...createDrafts(api, poster),
    find: (thread, sought) => findMessage(api, thread, sought),
    manages: createRights(api),
  };
}
