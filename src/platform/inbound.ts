import type { Inbound, InboundEdit, InboundMessage } from "../chat.ts";

type Base = Pick<Inbound, "id" | "at" | "thread" | "place" | "channelName" | "server" | "author" | "context">;

/** What all events have: who did something where, and under which identity. */
export function baseOf({ id, at, thread, place, channelName, server, author, context }: Inbound): Base {
  return {
    id,
    thread,
    place,
    channelName,
    author,
    ...(at !== undefined && { at }),
    ...(server !== undefined && { server }),
    ...(context !== undefined && { context }),
  };
}

/** A message, decoded as it is now, as a change of what it was; the id is the change's own. */
export function editOf(message: InboundMessage, ids: Pick<InboundEdit, "id" | "messageId">): InboundEdit {
  return { ...baseOf(message), type: "edited", ...ids, message };
}
