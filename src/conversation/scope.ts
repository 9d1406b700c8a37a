import type { Author, Place, ThreadId } from "../chat.ts";
import type { ConversationKey } from "../store/store.ts";

/** Which messages share a context: all of a place's, or each person's apart. */
export type Scope = "shared" | "user";

/**
 * The one place where a conversation's key is made. Two messages share a context exactly when their keys are equal:
 * a thread id already tells direct messages, channels and threads apart, so no key reaches from one into another.
 */
export function conversationKey(
  message: { thread: ThreadId; author: Author; place: Place },
  scope: Scope = "shared",
): ConversationKey {
  const key =
    scope === "user" && message.place !== "dm" ? `${message.thread}|${message.author.id}` : message.thread;
  return key as ConversationKey;
}

/** The key of the channel that a thread's conversation stands in; undefined for a channel's own. */
export function parentOf(key: ConversationKey): ConversationKey | undefined {
  const [place = "", person] = key.split("|", 2);
  const [platform, channel, thread] = place.split(":", 3);
  if (thread === undefined) return undefined;
  return `${platform}:${channel}${person === undefined ? "" : `|${person}`}` as ConversationKey;
}
