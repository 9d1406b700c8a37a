import type { Api } from "grammy";
import type { Message, Update } from "grammy/types";
import type { Receive } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { remember } from "../../src/platform/remember.ts";
import { decodeUpdate, type Reader } from "./decode.ts";

/** The kinds of update that are asked for; what Telegram remembers from an earlier program does not matter. */
export const kinds = ["message", "edited_message", "callback_query", "stopped_message_generation"] as const;

/** Hands over what Telegram tells, from a poll or a webhook. */
export interface Intake {
  /** Is shown updates that came together before they are taken, so that an album among them becomes one question. */
  readonly see: (updates: readonly Update[]) => void;
  /** Settles once the update is stored, or is nothing to store; rejects when it must come again. */
  readonly take: (update: Update) => Promise<void>;
}

export interface IntakeOptions extends Reader {
  readonly api: Api;
  readonly log: Log;
  readonly receive: Receive;
}

interface Album {
  readonly parts: Message[];
  /** How many of the parts are stored. */
  told: number;
}

export function createIntake({ api, log, receive, me, bot }: IntakeOptions): Intake {
  const albums = new Map<string, Album>();

  function albumOf({ message, edited_message }: Update): Album | undefined {
    const part = message ?? edited_message;
    if (part?.media_group_id === undefined) return undefined;
    const key = `${part.chat.id}:${part.media_group_id}`;
    return albums.get(key) ?? remember(albums, key, { parts: [], told: 0 }, 200);
  }

  /** What can't be read never can be: it must not come again. */
  function decode(update: Update, album: Album | undefined) {
    try {
      return decodeUpdate(update, { me, bot }, album && { parts: album.parts, isTold: album.told > 0 });
    } catch (err) {
      log.error({ err, update: update.update_id }, "Telegram: an update can't be read");
      return undefined;
    }
  }

  return {
    see(updates) {
      for (const update of updates) {
        const { parts } = albumOf(update) ?? {};
        const part = update.message ?? update.edited_message;
        if (!parts || !part) continue;
        const index = parts.findIndex(({ message_id: id }) => id === part.message_id);
        parts.splice(index < 0 ? parts.length : index, 1, part);
      }
    },
    async take(update) {
      // The button spins until this.
      if (update.callback_query)
        void api
          .answerCallbackQuery(update.callback_query.id)
          .catch((err: unknown) => log.debug({ err }, "press"));
      const album = albumOf(update);
      const count = album?.parts.length ?? 0;
      // It stood in what was stored with an earlier part.
      if (update.message && album && album.told === count) return;
      const inbound = decode(update, album);
      if (!inbound) return;
      await receive(inbound);
      if (album) album.told = count;
    },
  };
}

/** Whose order matters: what happens in one chat is stored one after the other. */
export function chatOf(update: Update): number | undefined {
  const { message, edited_message, callback_query, stopped_message_generation } = update;
  return (message ?? edited_message ?? callback_query?.message ?? stopped_message_generation)?.chat.id;
}
