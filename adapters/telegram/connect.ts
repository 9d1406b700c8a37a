import type { Api } from "grammy";
import type { Message, Update } from "grammy/types";
import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { createAlbums } from "./albums.ts";
import { explainStart, grammySignal } from "./client.ts";
import { decodeUpdate, type Reader } from "./decode.ts";
import { poll } from "./poll.ts";
import { commandsOf } from "./register.ts";

export interface ConnectionOptions {
  readonly api: Api;
  readonly apiRoot: string;
  readonly bot: BotDescription;
  readonly log: Log;
  readonly openFile: Reader["openFile"];
}

/** Hands over what people do, by long poll. `start` may be called again after it failed, or after `stop`. */
export function createConnection(options: ConnectionOptions): Pick<Adapter, "start" | "stop"> {
  const { api, apiRoot, bot, log, openFile } = options;
  let stop = async (): Promise<void> => {};
  return {
    async start(receive) {
      const me = await connect(api).catch((error: unknown) => {
        throw explainStart(error, apiRoot);
      });
      // Nobody waits for the menu of commands.
      void api
        .setMyCommands(commandsOf(bot))
        .catch((err: unknown) => log.warn({ err }, "Telegram: commands not set"));
      const albums = createAlbums((update: Update, album: readonly Message[]) => {
        const inbound = decodeUpdate(update, { me, bot, openFile }, album);
        // A turn takes its time; the next updates must not wait for it.
        if (inbound) void receive(inbound);
      });
      const stopping = new AbortController();
      const polling = poll({
        api,
        log,
        signal: stopping.signal,
        async take(update) {
          const press = update.callback_query;
          // The button spins until this.
          if (press)
            void api.answerCallbackQuery(press.id).catch((err: unknown) => log.debug({ err }, "press"));
          albums.take(update);
        },
      });
      stop = async () => {
        stopping.abort();
        await polling;
        albums.flush();
      };
      log.info({ bot: `@${me.username}` }, "Telegram: connected");
    },
    stop: () => stop(),
  };
}

async function connect(api: Api) {
  const patience = grammySignal(AbortSignal.timeout(15_000));
  // A webhook left behind would keep every update from the poll.
  const [me] = await Promise.all([api.getMe(patience), api.deleteWebhook({}, patience)]);
  return me;
}
