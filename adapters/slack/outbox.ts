import type { webApi } from "@slack/bolt";
import type { Adapter, MessageId, PostOptions, ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { createUnlessRefused, type Has } from "../../src/platform/unless-refused.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";
import { uploadFile } from "./files.ts";
import { blocksOf, type SlackMessage, summary } from "./render.ts";
import { createStream } from "./stream.ts";

/** What the bot says. */
export type Outbox = Required<Pick<Adapter<SlackMessage>, "post" | "edit" | "remove" | "live" | "upload">>;

/** Starts the ids of messages that one person alone sees; nobody can change them. */
const fleeting = "private:";
const uploaded = "file:";

/** How long streams are not tried after Slack said it has none here, in milliseconds. */
const refusedForMs = 600_000;

/** What a workspace or the app's installation may lack, by the error that tells. */
const lacking: Readonly<Record<string, "folds" | "speakers">> = {
  invalid_blocks: "folds",
  missing_scope: "speakers",
};

/** `streamLastsMs`: how long a message grows by Slack's stream, in milliseconds. */
export function createOutbox(client: webApi.WebClient, log: Log, streamLastsMs: number): Outbox {
  const { chat } = client;
  const unlessRefused = createUnlessRefused((error) => lacking[slackError(error) ?? ""], log);
  const call = <Result>(request: (has: Has<"folds" | "speakers">) => Promise<Result>): Promise<Result> =>
    unlessRefused((has) => callSlack(() => request(has)));
  let noStreamsUntil = 0;

  const contentOf = (message: SlackMessage, has: Has<"folds">) => ({
    text: summary(message),
    blocks: blocksOf(message, () => has("folds")),
  });

  function speakerOf({ speaker }: SlackMessage, has: Has<"speakers">) {
    if (!speaker || !has("speakers")) return {};
    const { name: username, picture: icon_url } = speaker;
    return icon_url === undefined ? { username } : { username, icon_url };
  }

  async function post(
    thread: ThreadId,
    message: SlackMessage,
    { context, key }: PostOptions,
  ): Promise<MessageId> {
    const where = placeOf(thread);
    if (typeof context === "string") {
      const sent = await call((has) =>
        chat.postEphemeral({ ...where, user: context, ...contentOf(message, has) }),
      );
      return `${fleeting}${sent.message_ts}`;
    }
    const quiet = { unfurl_links: false, unfurl_media: false };
    const { ts = "" } = await call((has) =>
      chat.postMessage({
        ...where,
        ...contentOf(message, has),
        ...speakerOf(message, has),
        ...quiet,
        metadata: metadataOf(key),
      }),
    );
    return ts;
  }

  async function edit(thread: ThreadId, ts: MessageId, message: SlackMessage): Promise<void> {
    if (ts.startsWith(fleeting)) return;
    const { channel } = parseThread(thread);
    const write = () => call((has) => chat.update({ channel, ts, ...contentOf(message, has) }));
    try {
      await write();
    } catch (error) {
      if (slackError(error) !== "streaming_state_conflict") throw error;
      // A stream was left open, maybe by a process that is no more.
      await callSlack(() => chat.stopStream({ channel, ts }));
      await write();
    }
  }

  async function startStream(thread: ThreadId, message: SlackMessage): Promise<MessageId> {
    const { channel, root = "" } = parseThread(thread);
    try {
      const { ts = "" } = await call((has) =>
        chat.startStream({
          channel,
          thread_ts: root,
          markdown_text: message.text,
          ...speakerOf(message, has),
        }),
      );
      return ts;
    } catch (error) {
      // Even when it asks to wait: starts are few a minute for a whole workspace, posts are not.
      const forMs = error instanceof RateLimited ? error.retryAfterMs : slackError(error) ? refusedForMs : 0;
      noStreamsUntil = performance.now() + forMs;
      throw error;
    }
  }

  return {
    post,
    edit,
    live(thread, options) {
      const { channel } = parseThread(thread);
      if (!mayStream(thread) || performance.now() < noStreamsUntil) return undefined;
      return createStream({
        chat,
        channel,
        lastsMs: streamLastsMs,
        log,
        start: (message) => startStream(thread, message),
        end: (ts, message, rest) =>
          call((has) => {
            const { blocks } = contentOf({ ...message, text: "" }, has);
            return chat.stopStream({
              channel,
              ts,
              ...(rest !== "" && { markdown_text: rest }),
              ...(blocks.length > 0 && { blocks }),
              metadata: metadataOf(options.key),
            });
          }),
        post: (message) => post(thread, message, options),
        edit: (ts, message) => edit(thread, ts, message),
      });
    },
    async upload(thread, file, { context }) {
      // No file can be shown to one person alone in a channel: they get it by direct message.
      const text = "Here is the file you asked for.";
      const note =
        context === undefined
          ? undefined
          : await callSlack(() => chat.postMessage({ channel: String(context), text }));
      const where = note ? { channel: note.channel ?? "" } : placeOf(thread);
      return `${uploaded}${await uploadFile(client, where, file)}`;
    },
    async remove(thread, id) {
      const { channel } = parseThread(thread);
      const file = id.slice(uploaded.length);
      if (id.startsWith(uploaded)) await callSlack(() => client.files.delete({ file }));
      else if (!id.startsWith(fleeting)) await callSlack(() => chat.delete({ channel, ts: id }));
    },
  };
}

/** In a channel everybody but one would see a stream's first words alone until it ends: there, edits are better. */
function mayStream(thread: ThreadId): boolean {
  const { channel, root } = parseThread(thread);
  return isDirect(channel) && root !== undefined;
}

function placeOf(thread: ThreadId): { channel: string; thread_ts?: string } {
  const { channel, root } = parseThread(thread);
  return root === undefined ? { channel } : { channel, thread_ts: root };
}

/** Says in the message itself which one it is, so that it can be found again. */
const metadataOf = (key: string) => ({ event_type: "parlance_message", event_payload: { key } });
