import type { InboundMessage } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";

/** Where a message opens for those who may read it. The one that a thread was opened on stands in the thread's channel. */
export function linkOf({ thread, messageId, server }: InboundMessage): string | undefined {
  if (messageId === undefined) return undefined;
  const { channel, root } = parseThread(thread);
  const guild = server?.replace("discord:", "") ?? "@me";
  const place = root === undefined || root === messageId ? channel : root;
  return `https://discord.com/channels/${guild}/${place}/${messageId}`;
}
