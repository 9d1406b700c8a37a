import type { webApi } from "@slack/bolt";
import type { MessageId, SoughtMessage, ThreadId } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { mayStream } from "./stream.ts";

/** Looks for a message that was begun: by its key, which a stream gets at its end alone, so else for what may be a stream. */
export async function findMessage(
  { conversations, auth }: webApi.WebClient,
  thread: ThreadId,
  { key, known, replyTo, context }: SoughtMessage,
): Promise<MessageId | undefined> {
  // What one person alone sees can't be read again.
  if (context !== undefined) return undefined;
  const { channel, root } = parseThread(thread);
  const page = {
    channel,
    include_all_metadata: true,
    limit: 999,
    ...(replyTo !== undefined && { oldest: replyTo }),
  };
  try {
    const self = await callSlack(() => auth.test());
    const { messages = [] } = await callSlack(() =>
      root === undefined ? conversations.history(page) : conversations.replies({ ...page, ts: root }),
    );
    const own = messages.filter(
      // Under a persona's name, a bot is no user.
      ({ bot_id, ts = "" }) => bot_id === self.bot_id && ts > (replyTo ?? root ?? "") && !known.includes(ts),
    );
    const keyed = own.find(({ metadata }) => (metadata?.event_payload as { key?: string })?.key === key);
    const streamed = own.findLast(({ metadata, files }) => !metadata && !files);
    // Without the question, an older answer might be taken for it.
    return (keyed ?? (mayStream(thread) && replyTo !== undefined ? streamed : undefined))?.ts;
  } catch (error) {
    // Where the app may not read, nobody can tell.
    if (slackError(error) === undefined) throw error;
    return undefined;
  }
}
