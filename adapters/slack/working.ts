import type { webApi } from "@slack/bolt";
import type { Inbound, PostOptions, ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { remember } from "../../src/platform/remember.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { wordsIn } from "../../src/words/words.ts";
import { isDirect } from "./decode.ts";

/** That the bot is at work: Slack's status in words and, in direct messages, its stop button. Never fails. */
export interface Working {
  /** `cause`: the event that it works on. */
  show(thread: ThreadId, text: string, work: Pick<PostOptions, "cause" | "language">): Promise<void>;
  /** Takes both back: Slack takes the status back at a post but not at an edit, the button never. */
  end(inbound: Inbound): void;
}

export function createWorking({ assistant, agents }: webApi.WebClient, log: Log): Working {
  const causes = new Map<ThreadId, string>();

  /** Nice to have: a limit of these calls' own must not hold up an answer. */
  async function set(thread: ThreadId, status: string, session?: "processing" | "active"): Promise<void> {
    const { channel: channel_id, root: thread_ts } = parseThread(thread);
    if (thread_ts === undefined) return;
    const place = { channel_id, thread_ts };
    const calls: Promise<unknown>[] = [assistant.threads.setStatus({ ...place, status })];
    if (session && isDirect(channel_id)) calls.push(agents.sessions.setStatus({ ...place, status: session }));
    for (const result of await Promise.allSettled(calls))
      if (result.status === "rejected") log.debug({ err: result.reason as unknown }, "slack shows no status");
  }

  return {
    async show(thread, text, { cause, language }) {
      const session = causes.has(thread) ? undefined : "processing";
      remember(causes, thread, cause);
      await set(thread, wordsIn(language).doing(text), session);
    },
    end({ thread, id }) {
      if (causes.get(thread) !== id) return;
      causes.delete(thread);
      void set(thread, "", "active");
    },
  };
}
