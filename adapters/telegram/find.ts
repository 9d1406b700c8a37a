import type { Api } from "grammy";
import type { Message } from "grammy/types";
import type { MessageId, SoughtMessage, ThreadId } from "../../src/chat.ts";
import { Refusal } from "./client.ts";
import { addressOf, isPrivate, unless } from "./post.ts";

/** How many ids after the question are looked at. */
const furthest = 30;
/** A group counts its own messages: after so many ids without one, there are no more. */
const gapInGroup = 5;

/** Looks for a message by id: those of a chat rise, and the sought one stands after its question, or the part before it. */
export async function findMessage(
  api: Api,
  thread: ThreadId,
  { replyTo, known, key }: SoughtMessage,
): Promise<MessageId | undefined> {
  const { chat, place } = addressOf(thread);
  const after = Number(replyTo ?? Math.max(...known.map(Number)));
  if (!Number.isFinite(after)) return undefined;
  let gap = 0;
  for (let id = after + 1; id <= after + furthest && (isPrivate(chat) || gap < gapInGroup); id++) {
    const found = known.includes(String(id)) ? "other" : await lookAt(api, { chat, id, key });
    gap = found === "missing" ? gap + 1 : 0;
    if (typeof found === "string") continue;
    const topic = found.is_topic_message ? found.message_thread_id : undefined;
    if (topic === place.message_thread_id) return String(id);
  }
  return undefined;
}

/**
 * Telegram can't be asked for a message, but hands out the bot's own when they change: it gets a button and loses it
 * again. The button holds the key, so that doing this once more, after it broke off in the middle, is no trouble.
 */
async function lookAt(
  api: Api,
  { chat, id, key }: { chat: number; id: number; key: string },
): Promise<Message | "other" | "missing"> {
  const reply_markup = { inline_keyboard: [[{ text: "…", callback_data: key }]] };
  try {
    await api.editMessageReplyMarkup(chat, id, { reply_markup }).catch(unless(/message is not modified/u));
    const message = await api.editMessageReplyMarkup(chat, id);
    return message === true ? "other" : message;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message.includes("not found") ? "missing" : "other";
  }
}
