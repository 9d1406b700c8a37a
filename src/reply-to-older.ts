import { runAction } from "./actions.ts";
import type { InboundMessage } from "./chat.ts";
import type { Conversation } from "./conversation/conversation.ts";
import { isOwn } from "./conversation/scope.ts";
import type { Core } from "./core.ts";
import type { Assignment } from "./desk.ts";
import type { StoredTurn } from "./store/store.ts";

/** A reply to one of the bot's answers, where it is known. */
interface Taken {
  /** The message, without a quote that the model sees anyway. */
  readonly message: InboundMessage;
  /** The turn that this one answer goes on from. */
  readonly from?: string;
}

/**
 * A reply to an older answer goes on from there: in a person's own conversation, from now on; where several share it, for
 * this one answer, and the others find everything as it was.
 */
export async function replyToOlder(
  { store }: Core,
  { key, reply, words }: Pick<Assignment, "key" | "reply" | "words">,
  { conversation, message }: { readonly conversation: Conversation; readonly message: InboundMessage },
): Promise<Taken> {
  const shown = message.quoted?.messageId;
  if (shown === undefined) return { message };
  const turn = await store.turns.find(key, { shown });
  // What came before the context began is quoted like anything else.
  if (!turn || turn.id <= (conversation.binding.after ?? "")) return { message };
  const later = await store.turns.list(key, { after: turn.id, limit: 1 });
  const isLeft = conversation.binding.skips?.some(({ upTo }) => upTo >= turn.id) === true;
  const taken = withoutKnown(message, turn);
  if (later.length === 0 && !isLeft) return { message: taken };
  if (isOwn(key, message)) {
    const left = await conversation.branch(turn.id);
    if (left > 0) {
      reply.notice(words.branching.goneBack(left));
      reply.offer(runAction(words.branching.back, "branch", "back"));
    }
    return { message: taken };
  }
  const aside = (await conversation.turns()).filter(({ id }) => id > turn.id).length;
  if (aside > 0) reply.notice(words.branching.onlyHere(aside));
  return { message: taken, from: turn.id };
}

/** A quote of all that the model sees right before the question says nothing new. */
function withoutKnown(message: InboundMessage, { posts }: StoredTurn): InboundMessage {
  const { quoted, ...rest } = message;
  const isOne = Object.keys(posts).filter((name) => /^\d/u.test(name)).length === 1;
  return isOne && quoted?.isPart !== true ? rest : message;
}
