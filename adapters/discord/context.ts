import type { Json, MessageId } from "../../src/chat.ts";

/** A command, shortcut or button whose arrival Discord was told of. */
export type Click = {
  readonly application: string;
  /** Takes answers for fifteen minutes. */
  readonly token: string;
  /** Whether people see “is thinking…” until there is an answer. */
  readonly awaited: boolean;
  /** Whether the bot may write in this channel on its own; else everything goes through the token. */
  readonly mayPost: boolean;
};

/** What travels with an event, so that any process can answer it, also after a restart. */
export type EventContext = {
  /** On a server rather than in a direct message. */
  readonly onServer: boolean;
  /** Whether the person may manage the channel or the server. */
  readonly manages: boolean;
  /** The name of the thread that an answer opens on its question. */
  readonly opens?: string;
  readonly click?: Click;
};

/** An event's context as this adapter wrote it. */
export function contextOf({ context }: { readonly context?: Json }): Partial<EventContext> {
  return (context ?? {}) as Partial<EventContext>;
}

/** How a message is reached that is not simply one of its thread. */
export type Way =
  | { readonly by: "channel"; readonly channel: string }
  | { readonly by: "webhook" }
  | { readonly by: "token"; readonly application: string; readonly token: string };

/** Discord's id of a message, with the way to it where that is not its thread's. */
export function messageId(id: string, way?: Way): MessageId {
  return [id, ...(way ? Object.values(way) : [])].join("/");
}

/** What `messageId` put together. */
export function parseMessageId(message: MessageId): { readonly id: string; readonly way?: Way } {
  const [id = "", by, first = "", token = ""] = message.split("/");
  if (by === "channel") return { id, way: { by, channel: first } };
  if (by === "token") return { id, way: { by, application: first, token } };
  return by === "webhook" ? { id, way: { by } } : { id };
}
