import { Routes, type APIMessage, type APIWebhook, type RouteLike } from "discord.js";
import type { MessageId, Speaker } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { shorten } from "../../src/text/shorten.ts";
import type { Api, ApiRequest } from "./api.ts";
import { ofPersona, type Spot } from "./context.ts";
import { codeOf, goneCodes } from "./errors.ts";

/** A webhook that the bot can write by: others show no token. */
type OwnWebhook = APIWebhook & { readonly token: string };

/** Messages under a persona's own name and picture: a channel has one webhook of the bot's for them all. */
export interface Webhooks {
  /** Undefined where the bot must speak as itself. */
  post(spot: Spot, speaker: Speaker, request: ApiRequest): Promise<MessageId | undefined>;
  /** The id of a message, if it is one of these. */
  identify(spot: Spot, message: APIMessage): Promise<MessageId | undefined>;
  /** What a call needs that edits or deletes this message; undefined when it is none of these. */
  reach(id: MessageId): Promise<({ readonly route: RouteLike } & ApiRequest) | undefined>;
}

/** Names that Discord does not let a webhook take. */
const forbiddenName = /discord|clyde|^(?:everyone|here)$/iu;
const longestName = 80;
const sentence =
  "personas can't speak under their own name here: my role needs Manage Webhooks, and the channel room for one more";

/** `isOn`: whether personas speak so; else only what they said before is still reached. */
export function createWebhooks(api: Api, { log, isOn }: { log: Log; isOn: boolean }): Webhooks {
  const known = new Map<string, Promise<OwnWebhook | undefined>>();
  let isTold = false;

  function webhookIn(channel: string): Promise<OwnWebhook | undefined> {
    const webhook = known.get(channel) ?? findOrMake(api, channel).catch(refused);
    known.set(channel, webhook);
    return webhook;

    function refused(err: unknown): undefined {
      if (codeOf(err) === undefined) {
        known.delete(channel);
        throw err;
      }
      if (!isTold) log.warn({ err, channel }, sentence);
      isTold = true;
    }
  }

  return {
    async post(spot, { name, picture }, { body, ...request }) {
      if (!isOn || forbiddenName.test(name)) return undefined;
      const webhook = await webhookIn(spot.parent);
      if (!webhook) return undefined;
      const speaker = { username: shorten(name, longestName), ...(picture && { avatar_url: picture }) };
      const said = { ...(body as object), ...speaker };
      try {
        const route = Routes.webhook(webhook.id, webhook.token);
        const query = queryFor(spot);
        const sent = await api.post<APIMessage>(route, { ...request, body: said, auth: false, query });
        return ofPersona(spot, sent.id);
      } catch (error) {
        if (!goneCodes.includes(codeOf(error))) throw error;
        // Someone deleted the webhook; the next message gets a new one.
        known.delete(spot.parent);
        return undefined;
      }
    },
    async identify(spot, { id, webhook_id: by }) {
      if (!isOn || by === undefined) return undefined;
      return (await webhookIn(spot.parent))?.id === by ? ofPersona(spot, id) : undefined;
    },
    async reach(message) {
      const [kind, parent = "", channel = "", id = ""] = message.split("/");
      if (kind !== "personas") return undefined;
      const webhook = await webhookIn(parent);
      if (!webhook) throw new Error(`the webhook of ${message} can't be used`);
      const route = Routes.webhookMessage(webhook.id, webhook.token, id);
      return { route, auth: false, query: queryFor({ parent, channel }) };
    },
  };
}

async function findOrMake(api: Api, channel: string): Promise<OwnWebhook> {
  const route = Routes.channelWebhooks(channel);
  const me = await api.me();
  const present = await api.get<OwnWebhook[]>(route);
  const own = present.find(({ user, token }) => user?.id === me && token !== undefined);
  return own ?? api.post<OwnWebhook>(route, { body: { name: "Personas" } });
}

function queryFor({ channel, parent }: Spot): URLSearchParams {
  const thread = channel === parent ? {} : { thread_id: channel };
  return new URLSearchParams({ wait: "true", with_components: "true", ...thread });
}
