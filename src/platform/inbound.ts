import type { Inbound, InboundCommand, InboundEdit, InboundMessage } from "../chat.ts";

type Base = Pick<
  Inbound,
  "id" | "at" | "thread" | "place" | "channelName" | "server" | "author" | "context" | "album"
>;

/** What all events have: who did something where, and under which identity. */
export function baseOf(inbound: Inbound): Base {
  const { id, at, thread, place, channelName, server, author, context, album } = inbound;
  return {
    id,
    thread,
    place,
    channelName,
    author,
    ...(at !== undefined && { at }),
    ...(server !== undefined && { server }),
    ...(context !== undefined && { context }),
    ...(album && { album }),
  };
}

/** Whom something is for; an edit, whom the message as it is now. */
export function addressOf(inbound: Inbound): InboundMessage["address"] {
  const said = inbound.type === "edited" ? inbound.message : inbound;
  return "address" in said ? said.address : undefined;
}

/** A message, decoded as it is now, as a change of what it was; the id is the change's own. */
export function editOf(message: InboundMessage, ids: Pick<InboundEdit, "id" | "messageId">): InboundEdit {
  return { ...baseOf(message), type: "edited", ...ids, message };
}

/** The command that a message is, with what came with it. */
export function commandIn(
  message: InboundMessage,
  { name, argument }: Pick<InboundCommand, "name" | "argument">,
): InboundCommand {
  const { messageId, attachments, quoted, address } = message;
  return {
    ...baseOf(message),
    type: "command",
    name,
    argument,
    ...(messageId !== undefined && { messageId }),
    ...(attachments.length > 0 && { attachments }),
    ...(quoted && { quoted }),
    ...(address && { address }),
  };
}
