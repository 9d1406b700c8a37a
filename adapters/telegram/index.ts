import { setTimeout as sleep } from "node:timers/promises";
import type { Api } from "grammy";
import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { languages } from "../../src/words/language.ts";
import { loadWords } from "../../src/words/words.ts";
import { createClient, explainStart, grammySignal } from "./client.ts";
import { commandsOf } from "./commands.ts";
import { createDownload, hostedLimit } from "./files.ts";
import { findMessage } from "./find.ts";
import { createIntake } from "./intake.ts";
import { linkOf } from "./link.ts";
import { createRights } from "./members.ts";
import { endWebhook, openPoll } from "./poll.ts";
import { createPoster } from "./post.ts";
import type * as Rendering from "./render.ts";
import type { RichPolicy, TelegramMessage } from "./render.ts";
import { createDrafts } from "./stream.ts";
import type { Webhook } from "./webhook.ts";

/** A bot on Telegram, made with @BotFather. */
export interface TelegramOptions {
  readonly token: string;
  /** A Bot API server; default: Telegram's own. */
  readonly apiRoot?: string;
  /** Default: updates are asked for, by one process at a time. */
  readonly webhook?: Webhook;
  readonly bot: BotDescription | Promise<BotDescription>;
  readonly log: Log;
  /** Default: `auto`, where an answer has tables, formulas or details. */
  readonly rich?: RichPolicy;
  /** The most that is downloaded of one file, in bytes; default: 20 MB, what Telegram's own server hands out. */
  readonly maxFileBytes?: number;
}

/** How long after the start the menu of commands is set, in milliseconds. */
const menuAfterMs = 1_000;

/** The bot on Telegram. */
export function createTelegramAdapter(options: TelegramOptions): Adapter<TelegramMessage> {
  const { token, webhook, bot, log, rich = "auto", maxFileBytes: maxBytes = hostedLimit } = options;
  const apiRoot = (options.apiRoot ?? "https://api.telegram.org").replace(/\/+$/u, "");
  const api = createClient({ token, apiRoot });
  const poster = createPoster(api, log);
  let stop = async (): Promise<void> => {};
  let stopping = new AbortController();
  let rendering: typeof Rendering | undefined;
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
        const [me] = await Promise.all([
          api.getMe(grammySignal(AbortSignal.timeout(15_000))),
          webhook ? undefined : endWebhook(api),
        ]);
        const intake = createIntake({ api, log, receive, me, bot });
        stop = webhook
          ? await (await import("./webhook.ts")).openWebhook({ ...webhook, token, log }, api, intake)
          : openPoll(api, intake, log);
        log.info({ bot: `@${me.username}` }, "Telegram: connected");
      } catch (error) {
        throw explainStart(error, apiRoot);
      }
      stopping = new AbortController();
      const { signal } = stopping;
      // Nobody waits for the menu of commands.
      void setCommands(api, bot, signal).catch((err: unknown) => {
        if (!signal.aborted)
          log.warn({ err }, "Telegram did not take the commands; those of the last time stay");
      });
    },
    stop() {
      stopping.abort();
      return stop();
    },
    download: createDownload(api, { token, apiRoot, maxBytes }),
    async prepare() {
      rendering = await import("./render.ts");
    },
    render(answer, memo) {
      if (!rendering) throw new Error("An adapter is prepared before it renders.");
      return rendering.renderAnswer(answer, rich, memo);
    },
    ...poster,
    ...createDrafts(api, poster),
    find: (thread, sought) => findMessage(api, thread, sought),
    linkTo: async (message) => linkOf(message),
    manages: createRights(api),
  };
}

/** In English for whoever speaks none of the others. */
async function setCommands(
  api: Api,
  description: TelegramOptions["bot"],
  signal: AbortSignal,
): Promise<void> {
  const bot = await description;
  // Who has written already is answered first.
  await sleep(menuAfterMs, undefined, { signal, ref: false });
  for (const language of languages) {
    const words = await loadWords(language);
    signal.throwIfAborted();
    await api.setMyCommands(commandsOf(bot, words), language === "en" ? {} : { language_code: language });
  }
}
