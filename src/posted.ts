import type { MessageId, ThreadId } from "./chat.ts";

/** So many posts take longer than storing their receipts does. */
const most = 2_000;

/**
 * The messages that this process posted last, by their keys: their receipts may not be stored yet, or could not be. Whoever
 * looks for one of unknown fate need not ask for it, and must not take another one for it.
 */
export interface Posted {
  add(thread: ThreadId, key: string, id: MessageId): void;
  find(key: string): MessageId | undefined;
  /** Those in a thread's chat. */
  near(thread: ThreadId): readonly MessageId[];
}

export function createPosted(): Posted {
  const last: { readonly chat: string; readonly key: string; readonly id: MessageId }[] = [];
  return {
    add(thread, key, id) {
      last.push({ chat: chatOf(thread), key, id });
      if (last.length > 2 * most) last.splice(0, most);
    },
    find: (key) => last.findLast((posted) => posted.key === key)?.id,
    near: (thread) => last.filter(({ chat }) => chat === chatOf(thread)).map(({ id }) => id),
  };
}

/** A thread's chat: `platform:channel`. */
export const chatOf = (thread: ThreadId): string => thread.split(":", 2).join(":");
