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

/** Whether a conversation is this person's alone. */
export function isOwn(
  key: ConversationKey,
  { author, place }: { readonly author: Pick<Author, "id">; readonly place: Place },
): boolean {
  return place === "dm" || key.endsWith(`|${author.id}`);
}

/** Those whose choices hold in a conversation that has none of its own, the nearest first: a person's in the channel, then everyone's. */
export function parentsOf(key: ConversationKey): readonly ConversationKey[] {
  const [place = "", person] = key.split("|", 2);
  const [platform, channel, thread] = place.split(":", 3);
  const whole = `${platform}:${channel}`;
  const parents = [
    ...(person !== undefined && thread !== undefined ? [`${whole}|${person}`] : []),
    ...(person !== undefined ? [place] : []),
    ...(thread !== undefined ? [whole] : []),
  ];
  return parents as ConversationKey[];
}
