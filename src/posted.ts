import type { MessageId, ThreadId } from "./chat.ts";

/** So many posts take longer than storing their receipts does. */
const most = 2_000;

/**
 * The messages that this process posted last: whoever looks for a message of unknown fate must not take one of these for it,
 * whose receipt may not be stored yet.
 */
export interface Posted {
  add(thread: ThreadId, id: MessageId): void;
  /** Those in a thread's chat. */
  near(thread: ThreadId): readonly MessageId[];
}

export function createPosted(): Posted {
  const last: { readonly chat: string; readonly id: MessageId }[] = [];
  return {
    add(thread, id) {
      last.push({ chat: chatOf(thread), id });
      if (last.length > 2 * most) last.splice(0, most);
    },
    near: (thread) => last.filter(({ chat }) => chat === chatOf(thread)).map(({ id }) => id),
  };
}

/** A thread's chat: `platform:channel`. */
export const chatOf = (thread: ThreadId): string => thread.split(":", 2).join(":");
