import { RESTJSONErrorCodes, Routes } from "discord.js";
import type { ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { remember } from "../../src/platform/remember.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import type { Api } from "./api.ts";
import type { Spot } from "./context.ts";
import { codeOf, forbiddenCodes } from "./errors.ts";

/** A day without a message, and Discord folds the thread away. */
const archiveAfterMinutes = 1440;

/** Finds where a thread id leads to; a thread that does not exist yet is opened on its question, by the name `opens`. */
export type Locate = (thread: ThreadId, opens?: string) => Promise<Spot>;

export function createLocate(api: Api, log: Log): Locate {
  const opened = new Map<string, Promise<boolean>>();
  const refused = new Set<string>();

  /** Whether there is a thread now. */
  async function open(parent: string, question: string, name: string): Promise<boolean> {
    if (refused.has(parent)) return false;
    const body = { name, auto_archive_duration: archiveAfterMinutes };
    try {
      await api.post(Routes.threads(parent, question), { body, repeatable: true });
      return true;
    } catch (error) {
      const code = codeOf(error);
      if (forbiddenCodes.includes(code)) {
        const sentence = "I may not open threads here (Create Public Threads); I answer in the channel";
        log.warn({ channel: parent }, sentence);
        refused.add(parent);
        return false;
      }
      // Where the question is gone, its thread stays.
      if (code === RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage) return true;
      if (code === RESTJSONErrorCodes.UnknownMessage) return true;
      opened.delete(question);
      throw error;
    }
  }

  return async (thread, opens) => {
    const { channel: parent, root } = parseThread(thread);
    if (root === undefined) return { channel: parent, parent };
    if (opens === undefined) return { channel: root, parent };
    const isOpen = opened.get(root) ?? remember(opened, root, open(parent, root, opens));
    return { channel: (await isOpen) ? root : parent, parent };
  };
}
