import type { Message, Update } from "grammy/types";

/** How long the next picture of an album may take, in milliseconds: they come one by one, without saying how many. */
const albumPauseMs = 500;

/** Joins the messages of an album into one; all else passes at once. */
export interface Albums {
  take(update: Update): void;
  /** Hands over what is being collected. */
  flush(): void;
}

interface Album {
  readonly update: Update;
  readonly messages: Message[];
  timer: NodeJS.Timeout;
}

export function createAlbums(hand: (update: Update, album: readonly Message[]) => void): Albums {
  const open = new Map<string, Album>();

  function close(key: string): void {
    const album = open.get(key);
    if (!album) return;
    clearTimeout(album.timer);
    open.delete(key);
    hand(album.update, album.messages);
  }

  return {
    take(update) {
      const { message } = update;
      if (message?.media_group_id === undefined) return hand(update, []);
      const key = `${message.chat.id}:${message.media_group_id}`;
      const timer = setTimeout(() => close(key), albumPauseMs);
      const album = open.get(key);
      if (!album) return void open.set(key, { update, messages: [message], timer });
      clearTimeout(album.timer);
      album.timer = timer;
      // The same update may come twice.
      if (!album.messages.some(({ message_id }) => message_id === message.message_id))
        album.messages.push(message);
    },
    flush: () => [...open.keys()].forEach(close),
  };
}
