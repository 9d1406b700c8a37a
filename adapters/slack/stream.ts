import type { types, webApi } from "@slack/bolt";
import type { Adapter, LiveMessage, MessageId, PostOptions, ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";
import { type Messages, metadataOf, type Send } from "./messages.ts";
import { hasTable, type SlackMessage } from "./render.ts";

/** What streams need, and what goes on without them. */
export interface Streaming extends Pick<Messages, "post" | "edit"> {
  readonly find: NonNullable<Adapter["find"]>;
  readonly chat: webApi.WebClient["chat"];
  readonly log: Log;
  readonly send: Send;
  /** After this time a message goes on by edits, in milliseconds. */
  readonly lastsMs: number;
}

/** In a channel everybody but one would see a stream's first words alone until it ends: there, edits are better. */
export function mayStream(thread: ThreadId): boolean {
  const { channel, root } = parseThread(thread);
  return isDirect(channel) && root !== undefined;
}

/** Live text in direct messages. */
export const createLive =
  (streaming: Streaming): NonNullable<Adapter<SlackMessage>["live"]> =>
  (thread, options) =>
    mayStream(thread) ? new Stream(streaming, thread, options) : undefined;

/** A message that grows by adding alone, for less than five minutes. When that does not do, it goes on by edits. */
class Stream implements LiveMessage<SlackMessage> {
  readonly posts = true;
  id: MessageId | undefined;
  readonly #streaming: Streaming;
  readonly #thread: ThreadId;
  readonly #options: PostOptions;
  /** What of the text is in the stream; undefined when it is not open. */
  #streamed: string | undefined;
  #endsAt = 0;
  /** Nobody knows whether the message was made. */
  #isUnsure = false;

  constructor(streaming: Streaming, thread: ThreadId, options: PostOptions) {
    this.#streaming = streaming;
    this.#thread = thread;
    this.#options = options;
  }

  async update(message: SlackMessage): Promise<void> {
    const { chat, edit } = this.#streaming;
    const ts = this.id;
    if (ts === undefined) {
      this.id = await this.#begin(message);
      return;
    }
    const { channel } = parseThread(this.#thread);
    const isAdded = await this.#add(message, async (rest) => {
      if (rest !== "") await callSlack(() => chat.appendStream({ channel, ts, markdown_text: rest }));
    });
    if (!isAdded) await edit(this.#thread, ts, message);
  }

  async finish(message: SlackMessage): Promise<MessageId> {
    const { chat, edit, send } = this.#streaming;
    if (this.id === undefined) return await this.#post(message);
    const { channel } = parseThread(this.#thread);
    const end = { channel, ts: this.id, metadata: metadataOf(this.#options.key) };
    const stop = (rest: string): Promise<unknown> =>
      send(message, ({ under }) => chat.stopStream({ ...end, ...filled(rest, under) }));
    if (hasTable(message) || !(await this.#add(message, stop))) await edit(this.#thread, this.id, message);
    return this.id;
  }

  async #begin(message: SlackMessage): Promise<MessageId> {
    const { chat, log, send, lastsMs } = this.#streaming;
    if (!message.grows) return await this.#post(message);
    const { channel, root: thread_ts = "" } = parseThread(this.#thread);
    const place = { channel, thread_ts, markdown_text: message.text };
    try {
      return await this.#make(message, async () => {
        const { ts = "" } = await send(message, ({ speaker }) => chat.startStream({ ...place, ...speaker }));
        this.#streamed = message.text;
        this.#endsAt = performance.now() + lastsMs;
        return ts;
      });
    } catch (error) {
      if (this.#isUnsure) throw error;
      log.debug({ err: error }, "slack starts no stream");
      // Even when it asks to wait: starts are few a minute for a whole workspace, posts are not.
      return await this.#post(message);
    }
  }

  #post(message: SlackMessage): Promise<MessageId> {
    return this.#make(message, () => this.#streaming.post(this.#thread, message, this.#options));
  }

  /** Makes the message, or goes on with the one that was made when nobody heard of it. */
  async #make(message: SlackMessage, call: () => Promise<MessageId>): Promise<MessageId> {
    const { find, edit } = this.#streaming;
    const sought = { ...this.#options, known: [] };
    const made = this.#isUnsure ? await find(this.#thread, sought) : undefined;
    try {
      if (made === undefined) return await call();
    } catch (error) {
      this.#isUnsure = !(error instanceof RateLimited) && slackError(error) === undefined;
      throw error;
    }
    await edit(this.#thread, made, message);
    return made;
  }

  /** False when what the message has more than the stream can't be added to it. */
  async #add(message: SlackMessage, call: (rest: string) => Promise<unknown>): Promise<boolean> {
    const streamed = performance.now() < this.#endsAt ? this.#streamed : undefined;
    this.#streamed = undefined;
    if (streamed === undefined || !message.text.startsWith(streamed)) return false;
    try {
      await call(message.text.slice(streamed.length));
      this.#streamed = message.text;
    } catch (error) {
      this.#streaming.log.debug({ err: error }, "slack takes no more into a stream");
      if (!(error instanceof RateLimited)) return false;
      this.#streamed = streamed;
      throw error;
    }
    return true;
  }
}

/** Slack refuses what is empty. */
const filled = (markdown_text: string, blocks: types.KnownBlock[]) => ({
  ...(markdown_text && { markdown_text }),
  ...(blocks.length > 0 && { blocks }),
});
