import type { APIUser, APIWebhook } from "discord-api-types/v10";
import { Refusal } from "./limits.ts";
import type { Call, Route } from "./rest.ts";
import { demand, type RouteOptions, type Rooms } from "./rooms.ts";
import type { Stored } from "./world.ts";

/** Webhooks of channels, by which an application's personas speak. */
export function webhookRoutes(options: RouteOptions, { room, find, create, change }: Rooms): Route[] {
  const { world, application } = options;
  const webhook = ({ params: [id = "", token] }: Call) => {
    const found = world.webhooks.get(id);
    if (!found || found.token !== token) throw new Refusal(404, 10015, "Unknown Webhook");
    return found;
  };
  /** A message of this webhook, in the thread that the query names. */
  const target = (call: Call): Stored => {
    const stored = find(call.params[2]);
    const thread = call.query.get("thread_id") ?? webhook(call).channel_id;
    if (stored.message.webhook_id !== webhook(call).id || stored.room.id !== thread)
      throw new Refusal(404, 10008, "Unknown Message");
    return stored;
  };
  return [
    {
      method: "GET",
      path: "/channels/:channel/webhooks",
      run({ params }) {
        demand(world, "webhooks");
        return [...world.webhooks.values()].filter(({ channel_id: channel }) => channel === params[0]);
      },
    },
    {
      method: "POST",
      path: "/channels/:channel/webhooks",
      run({ params, body }) {
        demand(world, "webhooks");
        const { id: channel_id } = room(params[0]);
        const id = world.newId();
        const made = {
          id,
          channel_id,
          name: String(body["name"]),
          token: `hook-${id}`,
          type: 1,
          user: world.bot,
        };
        const hook = { ...made, application_id: application.id } as APIWebhook & { token: string };
        world.webhooks.set(id, hook);
        return hook;
      },
    },
    {
      method: "POST",
      path: "/webhooks/:webhook/:token",
      open: true,
      bucket: "webhook",
      run(call) {
        const { id, channel_id: channel } = webhook(call);
        const { username, avatar_url: picture = null } = call.body;
        const author = { id, username: String(username), avatar: picture, bot: true, discriminator: "0000" };
        const where = room(call.query.get("thread_id") ?? channel ?? undefined);
        if (where.id !== channel && where.parent !== channel)
          throw new Refusal(404, 10003, "Unknown Channel");
        const stored = create(where, call, { ...author, global_name: null } as APIUser);
        stored.message = { ...stored.message, webhook_id: id, application_id: application.id };
        options.announce("MESSAGE_CREATE", stored);
        return stored.message;
      },
    },
    {
      method: "GET",
      path: "/webhooks/:webhook/:token/messages/:message",
      open: true,
      run: (call) => target(call).message,
    },
    {
      method: "PATCH",
      path: "/webhooks/:webhook/:token/messages/:message",
      open: true,
      bucket: "webhook",
      run: (call) => change(target(call), call, webhook(call).id),
    },
    {
      method: "DELETE",
      path: "/webhooks/:webhook/:token/messages/:message",
      open: true,
      run: (call) => void world.messages.delete(target(call).message.id),
    },
  ];
}
