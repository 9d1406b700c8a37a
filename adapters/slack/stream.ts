import type { webApi } from "@slack/bolt";
import type { LiveMessage, MessageId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { callSlack } from "./call.ts";
import { hasTable, type SlackMessage } from "./render.ts";

/** How a stream is written, and what goes on without it. */
export interface Streaming {
  readonly chat: webApi.WebClient["chat"];
  readonly channel: string;
  /** After this time the message goes on by edits, in milliseconds. */
  readonly lastsMs: number;
  readonly log: Log;
  /** Begins a stream; rejects when Slack has none here. */
  start(message: SlackMessage): Promise<MessageId>;
  /** Ends it, with the rest of the text and what stands under it. */
  end(ts: MessageId, message: SlackMessage, rest: string): Promise<unknown>;
  post(message: SlackMessage): Promise<MessageId>;
  /** Ends a stream that is still open, too. */
  edit(ts: MessageId, message: SlackMessage): Promise<void>;
}

/**
 * One message that grows by Slack's stream: only by adding, and for less than five minutes. When that does not do, it
 * goes on by edits of the same message.
 */
export function createStream(streaming: Streaming): LiveMessage<SlackMessage> {
  const { chat, channel, lastsMs, log, post, edit } = streaming;
  let id: MessageId | undefined;
  /** What of the text is in the stream; undefined when it is not open. */
  let streamed: string | undefined;
  let endsAt = 0;

  async function begin(message: SlackMessage): Promise<void> {
    if (message.grows) {
      try {
        id = await streaming.start(message);
        streamed = message.text;
        endsAt = performance.now() + lastsMs;
        return;
      } catch (error) {
        log.debug({ err: error }, "slack starts no stream");
      }
    }
    id = await post(message);
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
      if (id === undefined) return await begin(message);
      const ts = id;
      const grown = await add(message, async (rest) => {
        if (rest !== "") await callSlack(() => chat.appendStream({ channel, ts, markdown_text: rest }));
      });
      if (grown) streamed = message.text;
      else await edit(ts, message);
    },
    async finish(message) {
      if (id === undefined) return await post(message);
      const ts = id;
      // A stream shows tables as they are written, an edit as tables.
      const ended = !hasTable(message) && (await add(message, (rest) => streaming.end(ts, message, rest)));
      if (!ended) await edit(ts, message);
      return ts;
    },
  };
}
