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
    mayStream(thread) ? createStream(streaming, { thread, ...options }) : undefined;

/** A message that grows by adding alone, for less than five minutes. When that does not do, it goes on by edits. */
function createStream(
  { chat, log, send, lastsMs, post, edit, find }: Streaming,
  { thread, ...options }: PostOptions & { readonly thread: ThreadId },
): LiveMessage<SlackMessage> {
  const { channel, root: thread_ts = "" } = parseThread(thread);
  let id: MessageId | undefined;
  /** What of the text is in the stream; undefined when it is not open. */
  let streamed: string | undefined;
  let endsAt = 0;
  /** Nobody knows whether it was begun. */
  let isUnsure = false;

  async function start(message: SlackMessage): Promise<MessageId> {
    const begun = isUnsure ? await find(thread, { ...options, known: [] }) : undefined;
    if (begun !== undefined || !message.grows) return begun ?? (await post(thread, message, options));
    const place = { channel, thread_ts, markdown_text: message.text };
    try {
      const { ts = "" } = await send(message, ({ speaker }) => chat.startStream({ ...place, ...speaker }));
      streamed = message.text;
      endsAt = performance.now() + lastsMs;
      return ts;
    } catch (error) {
      isUnsure = !(error instanceof RateLimited) && slackError(error) === undefined;
      if (isUnsure) throw error;
      // Even when it asks to wait: starts are few a minute for a whole workspace, posts are not.
      return await post(thread, message, options);
    }
  }

  /** False when what the message has more than the stream can't be added to it. */
  async function add(message: SlackMessage, call: (rest: string) => Promise<unknown>): Promise<boolean> {
    const more = streamed !== undefined && performance.now() < endsAt && message.text.startsWith(streamed);
    try {
      if (more) await call(message.text.slice(streamed?.length));
      streamed = more ? message.text : undefined;
    } catch (error) {
      if (error instanceof RateLimited) throw error;
      log.debug({ err: error }, "slack ended a stream; the answer goes on by edits");
      streamed = undefined;
    }
    return streamed !== undefined;
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
      const append = async (markdown_text: string): Promise<unknown> =>
        markdown_text && (await callSlack(() => chat.appendStream({ channel, ts, markdown_text })));
      if (!(await add(message, append))) await edit(thread, ts, message);
    },
    async finish(message) {
      if (id === undefined && !isUnsure) return await post(thread, message, options);
      const ts = (id ??= await start({ ...message, grows: false }));
      const stop = (rest: string): Promise<unknown> =>
        send(message, ({ under }) => chat.stopStream({ channel, ts, ...endWith(options.key, rest, under) }));
      if (hasTable(message) || !(await add(message, stop))) await edit(thread, ts, message);
      return ts;
    },
  };
}

/** What a stream ends with; Slack refuses what is empty. */
const endWith = (key: string, markdown_text: string, blocks: types.KnownBlock[]) => ({
  metadata: metadataOf(key),
  ...(markdown_text && { markdown_text }),
  ...(blocks.length > 0 && { blocks }),
});
