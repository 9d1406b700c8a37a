import type { Api } from "grammy";
import type { Message } from "grammy/types";
import type { MessageId, SoughtMessage, ThreadId } from "../../src/chat.ts";
import { Refusal } from "./client.ts";
import { addressOf, isPrivate } from "./post.ts";

/** How many ids after the question are looked at. */
const furthest = 30;
/** A group counts its own messages: after so many ids without one, there are no more. */
const gapInGroup = 5;

/**
 * Telegram can't be asked for messages, but whose they are shows when one tries to edit them, and what they reply to once
 * that worked. So what was posted after the question gets a button and loses it again, until it is the one.
 */
export async function findMessage(
  api: Api,
  thread: ThreadId,
  sought: SoughtMessage,
): Promise<MessageId | undefined> {
  const { chat, place } = addressOf(thread);
  const { known, replyTo, key } = sought;
  // A later part is no reply. In a private chat it still comes after the parts that are known.
  const after = Number(replyTo ?? (isPrivate(chat) ? Math.max(...known.map(Number)) : NaN));
  if (!Number.isFinite(after)) return undefined;
  const isSought = (message: Message): boolean =>
    (message.is_topic_message ? message.message_thread_id : undefined) === place.message_thread_id &&
    (isPrivate(chat) || String(message.reply_to_message?.message_id) === replyTo);
  let gap = 0;
  for (let id = after + 1; id <= after + furthest && (isPrivate(chat) || gap < gapInGroup); id++) {
    const found = known.includes(String(id)) ? "other" : await markMessage(api, { chat, id, key });
    gap = found === "missing" ? gap + 1 : 0;
    if (typeof found === "string") continue;
    await api.editMessageReplyMarkup(chat, id);
    if (found === true || isSought(found)) return String(id);
  }
  return undefined;
}

/** Puts a button that holds the key under a message of the bot's own; `true` when it stands there from an earlier try. */
async function markMessage(
  api: Api,
  { chat, id, key }: { chat: number; id: number; key: string },
): Promise<Message | true | "other" | "missing"> {
  try {
    const reply_markup = { inline_keyboard: [[{ text: "…", callback_data: key }]] };
    return await api.editMessageReplyMarkup(chat, id, { reply_markup });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.message.includes("message is not modified")) return true;
    return error.message.includes("not found") ? "missing" : "other";
  }
}
