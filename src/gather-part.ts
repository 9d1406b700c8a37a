import type { AlbumPart, Inbound, InboundCommand, InboundEdit, InboundMessage, MessageId } from "./chat.ts";
import { addressOf } from "./platform/inbound.ts";
import { isStop } from "./stop.ts";
import type { ConversationKey, Inbox, NewPart } from "./store/store.ts";
import { wordsFor } from "./words/words.ts";

/** Something of an album. */
export type Part = (InboundMessage | InboundCommand | InboundEdit) & { readonly album: AlbumPart };

/** A stop does not wait for what comes after it. */
export const isPart = (inbound: Inbound): inbound is Part =>
  inbound.album !== undefined && inbound.type !== "press" && !isStop(inbound);

/** What is left to do of a part. */
export type Came =
  /** The album is to be dealt with. */
  | { readonly type: "asked" }
  /** What is written for the album with this message is to be written anew. */
  | { readonly type: "edited"; readonly message: MessageId }
  /** Its person is to be told that it is not seen with the others. */
  | { readonly type: "late"; readonly inbound: Inbound; readonly refusal: string }
  /** It is an edit like any other. */
  | { readonly type: "edit"; readonly inbound: InboundEdit }
  | { readonly type: "over" };

/** Stores a part of an album with those that came before it. */
export async function gatherPart(
  inbox: Pick<Inbox, "gather">,
  conversation: ConversationKey,
  {
    part,
    takesPart,
  }: { readonly part: NewPart & { readonly inbound: Part }; readonly takesPart: () => Promise<boolean> },
): Promise<Came> {
  const isForOthers = addressOf(part.inbound) === "follow-up" && !(await takesPart());
  const inbound = isForOthers ? forOthers(part.inbound) : part.inbound;
  const gathered = await inbox.gather(conversation, { ...part, inbound });
  if (gathered.was === "late") {
    const { message: messageId } = gathered;
    const { albumTooLate: refusal } = await wordsFor(inbound);
    return {
      type: "late",
      refusal,
      inbound: inbound.type === "edited" ? { ...inbound, messageId } : inbound,
    };
  }
  if (gathered.was === "edited") return { type: "edited", message: gathered.message };
  const isForBot = addressOf(inbound) !== "others";
  if (gathered.was === "unheard" && inbound.type === "edited" && isForBot) return { type: "edit", inbound };
  return { type: gathered.was === "asked" ? "asked" : "over" };
}

/** In a thread where the bot does not take part, another part may yet name it. */
const forOthers = (part: Part): Part =>
  part.type === "edited"
    ? { ...part, message: { ...part.message, address: "others" } }
    : { ...part, address: "others" };
