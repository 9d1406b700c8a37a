import { RESTJSONErrorCodes, type Client } from "discord.js";
import type { ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { shorten } from "../../src/text/shorten.ts";
import { calling, codeOf, forbiddenCodes } from "./errors.ts";

/** A day without a message, and Discord folds the thread away. */
const archiveAfterMinutes = 1440;
const nameLength = 90;

/** The channel that a thread id leads to; opens the thread on its question when it isn't there yet. */
export type FindChannel = (thread: ThreadId) => Promise<string>;

export function createThreadFinder(client: Client, log: Log): FindChannel {
  const opening = new Map<ThreadId, Promise<string>>();
  const refused = new Set<string>();

  async function open(parent: string, question: string): Promise<string> {
    const channel = client.channels.cache.get(parent);
    if (!channel?.isTextBased()) return question;
    try {
      await calling(async () => {
        const message = await channel.messages.fetch(question);
        await message.startThread({
          name: nameOf(message.content),
          autoArchiveDuration: archiveAfterMinutes,
        });
      });
      return question;
    } catch (error) {
      const code = codeOf(error instanceof Error && error.cause ? error.cause : error);
      // A thread that did not begin on a message, or begins already.
      if (
        code === RESTJSONErrorCodes.UnknownMessage ||
        code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage
      )
        return question;
      if (!forbiddenCodes.includes(code)) throw error;
      log.warn(
        { channel: parent },
        "I may not open threads here (Create Public Threads); I answer in the channel",
      );
      refused.add(parent);
      return parent;
    }
  }

  return async (thread) => {
    const { channel: parent, root: child } = parseThread(thread);
    if (child === undefined || refused.has(parent)) return parent;
    if (client.channels.cache.has(child)) return child;
    const running = opening.get(thread) ?? open(parent, child).finally(() => opening.delete(thread));
    opening.set(thread, running);
    return running;
  };
}

/** The question's beginning, without the marks that Discord would not show as names here. */
function nameOf(question: string): string {
  const line = question
    .replaceAll(/<(?:@|#|a?:|\/|t:)[^>]*>|\s+/gu, " ")
    .replaceAll(/ {2,}/gu, " ")
    .trim();
  return line === "" ? "Question" : shorten(line, nameLength);
}
