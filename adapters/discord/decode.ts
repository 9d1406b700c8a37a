import {
  ChannelType,
  MessageType,
  PermissionFlagsBits,
  SnowflakeUtil,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
} from "discord.js";
import type { InboundDeletion, InboundEdit, InboundMessage, Quoted } from "../../src/chat.ts";
import { editOf } from "../../src/platform/inbound.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { readWritten } from "../../src/platform/written-command.ts";
import { shorten } from "../../src/text/shorten.ts";
import { messageIdOf } from "./context.ts";
import { attachmentsOf } from "./files.ts";
import {
  authorOf,
  baseOf,
  channelIn,
  type Happening,
  isOwnRole,
  meIn,
  nameIn,
  placeOf,
  readIn,
  type Seat,
} from "./seat.ts";

/** A message as the gateway tells of it. */
export type Told = GatewayMessageCreateDispatchData;

/** What happens to older messages concerns no answer any more, in milliseconds. */
const recentMs = 60 * 60_000;
const threadNameLength = 90;

/** A message as a question; undefined when it is not for the bot, or can't be read. */
export function decodeMessage(message: Told, seat: Seat): InboundMessage | undefined {
  if (isOthers(message) || isEmpty(message)) return undefined;
  const isFollowUp = !isAddressed(message, seat);
  if (isFollowUp && (!isOpen(message, seat) || isMereSticker(message))) return undefined;
  const text = readIn(seat, message, true) || stickersIn(message);
  // A command is about the channel that it was written in.
  const isCommand = readWritten(text, seat.commands) !== undefined;
  const thread = isCommand ? undefined : ownThread(message, seat);
  const opens = thread && { opens: threadName(text || (message.attachments[0]?.filename ?? "…")) };
  const base = { ...baseOf(seat, message, message.author, opens), ...thread };
  const quoted = quotedOf(message, seat);
  return {
    ...base,
    type: "message",
    messageId: message.id,
    text,
    attachments: message.message_snapshots ? [] : attachmentsOf(message),
    ...(quoted && { quoted }),
    ...(isFollowUp && { address: "follow-up" }),
  };
}

const threadName = (text: string): string => shorten(text.replaceAll(/\s+/gu, " "), threadNameLength);

/** Whether someone spoke to the bot in a message that Discord doesn't let it read. See quirks.md. */
export function isUnreadable(message: Told, seat: Seat): boolean {
  if (isOthers(message) || !isEmpty(message)) return false;
  return message.guild_id !== undefined && isAddressed(message, seat);
}

/** Written by a bot, this one or another, or by Discord. */
function isOthers({ author, type, webhook_id: webhook }: Told): boolean {
  const isWritten = type === MessageType.Default || type === MessageType.Reply;
  return author.bot === true || !isWritten || webhook !== undefined;
}

const isEmpty = ({
  content,
  attachments,
  sticker_items: stickers,
  message_snapshots: forwarded,
}: Told): boolean => content === "" && attachments.length === 0 && !stickers && !forwarded;

/** As emoji stand in a text. */
const stickersIn = ({ sticker_items: stickers = [] }: Told): string =>
  stickers.map(({ name }) => `:${name}:`).join(" ");

/** One that nobody addressed to the bot is a nod. */
const isMereSticker = ({ content, attachments, sticker_items: stickers }: Told): boolean =>
  content === "" && attachments.length === 0 && stickers !== undefined;

/** A changed question; undefined when only Discord's own link previews or pins changed. */
export function decodeEdit(message: Told, seat: Seat): InboundEdit | undefined {
  const edited = Date.parse(message.edited_timestamp ?? "");
  if (!(Date.now() - edited < recentMs)) return undefined;
  const { id } = message;
  const decoded = decodeMessage(message, seat);
  return decoded && { ...editOf(decoded, { id: `${id}:${edited}`, messageId: id }), at: edited };
}

/** A question that was taken back. */
export function decodeDeletion(
  deleted: GatewayMessageDeleteDispatchData,
  seat: Seat,
): InboundDeletion | undefined {
  const { id } = deleted;
  if (Date.now() - SnowflakeUtil.timestampFrom(id) > recentMs) return undefined;
  const author = { id: "discord:unknown", name: "someone" };
  const place = { ...placeOf(seat, deleted, author.name), ...ownThread(deleted, seat) };
  return { ...place, type: "deleted", id: `${id}:deleted`, author, isAnonymous: true, messageId: id };
}

/** What is replied to or right-clicked. */
export function quote(message: APIMessage, guild_id: string | undefined, seat: Seat): Quoted {
  const { author, mentions, components = [] } = message;
  // A longer answer of the bot's has its text in components.
  const content = message.content || textsIn(components).join("\n");
  return {
    author: nameIn(seat, guild_id, author.id) ?? authorOf(author).name,
    text: readIn(seat, { content, mentions, guild_id }),
    attachments: attachmentsOf(message),
    ...(isOwn(message, seat) && { messageId: messageIdOf(message) }),
  };
}

function textsIn(components: readonly object[]): readonly string[] {
  return components.flatMap((each) => {
    if ("content" in each) return [String(each.content)];
    return "components" in each ? textsIn(each.components as readonly object[]) : [];
  });
}

function isAddressed(message: Told, seat: Seat): boolean {
  const { guild_id: guild, mentions, mention_roles: roles, referenced_message: repliedTo } = message;
  if (guild === undefined) return true;
  const me = meIn(seat);
  const isAnswer = repliedTo ? isOwn(repliedTo, seat) : false;
  return isAnswer || mentions.some(({ id }) => id === me) || roles.some((id) => isOwnRole(seat, guild, id));
}

/** A persona that speaks by a webhook is no user, but the application's. */
const isOwn = ({ author, application_id: by }: APIMessage, seat: Seat): boolean =>
  author.id === meIn(seat) || (by !== undefined && by === seat.client.application?.id);

/** Written in a thread to nobody in particular. */
function isOpen(message: Told, seat: Seat): boolean {
  const { mentions, mention_roles: roles, mention_everyone: all, referenced_message: repliedTo } = message;
  const isNamed = mentions.length > 0 || roles.length > 0 || all;
  return channelIn(seat, message.channel_id)?.isThread() === true && !isNamed && !repliedTo;
}

function quotedOf(message: Told, seat: Seat): Quoted | undefined {
  const { guild_id, referenced_message: repliedTo } = message;
  const forwarded = message.message_snapshots?.[0]?.message;
  if (!forwarded) return repliedTo ? quote(repliedTo, guild_id, seat) : undefined;
  const text = readIn(seat, { ...forwarded, guild_id });
  return { author: "someone else", text, attachments: attachmentsOf(message) };
}

/** The thread that a question opens, where that is set so and the bot may open one. */
function ownThread({ id, channel_id }: Happening, { client, log, opensThread }: Seat) {
  const channel = client.channels.cache.get(channel_id);
  const canOpen = channel?.type === ChannelType.GuildText || channel?.type === ChannelType.GuildAnnouncement;
  if (!canOpen || opensThread(threadId("discord", channel_id)) !== true) return undefined;
  const mine = client.user && channel.permissionsFor(client.user);
  if (!mine?.has(PermissionFlagsBits.CreatePublicThreads)) {
    const sentence = "I may not open threads here (Create Public Threads); I answer in the channel";
    log.warn({ channel: channel_id }, sentence);
    return undefined;
  }
  // A thread that is opened on a message gets that message's id: it can be named before it is there.
  return { thread: threadId("discord", channel_id, id), place: "thread" } as const;
}
