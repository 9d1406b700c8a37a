import type { webApi } from "@slack/bolt";
import type { Adapter, ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";
import { uploadFile } from "./files.ts";
import { createSend, type Send } from "./form.ts";
import type { SlackMessage } from "./render.ts";
import { createStream } from "./stream.ts";

/** What the bot says. */
export type Outbox = Required<Pick<Adapter<SlackMessage>, "post" | "edit" | "remove" | "live" | "upload">>;

/** Starts the ids of messages that one person alone sees; nobody can change them. */
const fleeting = "private:";
const uploaded = "file:";

/** How long streams are not tried after Slack said it has none here, in milliseconds. */
const refusedForMs = 600_000;

/** `streamLastsMs`: how long a message grows by Slack's stream, in milliseconds. */
export function createOutbox(client: webApi.WebClient, log: Log, streamLastsMs: number): Outbox {
  const { chat } = client;
  const { postMessage } = chat;
  const send = createSend(log);
  const written = createWritten(client, send);
  let noStreamsUntil = 0;

  return {
    ...written,
    live(thread, options) {
      const { channel, root } = parseThread(thread);
      if (!mayStream(thread) || root === undefined || performance.now() < noStreamsUntil) return undefined;
      return createStream({
        chat,
        log,
        send,
        channel,
        root,
        metadata: metadataOf(options.key),
        lastsMs: streamLastsMs,
        post: (message) => written.post(thread, message, options),
        edit: (ts, message) => written.edit(thread, ts, message),
        onUnavailable(error) {
          log.debug({ err: error }, "slack starts no stream");
          const asked = error instanceof RateLimited ? error.retryAfterMs : 0;
          noStreamsUntil = performance.now() + (slackError(error) ? refusedForMs : asked);
        },
      });
    },
    async upload(thread, file, { context }) {
      if (typeof context !== "string") return uploaded + (await uploadFile(client, placeOf(thread), file));
      // No file can be shown to one person alone in a channel: they get it by direct message.
      const text = "Here is the file you asked for.";
      const { channel = "" } = await callSlack(() => postMessage({ channel: context, text }));
      return uploaded + (await uploadFile(client, { channel }, file));
    },
    async remove(thread, id) {
      const { channel } = parseThread(thread);
      const file = id.slice(uploaded.length);
      if (id.startsWith(uploaded)) await callSlack(() => client.files.delete({ file }));
      else if (!id.startsWith(fleeting)) await callSlack(() => chat.delete({ channel, ts: id }));
    },
  };
}

/** Messages as they are posted and edited. */
function createWritten({ chat }: webApi.WebClient, send: Send): Pick<Outbox, "post" | "edit"> {
  const { postMessage, postEphemeral, update, stopStream } = chat;
  return {
    async post(thread, message, { context: user, key }) {
      const where = placeOf(thread);
      if (typeof user === "string") {
        const sent = await send(message, ({ content }) => postEphemeral({ ...where, ...content, user }));
        return `${fleeting}${sent.message_ts}`;
      }
      const details = { ...where, metadata: metadataOf(key), unfurl_links: false, unfurl_media: false };
      const { ts = "" } = await send(message, ({ content, speaker }) =>
        postMessage({ ...details, ...content, ...speaker }),
      );
      return ts;
    },
    async edit(thread, ts, message) {
      if (ts.startsWith(fleeting)) return;
      const { channel } = parseThread(thread);
      const write = () => send(message, ({ content }) => update({ channel, ts, ...content }));
      try {
        await write();
      } catch (error) {
        if (slackError(error) !== "streaming_state_conflict") throw error;
        // A stream was left open, maybe by a process that is no more.
        await callSlack(() => stopStream({ channel, ts }));
        await write();
      }
    },
  };
}

/** In a channel everybody but one would see a stream's first words alone until it ends: there, edits are better. */
export function mayStream(thread: ThreadId): boolean {
  const { channel, root } = parseThread(thread);
  return isDirect(channel) && root !== undefined;
}

function placeOf(thread: ThreadId): { channel: string; thread_ts?: string } {
  const { channel, root } = parseThread(thread);
  return root === undefined ? { channel } : { channel, thread_ts: root };
}

/** Says in the message itself which one it is, so that it can be found again. */
const metadataOf = (key: string) => ({ event_type: "parlance_message", event_payload: { key } });
