import type { Adapter, InboundDeletion } from "./chat.ts";
import type { Signal } from "./coordinator.ts";
import type { Desk } from "./desk.ts";
import { removeHeld } from "./hold.ts";

/**
 * A question was taken back. Whose it is and where it is dealt with, the inbox knows: not every platform says who wrote what is
 * deleted. Gives what all processes are to be told.
 */
export async function withdraw(
  desk: Desk,
  { adapter, inbound }: { readonly adapter: Adapter; readonly inbound: InboundDeletion },
): Promise<readonly Signal[]> {
  const { thread, messageId: message, author, isAnonymous } = inbound;
  const { inbox } = desk.core.store;
  const withdrawn = await inbox.withdraw(thread, message, isAnonymous ? undefined : author.id);
  return withdrawn.flatMap(({ conversation, was }): Signal[] => {
    // The question is another one without its part.
    if (was !== "waiting")
      return [{ type: "stop", conversation, reason: was === "all" ? "deleted" : "edited", message }];
    // The platform may be slow, or ask to wait: nobody's message is kept out meanwhile.
    removeHeld(desk, { key: conversation, adapter, thread }).catch((err: unknown) =>
      desk.core.log.warn({ err, thread }, "a sentence stays"),
    );
    return [];
  });
}
