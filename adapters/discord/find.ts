import { Routes, type APIMessage } from "discord.js";
import type { Adapter, MessageId, SoughtMessage } from "../../src/chat.ts";
import { contextOf, inChannel, type Spot } from "./context.ts";
import { ignoreGone } from "./errors.ts";
import type { Writing } from "./stream.ts";

/** Discord knows nonces for some minutes only, and never shows them: what stands there tells. */
export function createFind({ api, clicks, locate, webhooks }: Writing): NonNullable<Adapter["find"]> {
  async function findIn(
    spot: Spot,
    { replyTo, cause, known }: SoughtMessage,
  ): Promise<MessageId | undefined> {
    const me = await api.me();
    const [after = ""] = (replyTo ?? cause).split(":");
    const query = new URLSearchParams({ after, limit: "100" });
    const route = Routes.channelMessages(spot.channel);
    const newest = (await api.get<APIMessage[]>(route, { query }).catch(ignoreGone)) ?? [];
    const unknown = newest.toReversed().filter(({ id }) => !known.some((each) => each.endsWith(`/${id}`)));
    const own = unknown.filter(({ author }) => author.id === me);
    const found =
      own.find(({ message_reference: reply }) => reply && reply.message_id === replyTo) ??
      own.find(({ message_reference: reply }) => !reply);
    if (found) return inChannel(spot.channel, found.id);
    const spoken = await Promise.all(unknown.map((message) => webhooks.identify(spot, message)));
    return spoken.find((id) => id !== undefined);
  }

  return async (thread, sought) => {
    const { click, opens } = contextOf(sought);
    const answered = click && (await clicks.find(click, sought.key));
    if (answered !== undefined) return answered;
    const spot = await locate(thread);
    const found = await findIn(spot, sought);
    if (found !== undefined || opens === undefined) return found;
    // The thread may have been refused.
    return findIn({ ...spot, channel: spot.parent }, sought);
  };
}
