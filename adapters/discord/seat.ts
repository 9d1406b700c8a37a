import {
  ChannelType,
  PermissionFlagsBits,
  PermissionsBitField,
  type APIMessage,
  type APIUser,
  type Client,
  type Guild,
} from "discord.js";
import type { Author, BotDescription, Inbound, ThreadId } from "../../src/chat.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { type Named, readable } from "./mentions.ts";

/** What decoding needs to know: who the bot is, and what the connection tells of servers, their channels and roles. */
export interface Seat {
  readonly client: Client;
  readonly bot: BotDescription;
  /** Whether a question in this channel opens a thread of its own; undefined: it does not. */
  readonly opensThread: (channel: ThreadId) => boolean | undefined;
  /** Who wrote what, by the message's id: a deletion does not say. */
  readonly writers: Map<string, Author>;
}

/** The bot's user id. */
export const meIn = ({ client }: Seat): string => client.user?.id ?? "";

/** The server, as far as the connection knows it. */
export const guildIn = ({ client }: Seat, id: string | undefined): Guild | undefined =>
  client.guilds.cache.get(id ?? "");

/** What is told of a channel. */
export interface ChannelFacts {
  readonly id: string;
  readonly guildId: string | undefined;
  readonly type?: ChannelType | undefined;
  readonly name?: string | null | undefined;
  readonly parentId?: string | null | undefined;
}

const threadTypes: readonly unknown[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

/** A channel that the connection knows, by its id. */
export function channelIn({ client }: Seat, id: string, guildId: string | undefined): ChannelFacts {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased()) return { id, guildId };
  const { type, name, parentId } = channel;
  return { id, guildId, type, name, parentId };
}

/** Where something stands, in the contract's words; `person` names a direct message. */
export function placeOf(
  { id, guildId, type, name, parentId }: ChannelFacts,
  person: string,
): Pick<Inbound, "thread" | "place" | "channelName" | "server"> {
  if (guildId === undefined) return { thread: threadId("discord", id), place: "dm", channelName: person };
  const facts = { channelName: `#${name ?? id}`, server: `discord:${guildId}` };
  if (!threadTypes.includes(type)) return { thread: threadId("discord", id), place: "channel", ...facts };
  return { thread: threadId("discord", parentId ?? id, id), place: "thread", ...facts };
}

/** What the platform tells of a person on a server. */
interface Membership {
  readonly nick?: string | null | undefined;
  readonly roles: readonly string[];
}

export function authorOf(user: APIUser, member: Membership | undefined): Author {
  const roles = member?.roles.map((role) => `discord:${role}`);
  const name = member?.nick ?? user.global_name ?? user.username;
  return { id: `discord:${user.id}`, name, ...(roles && { roles }) };
}

const { ManageChannels, ManageGuild } = PermissionFlagsBits;

/** Whether these permissions, or those of an administrator, let someone decide for a channel. */
export const mayManage = (permissions: Readonly<PermissionsBitField>): boolean =>
  permissions.any([ManageChannels, ManageGuild]);

/** Whether a member may decide for a server's channels, by its roles. */
export function managesBy(guild: Guild | undefined, user: string, { roles }: Membership): boolean {
  if (!guild) return false;
  const own = [guild.id, ...roles].map((id) => guild.roles.cache.get(id)?.permissions);
  return user === guild.ownerId || own.some((each) => each !== undefined && mayManage(each));
}

/** Text as people read it. */
export function readIn(
  seat: Seat,
  { content, mentions }: Pick<APIMessage, "content" | "mentions">,
  guild: Guild | undefined,
  { toBot = false } = {},
): string {
  const { client } = seat;
  const names: Named = {
    user(id) {
      const user = mentions.find((each) => each.id === id);
      const cached = guild?.members.cache.get(id) ?? client.users.cache.get(id);
      return cached?.displayName ?? user?.global_name ?? user?.username;
    },
    role: (id) => guild?.roles.cache.get(id)?.name,
    channel: (id) => channelIn(seat, id, guild?.id).name ?? undefined,
    isOwnRole: (id) => isOwnRole(seat, guild, id),
  };
  return readable(content, toBot ? meIn(seat) : "", names);
}

/** Whether it is the role that Discord made for the bot itself: both are shown by the same name. */
export const isOwnRole = (seat: Seat, guild: Guild | undefined, role: string): boolean =>
  guild?.roles.cache.get(role)?.tags?.botId === meIn(seat);
