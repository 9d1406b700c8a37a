import type { InboundDeletion } from "./chat.ts";
import type { Signal } from "./coordinator.ts";
import type { Desk } from "./desk.ts";

/**
 * A question was taken back. Whose it is and where it is dealt with, the inbox knows: not every platform says who wrote what is
 * deleted. Gives what all processes are to be told.
 */
export async function withdraw(desk: Desk, inbound: InboundDeletion): Promise<readonly Signal[]> {
  const { thread, messageId: message, author, isAnonymous } = inbound;
  const { inbox } = desk.core.store;
  const withdrawn = await inbox.withdraw(thread, message, isAnonymous ? undefined : author.id);
  return withdrawn
    .filter(({ was }) => was !== "waiting")
    .map(({ conversation, was }): Signal => {
      // The question is another one without its part.
      return { type: "stop", conversation, reason: was === "all" ? "deleted" : "edited", message };
    });
}
