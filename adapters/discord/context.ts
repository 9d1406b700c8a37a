import type { Json, MessageId } from "../../src/chat.ts";

/** Where messages of a thread go. */
export interface Spot {
  /** The channel or thread that takes them. */
  readonly channel: string;
  /** That channel, or the one its thread is in. */
  readonly parent: string;
}

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

/** A message's id is Discord's own path to it, so that it is reached also after a restart. */
export const inChannel = (channel: string, id: string): MessageId => `channels/${channel}/messages/${id}`;

/** The id of a message that a webhook wrote for a persona. */
export const ofPersona = ({ parent, channel }: Spot, id: string): MessageId =>
  `personas/${parent}/${channel}/${id}`;

/** The id of a message that only the token of its click reaches. */
export const behindToken = ({ application, token }: Click, id: string): MessageId =>
  `webhooks/${application}/${token}/messages/${id}`;
