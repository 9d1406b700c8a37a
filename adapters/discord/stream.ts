import { createHash } from "node:crypto";
import {
  RESTJSONErrorCodes,
  RequestMethod,
  Routes,
  type APIMessage,
  type RawFile,
  type RouteLike,
} from "discord.js";
import type { Adapter, MessageId, PostOptions, SoughtMessage, Speaker, ThreadId } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import type { Api, ApiRequest } from "./api.ts";
import type { Clicks } from "./clicks.ts";
import { contextOf, messageId, parseMessageId } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";
import { bodyOf, type DiscordMessage, type MessageBody } from "./render.ts";
import type { Locate, Spot } from "./threads.ts";
import type { Webhooks } from "./webhooks.ts";

/** What writing needs. */
export interface StreamOptions {
  readonly api: Api;
  readonly clicks: Clicks;
  readonly locate: Locate;
  /** Left out where personas speak in the bot's name. */
  readonly webhooks?: Webhooks;
}

/** The writing half of the adapter. */
export type Stream = Required<
  Pick<Adapter<DiscordMessage>, "post" | "edit" | "remove" | "status" | "upload" | "find">
>;

interface Outgoing {
  readonly body: MessageBody;
  readonly files?: RawFile[];
  readonly persona?: Speaker | undefined;
}

/** Live text on Discord is a message that is edited; the core spaces the edits. */
export function createStream({ api, clicks, locate, webhooks }: StreamOptions): Stream {
  /** Messages that consist of components, for they can't become plain text again. */
  const ofComponents = new Map<MessageId, true>();

  async function send(
    thread: ThreadId,
    { persona, ...request }: Outgoing,
    options: PostOptions,
  ): Promise<MessageId> {
    const { click, onServer, opens } = contextOf(options);
    const answered = click && (await clicks.post(click, options.key, request));
    if (answered !== undefined) return answered;
    const spot = await locate(thread, opens);
    const spoken = persona && onServer && (await webhooks?.post(spot, persona, request));
    if (spoken !== undefined && spoken !== false) return spoken;
    const once = { nonce: nonceOf(options), enforce_nonce: true };
    const sent = await api.call<APIMessage>(RequestMethod.Post, Routes.channelMessages(spot.channel), {
      ...request,
      body: { ...request.body, ...referenceOf(spot, options), ...once },
      repeatable: true,
    });
    return idIn(thread, spot, sent.id);
  }

  /** What a call needs that edits or deletes a message. */
  async function reach(
    thread: ThreadId,
    message: MessageId,
  ): Promise<{ readonly route: RouteLike } & ApiRequest> {
    const { id, way } = parseMessageId(message);
    if (way?.by === "token")
      return { route: Routes.webhookMessage(way.application, way.token, id), auth: false };
    const spot = await locate(thread);
    if (way?.by === "webhook" && webhooks) return webhooks.reach(spot, id);
    return { route: Routes.channelMessage(way?.by === "channel" ? way.channel : spot.channel, id) };
  }

  /** The messages after an event, the oldest first; none when there is no such channel. */
  async function messagesAfter(channel: string, event: string): Promise<readonly APIMessage[]> {
    const query = new URLSearchParams({ after: event, limit: "100" });
    try {
      const found = api.call<APIMessage[]>(RequestMethod.Get, Routes.channelMessages(channel), { query });
      return (await found).toReversed();
    } catch (error) {
      if (codeOf(error) === RESTJSONErrorCodes.UnknownChannel) return [];
      throw error;
    }
  }

  /** Nonces are known to Discord for some minutes only, and never shown: what stands there tells. */
  async function findIn(thread: ThreadId, spot: Spot, sought: SoughtMessage): Promise<MessageId | undefined> {
    const { replyTo, cause, known } = sought;
    const me = await api.me();
    const webhook = await webhooks?.idIn(spot);
    const [event = ""] = (replyTo ?? cause).split(":");
    const unknown = (await messagesAfter(spot.channel, event)).filter(
      ({ id }) => !known.some((each) => parseMessageId(each).id === id),
    );
    const own = unknown.filter(({ author }) => author.id === me);
    const repliedTo = ({ message_reference: reference }: APIMessage) => reference?.message_id;
    const found =
      own.find((message) => replyTo !== undefined && repliedTo(message) === replyTo) ??
      own.find((message) => repliedTo(message) === undefined);
    if (found) return idIn(thread, spot, found.id);
    const spoken = webhook && unknown.find(({ webhook_id: id }) => id === webhook);
    return spoken ? messageId(spoken.id, { by: "webhook" }) : undefined;
  }

  return {
    post: async (thread, message, options) =>
      send(thread, { body: bodyOf(message), persona: message.persona }, options),
    async edit(thread, id, message) {
      const { route, ...request } = await reach(thread, id);
      async function change(body: MessageBody): Promise<void> {
        await api.call(RequestMethod.Patch, route, { ...request, body: { content: null, ...body } });
        if (body.content === undefined) remember(ofComponents, id, true);
      }
      try {
        await change(bodyOf(message, ofComponents.has(id) || undefined));
      } catch (error) {
        // It may be of components since before a restart.
        if (codeOf(error) !== RESTJSONErrorCodes.InvalidFormBodyOrContentType) throw error;
        await change(bodyOf(message, true));
      }
    },
    async remove(thread, id) {
      const { route, ...request } = await reach(thread, id);
      await api.call(RequestMethod.Delete, route, request).catch(ignoreGone);
    },
    async status(thread, _, options) {
      const { click, opens } = contextOf(options);
      // For a command Discord itself shows “is thinking…” until the answer comes.
      if (click?.awaited === true) return;
      const { channel } = await locate(thread, opens);
      await api.call(RequestMethod.Post, Routes.channelTyping(channel), { repeatable: true });
    },
    async upload(thread, file, options) {
      const files = [{ name: file.name, data: file.data, contentType: file.mimeType }];
      return send(thread, { body: bodyOf({ blocks: [], buttons: [] }), files }, options);
    },
    async find(thread, sought) {
      const { click, opens } = contextOf(sought);
      const answered = click && (await clicks.find(click, sought.key));
      if (answered !== undefined) return answered;
      const spot = await locate(thread);
      const found = await findIn(thread, spot, sought);
      if (found !== undefined || opens === undefined) return found;
      // The thread may have been refused.
      return findIn(thread, { ...spot, channel: spot.parent }, sought);
    },
  };
}

/** By its nonce Discord takes a message once, however often it is sent. */
const nonceOf = ({ key }: PostOptions): string =>
  createHash("sha256").update(key).digest("base64url").slice(0, 25);

/** A message that stands in the channel, as its thread was refused, says so itself. */
function idIn(thread: ThreadId, { channel, parent }: Spot, id: string): MessageId {
  const isElsewhere = channel === parent && thread.split(":").length > 2;
  return messageId(id, isElsewhere ? { by: "channel", channel } : undefined);
}

/** A question that opened a thread stands outside of it, and can't be replied to there. */
function referenceOf({ channel }: Spot, { replyTo }: PostOptions): object {
  if (replyTo === undefined || replyTo === channel) return {};
  return { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
}
