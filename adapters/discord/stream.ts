import { createHash } from "node:crypto";
import { RESTJSONErrorCodes, Routes, type APIMessage } from "discord.js";
import type { Adapter, MessageId, PostOptions, Speaker, ThreadId } from "../../src/chat.ts";
import type { Api, ApiRequest } from "./api.ts";
import type { Clicks } from "./clicks.ts";
import { contextOf, type Spot, spotOf } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";
import { createForms } from "./forms.ts";
import { bodyOf, type DiscordMessage, type MessageBody } from "./render.ts";
import type { Webhooks } from "./webhooks.ts";

/** The writing half of the adapter. */
type Stream = Required<Pick<Adapter<DiscordMessage>, "post" | "edit" | "remove" | "status" | "upload">>;

/** What is written, and who speaks. */
type Outgoing = ApiRequest & { readonly body: MessageBody; readonly persona?: Speaker | undefined };

/** A day without a message, and Discord folds the thread away. */
const archiveAfterMinutes = 1440;

/** Live text on Discord is a message that is edited; the core spaces the edits. */
export function createStream(api: Api, clicks: Clicks, webhooks: Webhooks): Stream {
  const forms = createForms();

  async function send(thread: ThreadId, outgoing: Outgoing, options: PostOptions): Promise<MessageId> {
    const { persona, ...request } = outgoing;
    const { click, onServer, opens } = contextOf(options);
    const answered = click && (await clicks.post(click, options.key, request));
    if (answered !== undefined) return answered;
    const spot = spotOf(thread);
    async function post(): Promise<MessageId> {
      const spoken = persona && onServer ? await webhooks.post(spot, persona, request) : undefined;
      if (spoken !== undefined) return spoken;
      const body = { ...request.body, ...referenceOf(spot, options), ...once(options.key) };
      const route = Routes.channelMessages(spot.channel);
      return (await api.post<APIMessage>(route, { ...request, body, repeatable: true })).id;
    }
    return post().catch(async (error: unknown) => {
      if (opens === undefined || codeOf(error) !== RESTJSONErrorCodes.UnknownChannel) throw error;
      await openThread(api, spot, opens);
      return post();
    });
  }

  return {
    async post(thread, message, options) {
      const body = bodyOf(message);
      const id = await send(thread, { body, persona: message.persona }, options);
      forms.note(id, body);
      return id;
    },
    async edit(thread, id, message) {
      const { route, ...request } = await webhooks.reach(spotOf(thread), id);
      await forms.edit(id, message, {
        read: () => api.get(route, request),
        write: (body) => api.patch(route, { ...request, body: { content: null, ...body } }),
      });
    },
    async remove(thread, id) {
      const { route, ...request } = await webhooks.reach(spotOf(thread), id);
      await api.delete(route, request).catch(ignoreGone);
    },
    async status(thread, _, options) {
      const { click, opens } = contextOf(options);
      // For a command Discord itself shows “is thinking…”.
      if (click) return;
      const { channel, parent } = spotOf(thread);
      // A question's own thread is opened by the answer.
      const where = opens === undefined ? channel : parent;
      await api.post(Routes.channelTyping(where), { repeatable: true });
    },
    async upload(thread, file, options) {
      const files = [{ name: file.name, data: file.data, contentType: file.mimeType }];
      return send(thread, { body: bodyOf({ blocks: [], buttons: [] }), files }, options);
    },
  };
}

/** Opens a thread on a question, unless there is one. */
async function openThread(api: Api, { parent, channel: question }: Spot, name: string): Promise<void> {
  const body = { name, auto_archive_duration: archiveAfterMinutes };
  await api.post(Routes.threads(parent, question), { body, repeatable: true }).catch((error: unknown) => {
    if (codeOf(error) !== RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) throw error;
  });
}

/** By its nonce Discord takes a message once, however often it is sent. */
const once = (key: string): object => ({
  nonce: createHash("sha256").update(key).digest("base64url").slice(0, 25),
  enforce_nonce: true,
});

/** A question that opened a thread stands outside of it, and can't be replied to there. */
function referenceOf({ channel }: Spot, { replyTo }: PostOptions): object {
  if (replyTo === undefined || replyTo === channel) return {};
  return { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
}
