import type { Inbound } from "./chat.ts";
import { conversationKey } from "./conversation/scope.ts";
import type { Desk } from "./desk.ts";
import { turnBehind } from "./serve-press.ts";
import { isStop } from "./stop.ts";
import type { ConversationKey } from "./store/store.ts";

/** More than anybody has waiting. */
const mostPending = 50;

/**
 * The conversation that something belongs to. What is about something earlier (a stop, a changed question, a button) goes where
 * that is: another scope may have been chosen since.
 */
export async function whereabouts(
  { scopes, core }: Pick<Desk, "scopes" | "core">,
  inbound: Inbound,
): Promise<ConversationKey> {
  const key = conversationKey(inbound, await scopes.of(inbound));
  if (inbound.type === "message" || (inbound.type === "command" && !isStop(inbound))) return key;
  const before = await scopes.before(inbound);
  if (before === undefined || (await holds(core, key, inbound))) return key;
  const other = conversationKey(inbound, before);
  return (await holds(core, other, inbound)) ? other : key;
}

/** Whether what it is about is in this conversation. */
async function holds(core: Desk["core"], key: ConversationKey, inbound: Inbound): Promise<boolean> {
  const { inbox, turns } = core.store;
  const isPress = inbound.type === "press";
  if (inbound.type === "command" || (isPress && isStop(inbound)))
    return (await inbox.pending(key, 1)).length > 0;
  if (isPress) return (await turnBehind(core, key, inbound)) !== undefined;
  if (inbound.type !== "edited") return false;
  const { messageId: asked } = inbound;
  const isAsked = (each: Inbound): boolean => each.type === "message" && each.messageId === asked;
  if ((await inbox.pending(key, mostPending)).some((event) => isAsked(event.inbound))) return true;
  return (await turns.find(key, { asked })) !== undefined;
}
