import type { InboundMessage } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";

/** Where a message opens for the members of its group: only supergroups, whose ids begin with -100, have addresses. */
export function linkOf({ thread, messageId }: InboundMessage): string | undefined {
  const { channel, root } = parseThread(thread);
  const group = /^-100(?<id>\d+)$/u.exec(channel)?.groups?.["id"];
  if (group === undefined || messageId === undefined) return undefined;
  return ["https://t.me/c", group, ...(root === undefined ? [] : [root]), messageId].join("/");
}
