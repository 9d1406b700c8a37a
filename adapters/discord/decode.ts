import {
  ChannelType,
  GuildMember,
  type Channel,
  type Client,
  type ContextMenuCommandInteraction,
  type Guild,
  type Interaction,
  type Message,
  type PartialMessage,
  type User,
} from "discord.js";
import type {
  Author,
  BotDescription,
  Inbound,
  InboundDeletion,
  InboundEdit,
  InboundMessage,
  Quoted,
} from "../../src/chat.ts";
import { editOf } from "../../src/platform/inbound.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { attachmentsOf, commandAttachment } from "./files.ts";
import { readable, type Named } from "./mentions.ts";
import { shortcutName } from "./register.ts";

/** What decoding needs to know about the bot. */
export interface Seat {
  /** The bot's user id. */
  readonly me: string;
  readonly bot: BotDescription;
  /** Whether a question in a channel opens a thread of its own. */
  readonly threads: "never" | "always";
  readonly maxFileBytes: number;
}

/** Where something stands, in the contract's words. */
type Spot = Pick<Inbound, "thread" | "place" | "channelName">;

/** A message as a question; undefined when it is not for the bot, or can't be read. */
export function decodeMessage(message: Message, seat: Seat): InboundMessage | undefined {
  if (isOthers(message) || isEmpty(message)) return undefined;
  const followUp = !isAddressed(message, seat.me);
  if (followUp && !isOpenFollowUp(message)) return undefined;
  const text = textOf(message, seat.me);
  const forward = message.messageSnapshots.size > 0;
  const attachments = forward ? [] : attachmentsOf(message, seat.maxFileBytes);
  const quoted = quotedOf(message, seat);
  return {
    type: "message",
    id: message.id,
    ...spotOfMessage(message, seat),
    author: authorOf(message.author, message.member),
    messageId: message.id,
    text,
    attachments,
    ...(quoted && { quoted }),
    ...(followUp && { address: "follow-up" }),
  };
}

/** Whether someone spoke to the bot in a message that Discord doesn't let it read. See quirks.md. */
export function isUnreadable(message: Message, me: string): boolean {
  if (isOthers(message) || !isEmpty(message) || message.stickers.size > 0) return false;
  return message.inGuild() && isAddressed(message, me);
}

/** Written by a bot, this one or another, or by Discord. */
function isOthers({ author, system, webhookId }: Message): boolean {
  return author.bot || system || webhookId !== null;
}

function isEmpty({ content, attachments, messageSnapshots }: Message): boolean {
  return content === "" && attachments.size === 0 && messageSnapshots.size === 0;
}

/** A changed question; undefined when only Discord's own link previews changed. */
export function decodeEdit(
  before: Message | PartialMessage,
  after: Message,
  seat: Seat,
): InboundEdit | undefined {
  if (after.editedTimestamp === null || after.author === null) return undefined;
  if (!before.partial && before.content === after.content) return undefined;
  const message = decodeMessage(after, seat);
  if (!message) return undefined;
  return editOf(message, { id: `${after.id}:${after.editedTimestamp}`, messageId: after.id });
}

/** A question that was taken back. Its writer is known as long as discord.js remembers the message. */
export function decodeDeletion(message: Message | PartialMessage, seat: Seat): InboundDeletion | undefined {
  if (message.author?.bot) return undefined;
  return {
    type: "deleted",
    id: `${message.id}:deleted`,
    ...spotOfMessage(message, seat),
    author: message.author
      ? authorOf(message.author, message.member)
      : { id: "discord:unknown", name: "someone" },
    messageId: message.id,
  };
}

/** A command, shortcut or button; undefined for what the bot never offered. */
export function decodeInteraction(interaction: Interaction, seat: Seat): Inbound | undefined {
  const { user, member, guild, client, channel } = interaction;
  const name = member instanceof GuildMember ? member.displayName : user.displayName;
  const base = {
    id: interaction.id,
    ...spotOf({ channel, channelId: interaction.channelId ?? user.id, inGuild: interaction.inGuild() }, name),
    author: { id: `discord:${user.id}`, name },
  };
  if (interaction.isButton())
    return { ...base, type: "press", token: interaction.customId, messageId: interaction.message.id };
  if (interaction.isMessageContextMenuCommand()) return decodeShortcut(interaction, base, seat);
  if (!interaction.isChatInputCommand()) return undefined;
  const { options, commandName } = interaction;
  const words = (option: string): string =>
    readable(options.getString(option) ?? "", seat.me, namesIn(client, guild)).trim();
  if (commandName !== "ask")
    return { ...base, type: "command", name: commandName, argument: words("argument") };
  const file = options.getAttachment("file");
  const attachments = file ? [commandAttachment(file, seat.maxFileBytes)] : [];
  return { ...base, type: "message", text: words("question"), attachments };
}

function decodeShortcut(
  interaction: ContextMenuCommandInteraction & { readonly targetMessage: Message },
  base: Omit<InboundMessage, "type" | "text" | "attachments">,
  seat: Seat,
): InboundMessage | undefined {
  const shortcut = seat.bot.shortcuts.find(({ label }) => shortcutName(label) === interaction.commandName);
  if (!shortcut) return undefined;
  const quoted = quote(interaction.targetMessage, seat);
  return { ...base, type: "message", text: "", attachments: [], quoted, persona: shortcut.persona };
}

function isAddressed({ mentions, channel }: Message, me: string): boolean {
  if (channel.isDMBased()) return true;
  // People often pick the bot's role in place of the bot: both are shown by the same name.
  const byRole = mentions.roles.some((role) => role.tags?.botId === me);
  return byRole || mentions.users.has(me) || mentions.repliedUser?.id === me;
}

/** Written in a thread to nobody in particular. */
function isOpenFollowUp({ mentions, channel }: Message): boolean {
  const named = mentions.users.size > 0 || mentions.roles.size > 0 || mentions.everyone;
  return channel.isThread() && !named && mentions.repliedUser === null;
}

function quotedOf(message: Message, seat: Seat): Quoted | undefined {
  const forwarded = message.messageSnapshots.first();
  if (forwarded) {
    const text = readable(forwarded.content, "", namesIn(message.client, message.guild));
    return { author: "someone else", text, attachments: attachmentsOf(message, seat.maxFileBytes) };
  }
  // The gateway sends what is replied to along, and discord.js keeps it.
  const target = message.channel.messages.cache.get(message.reference?.messageId ?? "");
  return target && quote(target, seat);
}

function quote(message: Message, seat: Seat): Quoted {
  return {
    author: authorOf(message.author, message.member).name,
    text: readable(message.content, "", namesIn(message.client, message.guild)),
    attachments: attachmentsOf(message, seat.maxFileBytes),
  };
}

function textOf(message: Message, me: string): string {
  const text = readable(message.content, me, namesIn(message.client, message.guild));
  return text.trim();
}

/** Names as people see them; the bot's own role counts as the bot. */
function namesIn(client: Client, guild: Guild | null): Named {
  return {
    user: (id) => guild?.members.cache.get(id)?.displayName ?? client.users.cache.get(id)?.displayName,
    role: (id) => guild?.roles.cache.get(id)?.name,
    channel: (id) => nameOf(client.channels.cache.get(id)),
    isOwnRole: (id) => guild?.roles.cache.get(id)?.tags?.botId === client.user?.id,
  };
}

function authorOf(user: User, member: GuildMember | null): Author {
  return { id: `discord:${user.id}`, name: member?.displayName ?? user.displayName };
}

function spotOfMessage(message: Message | PartialMessage, { threads }: Seat): Spot {
  const { channel, channelId } = message;
  const spot = spotOf(
    { channel, channelId, inGuild: message.inGuild() },
    message.author?.displayName ?? "someone",
  );
  const opensThread =
    threads === "always" &&
    (channel.type === ChannelType.GuildText || channel.type === ChannelType.GuildAnnouncement);
  // A thread that is opened on a message gets that message's id: it can be named before it is there.
  return opensThread ? { ...spot, thread: `${spot.thread}:${message.id}`, place: "thread" } : spot;
}

function spotOf(
  { channel, channelId, inGuild }: { channel: Channel | null; channelId: string; inGuild: boolean },
  person: string,
): Spot {
  if (!inGuild) return { thread: threadId("discord", channelId), place: "dm", channelName: person };
  const channelName = `#${nameOf(channel) ?? channelId}`;
  return channel?.isThread()
    ? { thread: threadId("discord", channel.parentId ?? channelId, channelId), place: "thread", channelName }
    : { thread: threadId("discord", channelId), place: "channel", channelName };
}

function nameOf(channel: Channel | null | undefined): string | undefined {
  return channel && "name" in channel ? (channel.name ?? undefined) : undefined;
}
