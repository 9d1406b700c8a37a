import type { Api } from "grammy";
import type { Inbound } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { Refusal } from "./client.ts";

/** How long a group's administrators are believed to stay the same, in milliseconds. */
const believedMs = 3 * 60_000;

/** Whether somebody may change what holds for all: in a private chat the person may, in a group its administrators. */
export function createRights(api: Api): (inbound: Inbound) => Promise<boolean> {
  const groups = new Map<string, { readonly until: number; readonly administrators: readonly string[] }>();
  return async ({ place, thread, author }) => {
    const { channel } = parseThread(thread);
    // An administrator who hides behind the group writes as the group.
    if (place === "dm" || author.id === `telegram:${channel}`) return true;
    const known = groups.get(channel);
    if (known && known.until > performance.now()) return known.administrators.includes(author.id);
    // Asking for one member is only sure to work where the bot is an administrator itself.
    const members = await api.getChatAdministrators(channel).catch((error: unknown) => {
      if (error instanceof Refusal) return [];
      throw error;
    });
    const administrators = members.map(({ user }) => `telegram:${user.id}`);
    remember(groups, channel, { until: performance.now() + believedMs, administrators });
    return administrators.includes(author.id);
  };
}
