import type { types, webApi } from "@slack/bolt";
import type { Adapter, MessageId, PostOptions, ThreadId } from "../../src/chat.ts";
import { RateLimited } from "../../src/errors.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { callSlack, slackError } from "./call.ts";
import { isDirect } from "./decode.ts";
import { uploadFile } from "./files.ts";
import { blocksOf, type SlackMessage, summary } from "./render.ts";
import { StreamedMessage } from "./stream.ts";
import { createWorking } from "./working.ts";

/** What the bot says. */
export type Outbox = Required<
  Pick<Adapter<SlackMessage>, "post" | "edit" | "remove" | "live" | "status" | "upload">
>;

export interface OutboxOptions {
  readonly client: webApi.WebClient;
  readonly log: Log;
  /** How long a message grows by Slack's stream, in milliseconds. */
  readonly streamLastsMs: number;
  /** Who alone sees the answer to an event, by the event's id. */
  readonly privately: ReadonlyMap<string, string>;
}

/** Starts the ids of messages that one person alone sees; nobody can change them. */
const fleeting = "private:";
const uploaded = "file:";

/** How long streams are not tried after Slack said it has none here, in milliseconds. */
const refusedForMs = 600_000;

export function createOutbox({ client, log, streamLastsMs, privately }: OutboxOptions): Outbox {
  const { postMessage, postEphemeral, update, delete: remove } = client.chat;
  const { blocksUnder, named, send } = createForm(log);
  const working = createWorking(client, log);
  let noStreamsUntil = 0;

  async function post(thread: ThreadId, message: SlackMessage, { cause }: PostOptions): Promise<MessageId> {
    const { channel, root } = parseThread(thread);
    const where = { channel, ...(root !== undefined && { thread_ts: root }) };
    const user = privately.get(cause);
    if (user !== undefined) {
      const sent = await send(message, (look) => postEphemeral({ ...where, user, ...look }));
      return `${fleeting}${sent.message_ts}`;
    }
    const quiet = { unfurl_links: false, unfurl_media: false };
    const { ts = "" } = await send(message, (look) =>
      postMessage({ ...where, ...look, ...named(message), ...quiet }),
    );
    if (message.finished) working.end(thread);
    return ts;
  }

  async function edit(thread: ThreadId, ts: MessageId, message: SlackMessage): Promise<void> {
    if (ts.startsWith(fleeting)) return;
    const { channel } = parseThread(thread);
    await send(message, (look) => update({ channel, ts, ...look }));
    if (message.finished) working.end(thread);
  }

  /** In a channel everybody but one would see a stream's first words alone until it ends: there, edits are better. */
  function live(thread: ThreadId, options: PostOptions): StreamedMessage | undefined {
    const { channel, root } = parseThread(thread);
    if (!isDirect(channel) || root === undefined || performance.now() < noStreamsUntil) return undefined;
    const place = { client, log, channel, root, lastsMs: streamLastsMs };
    return new StreamedMessage({
      ...place,
      named,
      post: (message) => post(thread, message, options),
      edit: (ts, message) => edit(thread, ts, message),
      blocksUnder,
      onFinished: () => working.end(thread),
      onUnavailable(error) {
        const forMs =
          error instanceof RateLimited ? error.retryAfterMs : slackError(error) ? refusedForMs : 0;
        noStreamsUntil = performance.now() + forMs;
      },
    });
  }

  return {
    post,
    edit,
    live,
    status: (thread, text) => working.show(thread, text),
    upload: async (thread, file) => `${uploaded}${await callSlack(() => uploadFile(client, thread, file))}`,
    async remove(thread, id) {
      const { channel } = parseThread(thread);
      const file = id.slice(uploaded.length);
      if (id.startsWith(uploaded)) await callSlack(() => client.files.delete({ file }));
      else if (!id.startsWith(fleeting)) await callSlack(() => remove({ channel, ts: id }));
    },
  };
}

/** How messages look: in their best form, until it turns out what this workspace or the app's installation lacks. */
function createForm(log: Log) {
  let folding = true;
  let customNames = true;
  const look = (message: SlackMessage) => ({ text: summary(message), blocks: blocksOf(message, folding) });

  function simplify(message: SlackMessage, reason: string | undefined): boolean {
    const folds = folding && message.tail.some(({ type }) => type === "fold");
    const isNamed = customNames && message.persona !== undefined;
    if (reason === "invalid_blocks" && folds) folding = false;
    else if (reason === "missing_scope" && isNamed) customNames = false;
    else return false;
    log.info({ reason }, "slack refused a message; it gets a plainer form");
    return true;
  }

  return {
    blocksUnder: (message: SlackMessage): types.KnownBlock[] => blocksOf({ ...message, text: "" }, folding),
    named: ({ persona }: SlackMessage): { username?: string } =>
      persona === undefined || !customNames ? {} : { username: persona },
    /** Calls once more, in a plainer form, when that may be what Slack wants. */
    send: async <Result>(
      message: SlackMessage,
      call: (content: ReturnType<typeof look>) => Promise<Result>,
    ): Promise<Result> => {
      try {
        return await callSlack(() => call(look(message)));
      } catch (error) {
        if (!simplify(message, slackError(error))) throw error;
        return await callSlack(() => call(look(message)));
      }
    },
  };
}
