import type { Api } from "grammy";
import type { Message, Update } from "grammy/types";
import type { Receive } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { decodeUpdate, type Reader } from "./decode.ts";

/** The kinds of update that are asked for; what Telegram remembers from an earlier program does not matter. */
export const kinds = ["message", "edited_message", "callback_query", "stopped_message_generation"] as const;

export interface IntakeOptions extends Pick<Reader, "me"> {
  readonly bot: Reader["bot"] | Promise<Reader["bot"]>;
  readonly api: Api;
  readonly log: Log;
  readonly receive: Receive;
}

/** Hands over what Telegram tells, from a poll or a webhook. */
export type Intake = ReturnType<typeof createIntake>;

export function createIntake({ api, log, receive, me, bot }: IntakeOptions) {
  /** What can't be read never can be: it must not come again. */
  function decode(update: Update, reader: Reader) {
    try {
      return decodeUpdate(update, reader);
    } catch (err) {
      log.error({ err, update: update.update_id }, "Telegram: an update can't be read");
      return undefined;
    }
  }

  return {
    /** Settles once the update is stored, or is nothing to store; rejects when it must come again. */
    take: async (update: Update): Promise<void> => {
      const press = update.callback_query;
      // The button spins until this.
      if (press) void api.answerCallbackQuery(press.id).catch((err: unknown) => log.debug({ err }, "press"));
      const inbound = decode(update, { me, bot: await bot });
      if (inbound) await receive(inbound);
    },
  };
}

const saidIn = ({ message, edited_message }: Update): Message | undefined => message ?? edited_message;

/** Whose order matters: what happens in one chat is stored one after the other. */
export function chatOf(update: Update): number | undefined {
  const { callback_query, stopped_message_generation } = update;
  return (saidIn(update) ?? callback_query?.message ?? stopped_message_generation)?.chat.id;
}
