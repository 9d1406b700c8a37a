import { createHash } from "node:crypto";
import type { Chat, Message, MessageOrigin, Update, User } from "grammy/types";
import type { AlbumPart, Author, BotDescription, Inbound, InboundMessage, Quoted } from "../../src/chat.ts";
import { editOf } from "../../src/platform/inbound.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { chatAsAuthor } from "./chat-as-author.ts";
import { commandOf, readCommand } from "./commands.ts";
import { attachmentsOf } from "./files.ts";
import { isMentionOf, type Self, textOf, wordsOf } from "./text.ts";

/** What reading an update needs to know. */
export interface Reader {
  readonly me: Self;
  readonly bot: BotDescription;
}

/** The context of events whose answer takes an older one's place: no new message comes of them. */
export const inPlace = "in place";

/** What a person did; undefined for what is not for the bot. */
export function decodeUpdate(update: Update, reader: Reader): Inbound | undefined {
  const id = `telegram:${reader.me.id}:${update.update_id}`;
  const { message, edited_message, callback_query, stopped_message_generation } = update;
  if (callback_query) return decodePress(callback_query, id);
  if (stopped_message_generation) return decodeStop(stopped_message_generation, id);
  const told = message ?? edited_message;
  const said = told && decodeMessage(told, id, reader);
  if (message) return said;
  // An edited command is not run again.
  if (!told || said?.type !== "message" || said.messageId === undefined) return undefined;
  const edit = editOf({ ...said, context: inPlace }, { id, messageId: said.messageId });
  return { ...edit, at: (told.edit_date ?? told.date) * 1000 };
}

function decodePress(press: NonNullable<Update["callback_query"]>, id: string): Inbound | undefined {
  const { data: token, message, from } = press;
  if (token === undefined || !message) return undefined;
  const base = { ...placeOf(message, authorOf(from)), id, context: inPlace };
  return { type: "press", ...base, token, messageId: String(message.message_id) };
}

/** The button under a draft stops what runs in that private chat. */
function decodeStop(stopped: NonNullable<Update["stopped_message_generation"]>, id: string): Inbound {
  const { chat, message_thread_id: topic } = stopped;
  const author = { id: `telegram:${chat.id}`, name: nameOf(chat) };
  const thread = threadId("telegram", chat.id, topic);
  const place = { thread, place: "dm", channelName: author.name, author } as const;
  return { type: "command", id, ...place, name: "stop", argument: "" };
}

function decodeMessage(message: Message, id: string, reader: Reader): Inbound | undefined {
  const author = senderOf(message);
  if (!author) return undefined;
  const text = textOf(message, reader.me);
  const attachments = attachmentsOf(message);
  // Somebody joined, a title changed, a message was pinned: nothing was said.
  if (text === "" && attachments.length === 0 && textOf(message) === "") return undefined;
  const forwarded = forwardedBy(message, text);
  const words = forwarded ? { text: "", quoted: forwarded } : { text, ...quoteIn(message, reader) };
  const content = { messageId: String(message.message_id), ...words, attachments };
  const at = message.date * 1000;
  const album = albumOf(message, reader.me);
  const base = { ...placeOf(message, author), id, at, ...(album && { album }) };
  const said = { type: "message", ...base, ...content } as const;
  const command = forwarded ? undefined : commandOf(message, reader);
  if (command) return command === "others" ? undefined : readCommand(command, said, reader.bot);
  const address = said.place === "dm" ? "bot" : addressOf(message, reader.me);
  // The words of an album stand under one of its pictures: they say whom the others are for.
  if (address === "others" && !album) return undefined;
  return address === "bot" ? said : { ...said, address };
}

function albumOf(
  { media_group_id: group, chat, message_id: place }: Message,
  me: Self,
): AlbumPart | undefined {
  if (group === undefined) return undefined;
  // Ids outlast what they name: a private chat's is its person's.
  const name = createHash("sha256").update(`${chat.id}:${group}`).digest("hex").slice(0, 32);
  return { id: `telegram:${me.id}:album:${name}`, place, context: inPlace };
}

/** Whom a message in a group is for. */
function addressOf(message: Message, me: Self): "bot" | "follow-up" | "others" {
  const { text, entities } = wordsOf(message);
  const mentions = entities.filter(({ type }) => type === "mention" || type === "text_mention");
  const repliedTo = replyOf(message);
  if (mentions.some((mention) => isMentionOf(me, mention, text)) || repliedTo?.from?.id === me.id)
    return "bot";
  return message.is_topic_message && mentions.length === 0 && !repliedTo ? "follow-up" : "others";
}

/** In a topic, every message "replies" to the one that opened it. */
function replyOf({ reply_to_message: repliedTo }: Message): Message | undefined {
  return repliedTo && !("forum_topic_created" in repliedTo) ? repliedTo : undefined;
}

function quoteIn(message: Message, reader: Reader): Pick<InboundMessage, "quoted"> {
  const chosen = message.quote?.is_manual ? message.quote.text : undefined;
  const repliedTo = replyOf(message);
  const elsewhere = message.external_reply;
  const source = repliedTo ?? elsewhere;
  if (!source) return {};
  const quoted = {
    author: repliedTo ? (senderOf(repliedTo, true)?.name ?? "") : originOf(elsewhere?.origin),
    text: chosen ?? (repliedTo ? textOf(repliedTo, reader.me) : (message.quote?.text ?? "")),
    attachments: attachmentsOf(source),
    ...(chosen !== undefined && { isPart: true as const }),
    ...ownIdOf(repliedTo, reader),
  };
  return { quoted };
}

/** What somebody else wrote, and who sent it on did not: neither their words nor a command of theirs. */
function forwardedBy({ forward_origin: origin, from }: Message, text: string): Quoted | undefined {
  const isOwn = origin?.type === "user" && origin.sender_user.id === from?.id;
  if (!origin || isOwn || text === "") return undefined;
  return { author: originOf(origin), text, attachments: [], isForwarded: true };
}

function ownIdOf(message: Message | undefined, { me }: Reader): Pick<Quoted, "messageId"> {
  return message?.from?.id === me.id ? { messageId: String(message.message_id) } : {};
}

function originOf(origin: MessageOrigin | undefined): string {
  if (!origin) return "";
  if (origin.type === "user") return nameOf(origin.sender_user);
  if (origin.type === "hidden_user") return origin.sender_user_name;
  return origin.type === "chat" ? nameOf(origin.sender_chat) : nameOf(origin.chat);
}

/** Nobody for bots' messages: two bots that talk to each other would never end. */
function senderOf(message: Message, botsToo = false): Author | undefined {
  if (message.is_automatic_forward) return undefined;
  // Who writes in a group's name is sent as a bot of Telegram's own.
  if (message.sender_chat)
    return { id: chatAsAuthor(message.sender_chat.id), name: nameOf(message.sender_chat), isChat: true };
  return message.from && (botsToo || !message.from.is_bot) ? authorOf(message.from) : undefined;
}

const authorOf = (user: User): Author => ({
  id: `telegram:${user.id}`,
  name: nameOf(user),
  ...(user.language_code !== undefined && { locale: user.language_code }),
});

const nameOf = ({ title, first_name, last_name }: Pick<Chat, "title" | "first_name" | "last_name">): string =>
  [title, first_name, last_name].filter(Boolean).join(" ");

/** In a private chat no server has a say. */
function placeOf(
  message: Pick<Message, "chat" | "is_topic_message" | "message_thread_id">,
  author: Author,
): Omit<InboundMessage, "type" | "id" | "text" | "attachments"> {
  const { chat } = message;
  // Outside topics, the thread's id only says which message a chain of replies began with.
  const topic = message.is_topic_message ? message.message_thread_id : undefined;
  const thread = threadId("telegram", chat.id, topic);
  if (chat.type === "private") return { thread, place: "dm", channelName: author.name, author };
  const place = topic === undefined ? "channel" : "thread";
  const server = `telegram:${chat.id}`;
  return { thread, place, channelName: nameOf(chat), server, readBy: "channel", author };
}
