import type { types, webApi } from "@slack/bolt";
import type { LiveMessage, MessageId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { callSlack } from "./call.ts";
import type { SlackMessage } from "./render.ts";

/** Where a stream is, and what goes on without it. */
export interface Streaming {
  readonly client: webApi.WebClient;
  readonly channel: string;
  /** Slack streams in threads alone. */
  readonly root: string;
  /** After this time the message goes on by edits, in milliseconds. */
  readonly lastsMs: number;
  readonly named: (message: SlackMessage) => { readonly username?: string };
  readonly blocksUnder: (message: SlackMessage) => types.KnownBlock[];
  readonly post: (message: SlackMessage) => Promise<MessageId>;
  readonly edit: (ts: MessageId, message: SlackMessage) => Promise<void>;
  /** Told why Slack starts no stream. */
  readonly onUnavailable: (error: unknown) => void;
  /** Told when a finished answer's last message stands. */
  readonly onFinished: () => void;
  readonly log: Log;
}

/**
 * One message that grows by Slack's stream: only by adding, and for less than five minutes. When that does not do, it
 * goes on by edits of the same message.
 */
export class StreamedMessage implements LiveMessage<SlackMessage> {
  readonly #streaming: Streaming;
  #ts: MessageId | undefined;
  /** What of the text is in the stream; undefined when it is not open. */
  #streamed: string | undefined;
  #before = "";
  #endsAt = 0;

  constructor(streaming: Streaming) {
    this.#streaming = streaming;
  }

  async update(message: SlackMessage): Promise<void> {
    if (this.#ts === undefined) return await this.#begin(message);
    if (this.#streamed !== undefined) {
      if (performance.now() < this.#endsAt && (await this.#append(this.#streamed, message))) return;
      await this.#end(this.#streamed);
    }
    await this.#streaming.edit(this.#ts, message);
  }

  async finish(message: SlackMessage): Promise<MessageId> {
    if (this.#ts === undefined) return await this.#streaming.post(message);
    if (this.#streamed !== undefined) {
      const inTime = performance.now() < this.#endsAt && message.text.startsWith(this.#streamed);
      if (await this.#end(this.#streamed, inTime ? message : undefined)) {
        if (message.finished) this.#streaming.onFinished();
        return this.#ts;
      }
    }
    await this.#streaming.edit(this.#ts, message);
    return this.#ts;
  }

  async #begin(message: SlackMessage): Promise<void> {
    const { client, channel, root, named, lastsMs, post, onUnavailable } = this.#streaming;
    this.#before = message.text;
    const text = message.grows ? message.text : "";
    const opening = { ...(text !== "" && { markdown_text: text }), ...named(message) };
    try {
      const { ts } = await callSlack(() => client.chat.startStream({ channel, thread_ts: root, ...opening }));
      this.#ts = ts;
      this.#streamed = text;
      this.#endsAt = performance.now() + lastsMs;
    } catch (error) {
      // Even when it asks to wait: starts are few a minute for a whole workspace, posts are not.
      onUnavailable(error);
      this.#ts = await post(message);
    }
  }

  /** Adds what is there to stay. False when that can't be done by adding. */
  async #append(streamed: string, message: SlackMessage): Promise<boolean> {
    const { client, channel } = this.#streaming;
    const text = message.grows ? message.text : commonStart(this.#before, message.text);
    this.#before = message.text;
    if (streamed.startsWith(text)) return true;
    if (!text.startsWith(streamed)) return false;
    const markdown_text = text.slice(streamed.length);
    if (!(await this.#tell((ts) => client.chat.appendStream({ channel, ts, markdown_text })))) return false;
    this.#streamed = text;
    return true;
  }

  /** Ends the stream, with what the message has more than it; false when that has to be told by an edit. */
  async #end(streamed: string, message?: SlackMessage): Promise<boolean> {
    const { client, channel, blocksUnder } = this.#streaming;
    const markdown_text = message?.text.slice(streamed.length) || undefined;
    const blocks = message ? blocksUnder(message) : [];
    const rest = {
      ...(markdown_text !== undefined && { markdown_text }),
      ...(blocks.length > 0 && { blocks }),
    };
    const ended = await this.#tell((ts) => client.chat.stopStream({ channel, ts, ...rest }));
    if (!ended && message) await this.#end(streamed);
    this.#streamed = undefined;
    return ended && message !== undefined;
  }

  /** False when Slack has closed the stream, or refuses what should go into it. */
  async #tell(call: (ts: MessageId) => Promise<unknown>): Promise<boolean> {
    try {
      await callSlack(() => call(this.#ts ?? ""));
      return true;
    } catch (error) {
      if (error instanceof RateLimited) throw error;
      this.#streaming.log.debug({ err: error }, "slack ended a stream; the answer goes on by edits");
      return false;
    }
  }
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return b.slice(0, length);
}
