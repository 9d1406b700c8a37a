import { createHash } from "node:crypto";
import { RESTJSONErrorCodes, Routes, type APIMessage, type RawFile, type RouteLike } from "discord.js";
import type { Adapter, MessageId, PostOptions, Speaker, ThreadId } from "../../src/chat.ts";
import { MessageGone } from "../../src/errors.ts";
import { remember } from "../../src/platform/remember.ts";
import type { Api, ApiRequest } from "./api.ts";
import type { Clicks } from "./clicks.ts";
import { contextOf, inChannel, type Spot } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";
import { bodyOf, type DiscordMessage, type MessageBody } from "./render.ts";
import type { Locate } from "./threads.ts";
import type { Webhooks } from "./webhooks.ts";

/** What writing needs, and finding what was written. */
export interface Writing {
  readonly api: Api;
  readonly clicks: Clicks;
  readonly locate: Locate;
  readonly webhooks: Webhooks;
}

/** The writing half of the adapter. */
export type Stream = Required<
  Pick<Adapter<DiscordMessage>, "post" | "edit" | "remove" | "status" | "upload">
>;

interface Outgoing {
  readonly body: MessageBody;
  readonly files?: RawFile[];
  readonly persona?: Speaker | undefined;
}

/** Live text on Discord is a message that is edited; the core spaces the edits. */
export function createStream({ api, clicks, locate, webhooks }: Writing): Stream {
  /** Messages that consist of components: they can't become plain text again. */
  const ofComponents = new Map<MessageId, true>();
  function note(id: MessageId, { content }: MessageBody): MessageId {
    if (content === undefined) remember(ofComponents, id, true);
    return id;
  }

  async function send(
    thread: ThreadId,
    { persona, ...request }: Outgoing,
    options: PostOptions,
  ): Promise<MessageId> {
    const { click, onServer, opens } = contextOf(options);
    const answered = click && (await clicks.post(click, options.key, request));
    if (answered !== undefined) return answered;
    const spot = await locate(thread, opens);
    const spoken = persona && onServer ? await webhooks.post(spot, persona, request) : undefined;
    if (spoken !== undefined) return spoken;
    const body = { ...request.body, ...referenceOf(spot, options), ...once(options) };
    const route = Routes.channelMessages(spot.channel);
    const sent = await api.post<APIMessage>(route, { ...request, body, repeatable: true });
    return inChannel(spot.channel, sent.id);
  }

  async function reach(id: MessageId): Promise<{ readonly route: RouteLike } & ApiRequest> {
    return (await webhooks.reach(id)) ?? { route: `/${id}`, auth: id.startsWith("channels/") };
  }

  return {
    async post(thread, message, options) {
      const body = bodyOf(message);
      return note(await send(thread, { body, persona: message.persona }, options), body);
    },
    async edit(_, id, message) {
      const { route, ...request } = await reach(id);
      async function change(body: MessageBody): Promise<void> {
        await api.patch(route, { ...request, body: { content: null, ...body } });
        note(id, body);
      }
      try {
        await change(bodyOf(message, ofComponents.has(id) || undefined));
      } catch (error) {
        if (codeOf(error) === RESTJSONErrorCodes.UnknownMessage)
          throw new MessageGone("the message is gone", { cause: error });
        // It may be of components since before a restart.
        if (codeOf(error) !== RESTJSONErrorCodes.InvalidFormBodyOrContentType) throw error;
        await change(bodyOf(message, true));
      }
    },
    async remove(_, id) {
      const { route, ...request } = await reach(id);
      await api.delete(route, request).catch(ignoreGone);
    },
    async status(thread, _, options) {
      const { click, opens } = contextOf(options);
      // For a command Discord itself shows “is thinking…”, and where the bot may not write it may not type.
      if (click && (click.awaited || !click.mayPost)) return;
      const { channel } = await locate(thread, opens);
      await api.post(Routes.channelTyping(channel), { repeatable: true });
    },
    async upload(thread, file, options) {
      const files = [{ name: file.name, data: file.data, contentType: file.mimeType }];
      return send(thread, { body: bodyOf({ blocks: [], buttons: [] }), files }, options);
    },
  };
}

/** By its nonce Discord takes a message once, however often it is sent. */
function once({ key }: PostOptions): object {
  const nonce = createHash("sha256").update(key).digest("base64url").slice(0, 25);
  return { nonce, enforce_nonce: true };
}

/** A question that opened a thread stands outside of it, and can't be replied to there. */
function referenceOf({ channel }: Spot, { replyTo }: PostOptions): object {
  if (replyTo === undefined || replyTo === channel) return {};
  return { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
}
