import type { webApi } from "@slack/bolt";
import type { ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";

/** That the bot is at work: Slack's status in words and, in direct messages, its stop button. */
export interface Working {
  show(thread: ThreadId, text: string): Promise<void>;
  /** Takes both back, in its own time: Slack takes the status back at a post but not at an edit, the button never. */
  end(thread: ThreadId): void;
}

export function createWorking(client: webApi.WebClient, log: Log): Working {
  const { assistant, agents } = client;
  const threads = new Set<ThreadId>();
  let isAgent = true;

  /** Nice to have, and never worth waiting or failing for. */
  function quietly(call: Promise<unknown>): void {
    call.catch((error: unknown) => {
      const reason = slackError(error);
      if (reason === "not_agent_app" || reason === "missing_scope") isAgent = false;
      log.debug({ err: error }, "slack shows no status");
    });
  }

  function setSession(channel_id: string, thread_ts: string, status: "processing" | "active"): void {
    if (isAgent && isDirect(channel_id))
      quietly(agents.sessions.setStatus({ channel_id, thread_ts, status }));
  }

  return {
    async show(thread, text) {
      const { channel, root } = parseThread(thread);
      if (root === undefined) return;
      if (!threads.has(thread)) setSession(channel, root, "processing");
      threads.add(thread);
      const status = `is ${text}…`;
      try {
        await callSlack(() => assistant.threads.setStatus({ channel_id: channel, thread_ts: root, status }));
      } catch (error) {
        if (error instanceof RateLimited) throw error;
        log.debug({ err: error }, "slack shows no status");
      }
    },
    end(thread) {
      const { channel, root } = parseThread(thread);
      if (root === undefined || !threads.delete(thread)) return;
      quietly(assistant.threads.setStatus({ channel_id: channel, thread_ts: root, status: "" }));
      setSession(channel, root, "active");
    },
  };
}
