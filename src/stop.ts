import type { Adapter, InboundCommand, InboundPress } from "./chat.ts";
import type { Core } from "./core.ts";
import type { ConversationKey, Written } from "./store/store.ts";

/** What a stop ends. */
export type Stopping =
  | { readonly type: "answer"; readonly answer: Written }
  /** The person's own questions, which have not been begun. */
  | { readonly type: "waiting" }
  /** An answer that is not this person's to stop. */
  | { readonly type: "refused" }
  | { readonly type: "nothing" };

/** How much of what waits is looked at. */
const mostPending = 50;

/**
 * A button stops the answer that it stands under; the command the person's own answer, else what they wait for, else what is
 * being written. An answer is stopped by who asked, and by who may administrate where it stands.
 */
export async function findStopping(
  { store, access }: Pick<Core, "store" | "access">,
  key: ConversationKey,
  { adapter, inbound }: { readonly adapter: Adapter; readonly inbound: InboundCommand | InboundPress },
): Promise<Stopping> {
  const person = inbound.author.id;
  // Looked at first: what is begun meanwhile is found being written.
  const pending = inbound.type === "command" ? await store.inbox.pending(key, mostPending) : [];
  const isWaiting = pending.some(
    ({ inbound, attempts }) => attempts === 0 && inbound.type === "message" && inbound.author.id === person,
  );
  const answer = await store.outbox.written(key);
  const isMeant = answer !== undefined && (inbound.type === "command" || shows(answer, inbound));
  if (isMeant && answer.person === person) return { type: "answer", answer };
  if (isWaiting) return { type: "waiting" };
  if (!isMeant) return { type: "nothing" };
  return (await access.mayAdminister(inbound, adapter)) ? { type: "answer", answer } : { type: "refused" };
}

/** Also when the receipt of the message is still on its way. */
const shows = ({ posts }: Written, { messageId }: InboundPress): boolean =>
  Object.values(posts).some((id) => id === null || id === messageId);
