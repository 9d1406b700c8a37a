import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { createClient } from "./client.ts";
import { createConnection } from "./connect.ts";
import { createOpener, hostedLimit } from "./files.ts";
import { createPoster } from "./post.ts";
import { renderAnswer, type RichPolicy, type TelegramMessage } from "./render.ts";
import { createDrafts } from "./stream.ts";

/** A bot on Telegram, made with @BotFather. */
export interface TelegramOptions {
  readonly token: string;
  /** A Bot API server; default: Telegram's own. */
  readonly apiRoot?: string;
  readonly bot: BotDescription;
  readonly log: Log;
  /** Default: `auto`, where an answer has tables, formulas or details. */
  readonly rich?: RichPolicy;
  /** The most that is downloaded of one file, in bytes; default: 20 MB, what Telegram's own server hands out. */
  readonly maxFileBytes?: number;
}

/** The bot on Telegram. */
export function createTelegramAdapter(options: TelegramOptions): Adapter<TelegramMessage> {
  const { token, bot, log, rich = "auto", maxFileBytes = hostedLimit } = options;
  const apiRoot = (options.apiRoot ?? "https://api.telegram.org").replace(/\/+$/u, "");
  const api = createClient({ token, apiRoot });
  const openFile = createOpener({ api, token, apiRoot, maxBytes: maxFileBytes });
  const poster = createPoster(api, log);
  return {
    platform: "telegram",
    // Groups take twenty messages and edits a minute.
    editEveryMs: 3000,
    statusLastsMs: 5000,
    ...createConnection({ api, apiRoot, bot, log, openFile }),
    render: (answer) => renderAnswer(answer, rich),
    edit: poster.edit,
    remove: poster.remove,
    upload: poster.upload,
    ...createDrafts(api, poster),
  };
}
