import type { Api } from "grammy";
import type { Adapter, BotDescription } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { type ClientOptions, explainStart, grammySignal } from "./client.ts";
import { commandsOf } from "./commands.ts";
import { createIntake, type Intake } from "./intake.ts";
import { poll } from "./poll.ts";
import { openWebhook, type Webhook } from "./webhook.ts";

export interface ConnectionOptions extends ClientOptions {
  readonly api: Api;
  readonly bot: BotDescription;
  readonly log: Log;
  readonly webhook: Webhook | undefined;
}

/** Hands over what people do, by long poll or webhook. `start` may be called again after it failed, or after `stop`. */
export function createConnection(options: ConnectionOptions): Pick<Adapter, "start" | "stop"> {
  const { api, apiRoot, bot, log, webhook } = options;
  let stop = async (): Promise<void> => {};
  return {
    async start(receive) {
      try {
        const me = await api.getMe(grammySignal(AbortSignal.timeout(15_000)));
        const intake = createIntake({ api, log, receive, me, bot });
        stop = await (webhook
          ? openWebhook({ ...options, ...webhook }, api, intake)
          : openPoll(api, log, intake));
        log.info({ bot: `@${me.username}` }, "Telegram: connected");
      } catch (error) {
        throw explainStart(error, apiRoot);
      }
      // Nobody waits for the menu of commands.
      void api
        .setMyCommands(commandsOf(bot))
        .catch((err: unknown) => log.warn({ err }, "Telegram: commands not set"));
    },
    stop: () => stop(),
  };
}

async function openPoll(api: Api, log: Log, intake: Intake): Promise<() => Promise<void>> {
  // A webhook left behind would keep every update from the poll.
  await api.deleteWebhook({}, grammySignal(AbortSignal.timeout(15_000)));
  const stopping = new AbortController();
  const polling = poll(api, intake, { log, signal: stopping.signal });
  return () => {
    stopping.abort();
    return polling;
  };
}
