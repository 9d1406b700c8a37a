import {
  ChannelType,
  MessageType,
  SnowflakeUtil,
  type APIMessage,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageDeleteDispatchData,
} from "discord.js";
import type { InboundDeletion, InboundEdit, InboundMessage, Quoted } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { shorten } from "../../src/text/shorten.ts";
import type { EventContext } from "./context.ts";
import { attachmentsOf } from "./files.ts";
import {
  authorOf,
  channelIn,
  guildIn,
  isOwnRole,
  managesIn,
  meIn,
  placeOf,
  readIn,
  type Seat,
} from "./seat.ts";

/** A message as the gateway tells of it. */
export type Told = GatewayMessageCreateDispatchData;

/** What every event has. */
export type Base = Omit<InboundMessage, "type" | "text" | "attachments">;

/** What happens to older messages concerns no answer any more, in milliseconds. */
const recentMs = 60 * 60_000;
const threadNameLength = 90;

/** A message as a question; undefined when it is not for the bot, or can't be read. */
export function decodeMessage(message: Told, seat: Seat): InboundMessage | undefined {
  if (isOthers(message) || isEmpty(message)) return undefined;
  const isFollowUp = !isAddressed(message, seat);
  if (isFollowUp && !isOpen(message, seat)) return undefined;
  const text = readIn(seat, message, guildIn(seat, message.guild_id), { toBot: true }).trim();
  const base = baseOf(message, text, seat);
  remember(seat.writers, message.id, base.author);
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

/** Whether someone spoke to the bot in a message that Discord doesn't let it read. See quirks.md. */
export function isUnreadable(message: Told, seat: Seat): boolean {
  if (isOthers(message) || !isEmpty(message) || message.sticker_items) return false;
  return message.guild_id !== undefined && isAddressed(message, seat);
}

/** Written by a bot, this one or another, or by Discord. */
function isOthers({ author, type, webhook_id: webhook }: Told): boolean {
  const isWritten = type === MessageType.Default || type === MessageType.Reply;
  return author.bot === true || !isWritten || webhook !== undefined;
}

const isEmpty = ({ content, attachments, message_snapshots: forwarded }: Told): boolean =>
  content === "" && attachments.length === 0 && !forwarded;

/** A changed question; undefined when only Discord's own link previews or pins changed. */
export function decodeEdit(message: Told, seat: Seat): InboundEdit | undefined {
  const edited = Date.parse(message.edited_timestamp ?? "");
  if (!(Date.now() - edited < recentMs)) return undefined;
  const decoded = decodeMessage(message, seat);
  if (!decoded) return undefined;
  const { id } = message;
  const base = baseOf(message, decoded.text, seat);
  return { ...base, type: "edited", id: `${id}:${edited}`, messageId: id, message: decoded };
}

/** A question that was taken back. */
export function decodeDeletion(
  deleted: GatewayMessageDeleteDispatchData,
  seat: Seat,
): InboundDeletion | undefined {
  const { id } = deleted;
  if (Date.now() - SnowflakeUtil.timestampFrom(id) > recentMs) return undefined;
  const author = seat.writers.get(id) ?? { id: "discord:unknown", name: "someone" };
  const { opens: _, ...place } = standing(deleted, author.name, seat);
  return { ...place, type: "deleted", id: `${id}:deleted`, author, messageId: id };
}

/** What is replied to or right-clicked. */
export function quote(message: APIMessage, guildId: string | undefined, seat: Seat): Quoted {
  const guild = guildIn(seat, guildId);
  const { author, mentions, components = [] } = message;
  // A longer answer of the bot's has its text in components.
  const content = message.content || textsIn(components).join("\n");
  return {
    author: guild?.members.cache.get(author.id)?.displayName ?? authorOf(author).name,
    text: readIn(seat, { content, mentions }, guild),
    attachments: attachmentsOf(message),
  };
}

function textsIn(components: readonly object[]): readonly string[] {
  return components.flatMap((each) => {
    if ("content" in each) return [String(each.content)];
    return "components" in each ? textsIn(each.components as readonly object[]) : [];
  });
}

function isAddressed(message: Told, seat: Seat): boolean {
  const { guild_id: guildId, mentions, mention_roles: roles, referenced_message: repliedTo } = message;
  if (guildId === undefined) return true;
  const me = meIn(seat);
  const byRole = roles.some((role) => isOwnRole(seat, guildIn(seat, guildId), role));
  // A persona that speaks by a webhook is no user, but the application's.
  const application = seat.client.application?.id ?? "";
  const isOwn = repliedTo?.author.id === me || repliedTo?.application_id === application;
  return byRole || isOwn || mentions.some(({ id }) => id === me);
}

/** Written in a thread to nobody in particular. */
function isOpen(message: Told, seat: Seat): boolean {
  const { channel_id: channel, guild_id: guild, mentions, mention_roles: roles } = message;
  const isNamed = mentions.length > 0 || roles.length > 0 || message.mention_everyone;
  const { place } = placeOf(channelIn(seat, channel), guild, "");
  return place === "thread" && !isNamed && !message.referenced_message;
}

function quotedOf(message: Told, seat: Seat): Quoted | undefined {
  const { guild_id: guildId, referenced_message: repliedTo } = message;
  const forwarded = message.message_snapshots?.[0]?.message;
  if (!forwarded) return repliedTo ? quote(repliedTo, guildId, seat) : undefined;
  const text = readIn(seat, forwarded, guildIn(seat, guildId));
  return { author: "someone else", text, attachments: attachmentsOf(message) };
}

function baseOf(message: Told, text: string, seat: Seat): Base {
  const { author: user, member, guild_id: guildId } = message;
  const author = authorOf(user, member);
  const { opens, ...place } = standing(message, author.name, seat);
  const context: EventContext = {
    onServer: guildId !== undefined,
    manages: member !== undefined && managesIn(guildIn(seat, guildId), user.id, member),
    ...(opens && { opens: shorten(text.replaceAll(/\s+/gu, " "), threadNameLength) || "Question" }),
  };
  return { id: message.id, at: SnowflakeUtil.timestampFrom(message.id), ...place, author, context };
}

/** Where a message stands, and whether it opens a thread. */
function standing(
  { id, channel_id, guild_id }: Pick<Told, "id" | "channel_id" | "guild_id">,
  person: string,
  seat: Seat,
): ReturnType<typeof placeOf> & { readonly opens: boolean } {
  const channel = channelIn(seat, channel_id);
  const place = placeOf(channel, guild_id, person);
  const canOpen = channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement;
  if (!canOpen || seat.opensThread(place.thread) !== true) return { ...place, opens: false };
  // A thread that is opened on a message gets that message's id: it can be named before it is there.
  return { ...place, thread: threadId("discord", channel_id, id), place: "thread", opens: true };
}
