import type { webApi } from "@slack/bolt";
import type { LiveMessage, MessageId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { callSlack } from "./call.ts";
import type { Send } from "./form.ts";
import { hasTable, type SlackMessage } from "./render.ts";

/** Where a stream is, and what goes on without it. */
export interface Streaming {
  readonly chat: webApi.WebClient["chat"];
  readonly log: Log;
  readonly send: Send;
  readonly channel: string;
  /** Slack streams in threads alone. */
  readonly root: string;
  /** What makes it known again. */
  readonly metadata: { readonly event_type: string; readonly event_payload: { readonly key: string } };
  /** After this time the message goes on by edits, in milliseconds. */
  readonly lastsMs: number;
  /** Told why Slack starts no stream. */
  readonly onUnavailable: (error: unknown) => void;
  readonly post: (message: SlackMessage) => Promise<MessageId>;
  /** Ends a stream that is still open, too. */
  readonly edit: (ts: MessageId, message: SlackMessage) => Promise<void>;
}

/**
 * One message that grows by Slack's stream: only by adding, and for less than five minutes. When that does not do, it
 * goes on by edits of the same message.
 */
export function createStream(streaming: Streaming): LiveMessage<SlackMessage> {
  const { chat, log, send, channel, root: thread_ts, metadata, post, edit } = streaming;
  let id: MessageId | undefined;
  /** What of the text is in the stream; undefined when it is not open. */
  let streamed: string | undefined;
  let endsAt = 0;

  async function start(message: SlackMessage): Promise<MessageId> {
    if (!message.grows) return await post(message);
    const markdown_text = message.text;
    const where = { channel, thread_ts, markdown_text };
    try {
      const { ts = "" } = await send(message, ({ speaker }) => chat.startStream({ ...where, ...speaker }));
      streamed = markdown_text;
      endsAt = performance.now() + streaming.lastsMs;
      return ts;
    } catch (error) {
      // Even when it asks to wait: starts are few a minute for a whole workspace, posts are not.
      streaming.onUnavailable(error);
      return await post(message);
    }
  }

  /** False when what the message has more than the stream can't be added to it. */
  async function add(message: SlackMessage, call: (rest: string) => Promise<unknown>): Promise<boolean> {
    if (streamed !== undefined && performance.now() < endsAt && message.text.startsWith(streamed)) {
      try {
        await call(message.text.slice(streamed.length));
        return true;
      } catch (error) {
        if (error instanceof RateLimited) throw error;
        log.debug({ err: error }, "slack ended a stream; the answer goes on by edits");
      }
    }
    streamed = undefined;
    return false;
  }

  return {
    get id() {
      return id;
    },
    async update(message) {
      const ts = id;
      if (ts === undefined) {
        id = await start(message);
        return;
      }
      const append = async (markdown_text: string): Promise<void> => {
        if (markdown_text !== "") await callSlack(() => chat.appendStream({ channel, ts, markdown_text }));
      };
      if (await add(message, append)) streamed = message.text;
      else await edit(ts, message);
    },
    async finish(message) {
      const ts = id;
      if (ts === undefined) return await post(message);
      const stop = (rest: string): Promise<unknown> =>
        send(message, ({ under: blocks }) => {
          const end = { channel, ts, metadata, ...(blocks.length > 0 && { blocks }) };
          return chat.stopStream(rest === "" ? end : { ...end, markdown_text: rest });
        });
      // A stream shows tables as they are written, an edit as tables.
      if (hasTable(message) || !(await add(message, stop))) await edit(ts, message);
      return ts;
    },
  };
}
