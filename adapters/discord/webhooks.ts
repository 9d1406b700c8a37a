import {
  RESTJSONErrorCodes,
  RequestMethod,
  Routes,
  type APIMessage,
  type APIWebhook,
  type RouteLike,
} from "discord.js";
import type { MessageId, Speaker } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { shorten } from "../../src/text/shorten.ts";
import type { Api, ApiRequest } from "./api.ts";
import { messageId } from "./context.ts";
import { codeOf, forbiddenCodes, goneCodes } from "./errors.ts";
import type { Spot } from "./threads.ts";

/** A webhook that the bot can write by: others have no token. */
type OwnWebhook = APIWebhook & { readonly token: string };

/** Messages under a persona's own name and picture: each channel has one webhook of the bot's for them. */
export interface Webhooks {
  /** The id of the channel's webhook; undefined where there can't be one. */
  idIn(spot: Spot): Promise<string | undefined>;
  /** Undefined where the bot must speak as itself. */
  post(spot: Spot, speaker: Speaker, request: ApiRequest): Promise<MessageId | undefined>;
  /** What a call needs that edits or deletes such a message. */
  reach(spot: Spot, id: string): Promise<{ readonly route: RouteLike } & ApiRequest>;
}

/** Names that Discord does not let a webhook take. */
const forbiddenName = /discord|clyde|^(?:everyone|here)$/iu;
const longestName = 80;

export function createWebhooks(api: Api, log: Log): Webhooks {
  const known = new Map<string, Promise<OwnWebhook | undefined>>();
  let isTold = false;

  async function findOrMake(channel: string): Promise<OwnWebhook | undefined> {
    const route = Routes.channelWebhooks(channel);
    try {
      const me = await api.me();
      const present = await api.call<APIWebhook[]>(RequestMethod.Get, route);
      const own = present.find(
        (each): each is OwnWebhook => each.user?.id === me && each.token !== undefined,
      );
      return own ?? (await api.call<OwnWebhook>(RequestMethod.Post, route, { body: { name: "Personas" } }));
    } catch (err) {
      const code = codeOf(err);
      if (!forbiddenCodes.includes(code) && code !== RESTJSONErrorCodes.MaximumNumberOfWebhooksReached) {
        known.delete(channel);
        throw err;
      }
      if (!isTold)
        log.warn(
          { err, channel },
          "personas can't speak under their own name here: my role needs Manage Webhooks, and the channel room for one",
        );
      isTold = true;
      return undefined;
    }
  }

  function webhookOf({ parent }: Spot): Promise<OwnWebhook | undefined> {
    const webhook = known.get(parent) ?? findOrMake(parent);
    known.set(parent, webhook);
    return webhook;
  }

  const queryFor = ({ channel, parent }: Spot): URLSearchParams =>
    new URLSearchParams({ with_components: "true", ...(channel !== parent && { thread_id: channel }) });

  async function post(
    spot: Spot,
    { name, picture }: Speaker,
    { body, ...request }: ApiRequest,
  ): Promise<MessageId | undefined> {
    const webhook = await webhookOf(spot);
    if (!webhook || forbiddenName.test(name)) return undefined;
    const query = queryFor(spot);
    query.set("wait", "true");
    const speaker = { username: shorten(name, longestName), ...(picture && { avatar_url: picture }) };
    const sent = await api.call<APIMessage>(RequestMethod.Post, Routes.webhook(webhook.id, webhook.token), {
      ...request,
      body: { ...(body as object), ...speaker },
      auth: false,
      query,
    });
    return messageId(sent.id, { by: "webhook" });
  }

  return {
    idIn: async (spot) => (await webhookOf(spot))?.id,
    async post(spot, speaker, request) {
      try {
        return await post(spot, speaker, request);
      } catch (error) {
        if (!goneCodes.includes(codeOf(error))) throw error;
        // Someone deleted the webhook.
        known.delete(spot.parent);
        return post(spot, speaker, request);
      }
    },
    async reach(spot, id) {
      const webhook = await webhookOf(spot);
      if (!webhook) throw new Error(`the webhook of message ${id} is gone`);
      const route = Routes.webhookMessage(webhook.id, webhook.token, id);
      return { route, auth: false, query: queryFor(spot) };
    },
  };
}
