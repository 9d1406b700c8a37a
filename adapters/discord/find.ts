import { Routes, type APIApplication, type APIMessage, type APIUser } from "discord.js";
import type { Adapter } from "../../src/chat.ts";
import type { Api } from "./api.ts";
import { isWaiting } from "./clicks.ts";
import { messageIdOf, spotOf } from "./context.ts";
import { ignoreGone } from "./errors.ts";

/** Discord knows nonces for some minutes only, and never shows them: what stands there tells. */
export function createFind(api: Api): NonNullable<Adapter["find"]> {
  return async (thread, { replyTo, cause, known }) => {
    const [after = ""] = (replyTo ?? cause).split(":");
    const query = new URLSearchParams({ after, limit: "100" });
    const route = Routes.channelMessages(spotOf(thread).channel);
    const [me, application, newest = []] = await Promise.all([
      api.get<APIUser>(Routes.user("@me")),
      api.get<APIApplication>(Routes.currentApplication()),
      api.get<APIMessage[]>(route, { query }).catch(ignoreGone),
    ]);
    const own = newest
      .toReversed()
      .filter(({ author, application_id: by }) => author.id === me.id || by === application.id)
      .filter((message) => !isWaiting(message) && !known.includes(messageIdOf(message)));
    const found =
      own.find(({ interaction_metadata: command }) => command?.id === cause) ??
      own.find(({ message_reference: reply }) => reply && reply.message_id === replyTo) ??
      own.find(({ message_reference: reply }) => !reply);
    return found && messageIdOf(found);
  };
}
