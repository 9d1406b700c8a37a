import type { InboundMessage } from "../../src/chat.ts";
import type { ConversationKey } from "../../src/store/store.ts";

export const kim = "fake:kim" as ConversationKey;
export const mina = "fake:mina" as ConversationKey;

/** What Kim asks in a direct message. */
export const message = (id: string, text = id): InboundMessage => ({
  type: "message",
  id,
  messageId: `m-${id}`,
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
  text,
  attachments: [],
});
