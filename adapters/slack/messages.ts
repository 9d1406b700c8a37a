import type { types, webApi } from "@slack/bolt";
import type { Adapter, ThreadId } from "../../src/chat.ts";
import { MessageGone } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { createUnlessRefused } from "../../src/platform/unless-refused.ts";
import { callSlack, slackError } from "./call.ts";
import { uploadFile } from "./files.ts";
import { blocksOf, type SlackMessage, summary } from "./render.ts";

/** A message in the best form that this workspace and the app's installation have. */
export interface Look {
  readonly content: { readonly text: string; readonly blocks: types.KnownBlock[] };
  /** What stands under the text. */
  readonly under: types.KnownBlock[];
  /** Whose words they are, where they are not the bot's own. */
  readonly speaker: { readonly username?: string; readonly icon_url?: string };
}

/** Makes a call with a message in its best form, and once more in a plainer one when that may be what Slack wants. */
export type Send = <Result>(message: SlackMessage, call: (look: Look) => Promise<Result>) => Promise<Result>;

/** What may be lacking, by the error that tells. */
const lacking: Readonly<Record<string, "folds" | "speakers">> = {
  invalid_blocks: "folds",
  missing_scope: "speakers",
};

export function createSend(log: Log): Send {
  const unlessRefused = createUnlessRefused((error) => lacking[slackError(error) ?? ""], log);
  return (message, call) =>
    unlessRefused((has) => {
      const folds = (): boolean => has("folds");
      const speaker = message.speaker && has("speakers") ? message.speaker : undefined;
      const look = {
        content: { text: summary(message), blocks: blocksOf(message, folds) },
        under: blocksOf({ ...message, text: "" }, folds),
        speaker: {
          ...(speaker && { username: speaker.name }),
          ...(speaker?.picture !== undefined && { icon_url: speaker.picture }),
        },
      };
      return callSlack(() => call(look));
    });
}

/** Says in the message itself which one it is, so that it can be found again. */
export const metadataOf = (key: string) => ({ event_type: "parlance_message", event_payload: { key } });

/** Starts the ids of messages that one person alone sees; nobody can change them. */
const fleeting = "private:";
const uploaded = "file:";

/** Messages as they are posted and changed. */
export type Messages = Required<Pick<Adapter<SlackMessage>, "post" | "edit" | "remove" | "upload">>;

export function createMessages(client: webApi.WebClient, send: Send): Messages {
  const { postMessage, postEphemeral, update, stopStream, delete: remove } = client.chat;
  return {
    async post(thread, message, { context: user, key }) {
      if (typeof user === "string") {
        // Whoever gave the command sees the channel, and maybe not the thread that it is about.
        const { channel } = parseThread(thread);
        const sent = await send(message, ({ content }) => postEphemeral({ channel, ...content, user }));
        return `${fleeting}${sent.message_ts}`;
      }
      const details = {
        ...placeOf(thread),
        metadata: metadataOf(key),
        unfurl_links: false,
        unfurl_media: false,
      };
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
        const reason = slackError(error);
        if (reason === "message_not_found") throw new MessageGone(reason, { cause: error });
        if (reason !== "streaming_state_conflict") throw error;
        // A stream was left open, maybe by a process that is no more.
        await callSlack(() => stopStream({ channel, ts }));
        await write();
      }
    },
    async remove(thread, id) {
      const { channel } = parseThread(thread);
      const file = id.slice(uploaded.length);
      if (id.startsWith(uploaded)) await callSlack(() => client.files.delete({ file }));
      else if (!id.startsWith(fleeting)) await callSlack(() => remove({ channel, ts: id }));
    },
    async upload(thread, file, { context: user }) {
      if (typeof user !== "string") return uploaded + (await uploadFile(client, placeOf(thread), file));
      // No file can be shown to one person alone in a channel: they get it by direct message.
      const text = "Here is the file you asked for.";
      const { channel = "" } = await callSlack(() => postMessage({ channel: user, text }));
      return uploaded + (await uploadFile(client, { channel }, file));
    },
  };
}

function placeOf(thread: ThreadId): { channel: string; thread_ts?: string } {
  const { channel, root } = parseThread(thread);
  return root === undefined ? { channel } : { channel, thread_ts: root };
}
