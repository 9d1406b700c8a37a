import type { webApi } from "@slack/bolt";
import type { InboundMessage } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack } from "./call.ts";

/** Where a message opens: Slack alone knows, for its address holds the workspace's name. */
export async function linkOf(
  { chat }: webApi.WebClient,
  { thread, messageId }: InboundMessage,
): Promise<string | undefined> {
  if (messageId === undefined) return undefined;
  const { channel } = parseThread(thread);
  return (await callSlack(() => chat.getPermalink({ channel, message_ts: messageId }))).permalink;
}
