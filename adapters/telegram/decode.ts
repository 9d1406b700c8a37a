import type { Chat, Message, MessageEntity, MessageOrigin, Update, User, UserFromGetMe } from "grammy/types";
import type { Attachment, Author, BotDescription, Inbound, InboundMessage, Quoted } from "../../src/chat.ts";
import { baseOf, editOf } from "../../src/platform/inbound.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { filesOf, type TelegramFile } from "./files.ts";
import { textOf } from "./text.ts";

/** What reading an update needs to know. */
export interface Reader {
  readonly me: Pick<UserFromGetMe, "id" | "username">;
  readonly bot: BotDescription;
  readonly openFile: (file: TelegramFile) => Attachment;
}

/** Ends the ids of events whose answer takes an older one's place: no new message comes of them. */
export const inPlace = ":in-place";

/** Whom a message in a group is for. */
type Address = "bot" | "follow-up" | "others";

/**
 * What a person did; undefined for what is not for the bot. `album` are the messages that were sent as one, when the
 * update is one of them.
 */
export function decodeUpdate(
  update: Update,
  reader: Reader,
  album: readonly Message[] = [],
): Inbound | undefined {
  const id = `telegram:${reader.me.id}:${update.update_id}`;
  if (update.callback_query) return decodePress(update.callback_query, id + inPlace);
  if (update.stopped_message_generation) return decodeStop(update.stopped_message_generation, id);
  if (update.message) return decodeMessage(update.message, { id, reader, album });
  const circumstances = { id: id + inPlace, reader, album };
  const message = update.edited_message && decodeMessage(update.edited_message, circumstances);
  // An edited command is not run again.
  if (message?.type !== "message" || message.messageId === undefined) return undefined;
  const { id: eventId, messageId } = message;
  return editOf(message, { id: eventId, messageId });
}

function decodePress(
  { data, message, from }: NonNullable<Update["callback_query"]>,
  id: string,
): Inbound | undefined {
  if (data === undefined || !message) return undefined;
  const messageId = String(message.message_id);
  return { type: "press", ...placeOf(message, authorOf(from)), id, token: data, messageId };
}

function decodeStop(
  { chat, message_thread_id }: NonNullable<Update["stopped_message_generation"]>,
  id: string,
): Inbound {
  const author = { id: `telegram:${chat.id}`, name: nameOf(chat) };
  const where = { thread: threadId("telegram", chat.id, message_thread_id), place: "dm" } as const;
  return { type: "command", id, ...where, channelName: author.name, author, name: "stop", argument: "" };
}

interface Circumstances {
  readonly id: string;
  readonly reader: Reader;
  readonly album: readonly Message[];
}

function decodeMessage(only: Message, { id, reader, album }: Circumstances): Inbound | undefined {
  const parts = album.length > 0 ? album : [only];
  // The words of an album stand under one of its pictures.
  const message = parts.find(({ caption }) => caption !== undefined) ?? only;
  const author = senderOf(message);
  const base = author && { ...placeOf(message, author), id };
  if (!base || isService(message)) return undefined;
  const text = textOf(message, reader.me);
  const attachments = parts.flatMap(filesOf).map((file) => reader.openFile(file));
  const quoted = quotedOf(message, reader);
  const content = { messageId: String(only.message_id), text, attachments, ...(quoted && { quoted }) };
  const command = commandOf(message, reader);
  if (command === "others") return undefined;
  if (command) return decodeCommand(command, { ...base, ...content, type: "message" }, reader.bot);
  const address = base.place === "dm" ? "bot" : addressOf(message, reader.me);
  if (address === "others") return undefined;
  return { type: "message", ...base, ...content, ...(address === "follow-up" && { address }) };
}

interface Command {
  readonly name: string;
  readonly argument: string;
}

/** `/name@bot rest` at the beginning of a message; `others` when it is another bot's, or may be. */
function commandOf(message: Message, { me, bot }: Reader): Command | "others" | undefined {
  const text = message.text ?? message.caption ?? "";
  const entity = entitiesOf(message).find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (!entity) return undefined;
  const [name = "", target] = text.slice(1, entity.length).toLowerCase().split("@");
  const known = [
    "ask",
    "start",
    ...bot.commands.map((each) => each.name),
    ...bot.shortcuts.map(commandNameOf),
  ];
  const ours =
    target === undefined ? message.chat.type === "private" || known.includes(name) : isMe(target, me);
  return ours ? { name, argument: text.slice(entity.length).trim() } : "others";
}

/** The command that stands for a right-click here: in reply to a message it asks that persona about it. */
export const commandNameOf = ({ persona }: { persona: string }): string =>
  persona
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/gu, "_")
    .slice(0, 32);

function decodeCommand({ name, argument }: Command, message: InboundMessage, bot: BotDescription): Inbound {
  if (name === "ask") return { ...message, text: argument };
  const shortcut = bot.shortcuts.find((each) => commandNameOf(each) === name);
  const isCommand = bot.commands.some((each) => each.name === name);
  if (shortcut && !isCommand) return { ...message, text: argument, persona: shortcut.persona };
  // Telegram's own first word to every bot.
  return { ...baseOf(message), type: "command", name: name === "start" ? "help" : name, argument };
}

function addressOf(message: Message, me: Reader["me"]): Address {
  const mentions = entitiesOf(message).flatMap((entity) => mentionIn(message, entity));
  if (mentions.some((mention) => mention === me.id || isMe(String(mention), me))) return "bot";
  const repliedTo = replyOf(message);
  if (repliedTo?.from?.id === me.id) return "bot";
  return message.is_topic_message && mentions.length === 0 && !repliedTo ? "follow-up" : "others";
}

function mentionIn(message: Message, entity: MessageEntity): readonly (string | number)[] {
  const text = message.text ?? message.caption ?? "";
  if (entity.type === "text_mention") return [entity.user.id];
  return entity.type === "mention" ? [text.slice(entity.offset + 1, entity.offset + entity.length)] : [];
}

const isMe = (name: string, me: Reader["me"]): boolean => name.toLowerCase() === me.username.toLowerCase();

const entitiesOf = (message: Message): readonly MessageEntity[] =>
  message.entities ?? message.caption_entities ?? [];

/** In a topic, every message "replies" to the one that opened it. */
function replyOf({ reply_to_message: repliedTo }: Message): Message | undefined {
  return repliedTo && !("forum_topic_created" in repliedTo) ? repliedTo : undefined;
}

function quotedOf(message: Message, reader: Reader): Quoted | undefined {
  const chosen = message.quote?.is_manual ? message.quote.text : undefined;
  const repliedTo = replyOf(message);
  const elsewhere = message.external_reply;
  const source = repliedTo ?? elsewhere;
  if (!source) return undefined;
  return {
    author: repliedTo ? (senderOf(repliedTo, true)?.name ?? "") : originOf(elsewhere?.origin),
    text: chosen ?? (repliedTo ? textOf(repliedTo, reader.me) : (message.quote?.text ?? "")),
    attachments: filesOf(source).map((file) => reader.openFile(file)),
  };
}

function originOf(origin: MessageOrigin | undefined): string {
  if (!origin) return "";
  if (origin.type === "user") return nameOf(origin.sender_user);
  if (origin.type === "hidden_user") return origin.sender_user_name;
  return origin.type === "chat" ? chatName(origin.sender_chat) : chatName(origin.chat);
}

/** Nobody for bots' messages: two bots that talk to each other would never end. */
function senderOf(message: Message, botsToo = false): Author | undefined {
  if (message.is_automatic_forward) return undefined;
  // Who writes in a group's name is sent as a bot of Telegram's own.
  if (message.sender_chat)
    return { id: `telegram:${message.sender_chat.id}`, name: chatName(message.sender_chat) };
  return message.from && (botsToo || !message.from.is_bot) ? authorOf(message.from) : undefined;
}

const authorOf = (user: User): Author => ({ id: `telegram:${user.id}`, name: nameOf(user) });

const nameOf = ({ first_name, last_name }: { first_name: string; last_name?: string }): string =>
  [first_name, last_name].filter(Boolean).join(" ");

const chatName = (chat: Chat): string => chat.title ?? nameOf({ first_name: chat.first_name ?? "" });

/** Somebody joined, a title changed, a message was pinned: nothing was said. */
function isService(message: Message): boolean {
  return textOf(message).trim() === "" && filesOf(message).length === 0;
}

function placeOf(
  message: Pick<Message, "chat" | "is_topic_message" | "message_thread_id">,
  author: Author,
): Omit<InboundMessage, "type" | "id" | "text" | "attachments"> {
  const { chat } = message;
  // Outside topics, the thread's id only says which message a chain of replies began with.
  const topic = message.is_topic_message ? message.message_thread_id : undefined;
  const thread = threadId("telegram", chat.id, topic);
  if (chat.type === "private") return { thread, place: "dm", channelName: author.name, author };
  return { thread, place: topic === undefined ? "channel" : "thread", channelName: chatName(chat), author };
}
