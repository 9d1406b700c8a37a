import type { webApi } from "@slack/bolt";
import type { Inbound, ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";

/** That the bot is at work: Slack's status in words and, in direct messages, its stop button. */
export interface Working {
  /** `cause`: the event that it works on. */
  show(thread: ThreadId, text: string, cause: string): Promise<void>;
  /** Takes both back: Slack takes the status back at a post but not at an edit, the button never. */
  end(inbound: Inbound): void;
}

export function createWorking({ assistant, agents }: webApi.WebClient, log: Log): Working {
  const causes = new Map<ThreadId, string>();
  let isAgent = true;

  /** Nice to have, and never worth waiting or failing for. */
  const quietly = async (call: () => Promise<unknown>): Promise<void> => {
    try {
      await callSlack(call);
    } catch (error) {
      if (["not_agent_app", "missing_scope"].includes(slackError(error) ?? "")) isAgent = false;
      log.debug({ err: error }, "slack shows no status");
    }
  };

  function setSession(channel_id: string, thread_ts: string, status: "processing" | "active"): void {
    if (isAgent && isDirect(channel_id))
      void quietly(() => agents.sessions.setStatus({ channel_id, thread_ts, status }));
  }

  return {
    async show(thread, text, cause) {
      const { channel, root } = parseThread(thread);
      if (root === undefined) return;
      if (!causes.has(thread)) setSession(channel, root, "processing");
      causes.set(thread, cause);
      const status = { channel_id: channel, thread_ts: root, status: `is ${text}…` };
      try {
        await callSlack(() => assistant.threads.setStatus(status));
      } catch (error) {
        if (error instanceof RateLimited) throw error;
        log.debug({ err: error }, "slack shows no status");
      }
    },
    end({ thread, id }) {
      const { channel, root } = parseThread(thread);
      if (root === undefined || causes.get(thread) !== id) return;
      causes.delete(thread);
      void quietly(() => assistant.threads.setStatus({ channel_id: channel, thread_ts: root, status: "" }));
      setSession(channel, root, "active");
    },
  };
}
