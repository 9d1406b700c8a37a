import type { APIMessage } from "discord.js";
import type { Json, MessageId, ThreadId } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";

/** Where messages of a thread go. */
export interface Spot {
  /** The channel or thread that takes them. */
  readonly channel: string;
  /** That channel, or the one its thread is in. */
  readonly parent: string;
}

export function spotOf(thread: ThreadId): Spot {
  const { channel: parent, root = parent } = parseThread(thread);
  return { channel: root, parent };
}

/** A command or shortcut whose arrival Discord was told of: people see “is thinking…” until there is an answer. */
export type Click = {
  readonly application_id: string;
  /** Takes answers for fifteen minutes. */
  readonly token: string;
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

const byWebhook = "webhook/";

/**
 * Discord's id of a message, marked where a webhook wrote it for a persona. What answers a click is told as a webhook's
 * too, the application's own.
 */
export function messageIdOf({ id, webhook_id: by, application_id: application }: APIMessage): MessageId {
  return by === undefined || by === application ? id : byWebhook + id;
}

/** Discord's id of a message that a webhook wrote; undefined for others. */
export function idByWebhook(message: MessageId): string | undefined {
  return message.startsWith(byWebhook) ? message.slice(byWebhook.length) : undefined;
}
