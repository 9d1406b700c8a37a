import type { Api } from "grammy";
import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { loadAllWords } from "../../src/words/words.ts";
import { createClient, explainStart, grammySignal } from "./client.ts";
import { commandsOf } from "./commands.ts";
import { createDownload, hostedLimit } from "./files.ts";
import { findMessage } from "./find.ts";
import { createIntake } from "./intake.ts";
import { linkOf } from "./link.ts";
import { createRights } from "./members.ts";
import { openPoll } from "./poll.ts";
import { createPoster } from "./post.ts";
import { renderAnswer, type RichPolicy, type TelegramMessage } from "./render.ts";
import { createDrafts } from "./stream.ts";
import { openWebhook, type Webhook } from "./webhook.ts";

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
  let stop = async (): Promise<void> => {};
  return {
    platform: "telegram",
    // Groups take twenty messages and edits a minute.
    editEveryMs: 3000,
    statusLastsMs: 5000,
    // About two messages.
    longCode: 8000,
    ...(!webhook && { exclusive: true }),
    async start(receive) {
      try {
        const me = await api.getMe(grammySignal(AbortSignal.timeout(15_000)));
        const intake = createIntake({ api, log, receive, me, bot });
        const open = webhook
          ? openWebhook({ ...webhook, token, log }, api, intake)
          : openPoll(api, intake, log);
        stop = await open;
        log.info({ bot: `@${me.username}` }, "Telegram: connected");
      } catch (error) {
        throw explainStart(error, apiRoot);
      }
      // Nobody waits for the menu of commands.
      void setCommands(api, bot).catch((err: unknown) =>
        log.warn({ err }, "Telegram did not take the commands; those of the last time stay"),
      );
    },
    stop: () => stop(),
    download: createDownload(api, { token, apiRoot, maxBytes }),
    render: (answer, memo) => renderAnswer(answer, rich, memo),
    ...poster,
    ...createDrafts(api, poster),
    find: (thread, sought) => findMessage(api, thread, sought),
    linkTo: async (message) => linkOf(message),
    manages: createRights(api),
  };
}

/** In English for whoever speaks none of the others. */
async function setCommands(api: Api, bot: BotDescription): Promise<void> {
  for (const words of await loadAllWords()) {
    const { language } = words;
    await api.setMyCommands(commandsOf(bot, words), language === "en" ? {} : { language_code: language });
  }
}
