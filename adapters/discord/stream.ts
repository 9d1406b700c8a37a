import { randomBytes } from "node:crypto";
import { Routes, type APIMessage, type RawFile, type REST, type RouteLike } from "discord.js";
import type { Adapter, MessageId, PostOptions, ThreadId } from "../../src/chat.ts";
import { calling, codeOf, goneCodes, twiceIfDropped } from "./errors.ts";
import type { Interactions } from "./interactions.ts";
import { bodyOf, type DiscordMessage, type MessageBody } from "./render.ts";
import type { FindChannel } from "./threads.ts";

/** What writing needs. */
export interface StreamOptions {
  readonly rest: REST;
  readonly interactions: Interactions;
  readonly findChannel: FindChannel;
}

/** The writing half of the adapter. */
export type Stream = Required<
  Pick<Adapter<DiscordMessage>, "post" | "edit" | "remove" | "status" | "upload">
>;

/** Live text on Discord is a message that is edited; the core spaces the edits. */
export function createStream({ rest, interactions, findChannel }: StreamOptions): Stream {
  /** By its nonce Discord takes a message once, however often it is sent: a repeated call has the same one. */
  const nonces = new WeakMap<object, string>();
  function nonceOf(sent: object): string {
    const nonce = nonces.get(sent) ?? randomBytes(12).toString("base64url");
    nonces.set(sent, nonce);
    return nonce;
  }

  async function send(
    thread: ThreadId,
    sent: object,
    { body, files = [] }: { body: MessageBody; files?: RawFile[] },
    options: PostOptions,
  ): Promise<MessageId> {
    const channel = await findChannel(thread);
    const reply = replyTo(channel, options);
    const request = { body: { ...body, ...reply, nonce: nonceOf(sent), enforce_nonce: true }, files };
    const message = await calling<APIMessage>(() =>
      twiceIfDropped(() => rest.post(Routes.channelMessages(channel), request)),
    );
    return message.id;
  }

  /** Where a message is edited: in its channel, or by the token of the command that it answers. */
  async function reach(thread: ThreadId, id: MessageId): Promise<{ fullRoute: RouteLike; auth: boolean }> {
    const route = interactions.routeTo(id);
    if (route) return { fullRoute: route, auth: false };
    return { fullRoute: Routes.channelMessage(await findChannel(thread), id), auth: true };
  }

  return {
    async post(thread, message, options) {
      const body = bodyOf(message);
      return (await interactions.post(options.cause, body)) ?? send(thread, message, { body }, options);
    },
    async edit(thread, id, message) {
      const request = { body: bodyOf(message), ...(await reach(thread, id)) };
      await calling(() => twiceIfDropped(() => rest.patch(request.fullRoute, request)));
    },
    async remove(thread, id) {
      const request = await reach(thread, id);
      try {
        await calling(() => rest.delete(request.fullRoute, request));
      } catch (error) {
        if (!goneCodes.includes(codeOf(error))) throw error;
      }
    },
    async status(thread, _, { cause }) {
      // For a command Discord itself shows “is thinking…” until the answer comes.
      if (interactions.isAwaited(cause)) return;
      const channel = await findChannel(thread);
      await calling(() => rest.post(Routes.channelTyping(channel)));
    },
    async upload(thread, file, options) {
      const files = [{ name: file.name, data: file.data, contentType: file.mimeType }];
      return send(thread, file, { body: bodyOf({ content: "", buttons: [] }), files }, options);
    },
  };
}

/** A question that opened a thread stands outside of it, and can't be replied to there. */
function replyTo(channel: string, { replyTo }: PostOptions): object {
  if (replyTo === undefined || replyTo === channel) return {};
  return { message_reference: { message_id: replyTo, fail_if_not_exists: false } };
}
