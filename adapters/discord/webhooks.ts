import { Routes, type APIMessage, type APIUser, type APIWebhook, type RouteLike } from "discord.js";
import type { MessageId, Speaker } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { believe } from "../../src/platform/believe.ts";
import { shorten } from "../../src/text/shorten.ts";
import type { Api, ApiRequest } from "./api.ts";
import { idByWebhook, messageIdOf, type Spot } from "./context.ts";
import { codeOf, ignoreGone } from "./errors.ts";

/** A webhook that the bot can write by: others show no token. */
type OwnWebhook = APIWebhook & { readonly token: string };

/** Messages under a persona's own name and picture: a channel has one webhook of the bot's for them all. */
export type Webhooks = ReturnType<typeof createWebhooks>;

/** Names that Discord does not let a webhook take. */
const forbiddenName = /discord|clyde|^(?:everyone|here)$/iu;
const longestName = 80;
const believedMs = 60 * 60_000;
const sentence =
  "personas can't speak under their own name here: my role needs Manage Webhooks, and the channel room for one more";

/** `isOn`: whether personas speak so; else only what they said before is still reached. */
export function createWebhooks(api: Api, { log, isOn }: { log: Log; isOn: boolean }) {
  const webhooks = believe(believedMs, (channel) =>
    findOrMake(api, channel).catch((err: unknown) => {
      if (codeOf(err) === undefined) throw err;
      log.warn({ err, channel }, sentence);
      return undefined;
    }),
  );

  return {
    /** Undefined where the bot must speak as itself. */
    async post(spot: Spot, { name, picture }: Speaker, request: ApiRequest): Promise<MessageId | undefined> {
      const webhook = isOn && !forbiddenName.test(name) && (await webhooks.ask(spot.parent));
      if (!webhook) return undefined;
      const speaker = { username: shorten(name, longestName), ...(picture && { avatar_url: picture }) };
      const said = { ...request, ...callIn(spot), body: { ...(request.body as object), ...speaker } };
      const route = Routes.webhook(webhook.id, webhook.token);
      const sent = await api.post<APIMessage>(route, said).catch(ignoreGone);
      // Someone deleted the webhook: the next message gets a new one. Or its thread is not open yet.
      if (!sent) webhooks.forget(spot.parent);
      return sent && messageIdOf(sent);
    },
    /** What a call needs that edits or deletes a message, whoever spoke. */
    async reach(spot: Spot, message: MessageId): Promise<{ readonly route: RouteLike } & ApiRequest> {
      const id = idByWebhook(message);
      if (id === undefined) return { route: Routes.channelMessage(spot.channel, message) };
      const webhook = await webhooks.ask(spot.parent);
      if (!webhook) throw new Error(`the webhook of ${message} can't be used`);
      return { route: Routes.webhookMessage(webhook.id, webhook.token, id), ...callIn(spot) };
    },
  };
}

async function findOrMake(api: Api, channel: string): Promise<OwnWebhook> {
  const route = Routes.channelWebhooks(channel);
  const me = await api.get<APIUser>(Routes.user("@me"));
  const present = await api.get<OwnWebhook[]>(route);
  const own = present.find(({ user, token }) => user?.id === me.id && token !== undefined);
  return own ?? api.post(route, { body: { name: "Personas" } });
}

/** A webhook's token stands in its address. */
function callIn({ channel, parent }: Spot): ApiRequest {
  const thread = channel === parent ? {} : { thread_id: channel };
  const query = new URLSearchParams({ wait: "true", with_components: "true", ...thread });
  return { auth: false, query };
}
