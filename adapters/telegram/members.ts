import type { Api } from "grammy";
import type { Inbound } from "../../src/chat.ts";
import { believe } from "../../src/platform/believe.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { chatAsAuthor } from "./chat-as-author.ts";
import { Refusal } from "./client.ts";

/** Whether somebody may change what holds for all: in a private chat the person may, in a group its administrators. */
export function createRights(api: Api): (inbound: Inbound) => Promise<boolean> {
  // Asking for one member is only sure to work where the bot is an administrator itself.
  const administrators = believe(3 * 60_000, async (chat): Promise<readonly string[]> => {
    const members = await api.getChatAdministrators(chat).catch((error: unknown) => {
      if (error instanceof Refusal) return [];
      throw error;
    });
    return members.map(({ user }) => `telegram:${user.id}`);
  });
  return async ({ place, thread, author }) => {
    const { channel } = parseThread(thread);
    // An administrator who hides behind the group writes as the group.
    if (place === "dm" || author.id === chatAsAuthor(channel)) return true;
    return (await administrators.ask(channel)).includes(author.id);
  };
}
