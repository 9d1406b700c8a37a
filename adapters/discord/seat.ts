import {
  ChannelType,
  PermissionFlagsBits,
  type APIMessage,
  type APIUser,
  type Client,
  type Guild,
  type PermissionsBitField,
} from "discord.js";
import type { Author, BotDescription, Inbound, ThreadId } from "../../src/chat.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import { readable } from "./mentions.ts";

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

/** What Discord tells of a channel. */
export interface ChannelFacts {
  readonly id: string;
  readonly type?: ChannelType;
  readonly name?: string | null;
  /** The channel that a thread is in. */
  readonly parent_id?: string | null;
}

/** A channel of a server, by its id. */
export function channelIn({ client }: Seat, id: string): ChannelFacts {
  const channel = client.channels.cache.get(id);
  if (!channel || channel.isDMBased()) return { id };
  const { type, name, parentId: parent_id } = channel;
  return { id, type, name, parent_id };
}

const { AnnouncementThread, PublicThread, PrivateThread } = ChannelType;
const threadTypes = new Set<unknown>([AnnouncementThread, PublicThread, PrivateThread]);

/** Where something stands, in the contract's words; `person` names a direct message. */
export function placeOf(
  { id, type, name, parent_id: parent }: ChannelFacts,
  guildId: string | undefined,
  person: string,
): Pick<Inbound, "thread" | "place" | "channelName" | "server"> {
  if (guildId === undefined) return { thread: threadId("discord", id), place: "dm", channelName: person };
  const facts = { channelName: `#${name ?? id}`, server: `discord:${guildId}` };
  if (!threadTypes.has(type)) return { thread: threadId("discord", id), place: "channel", ...facts };
  return { thread: threadId("discord", parent ?? id, id), place: "thread", ...facts };
}

/** What is told of a person on a server. */
interface Member {
  readonly nick?: string | null | undefined;
  readonly roles: readonly string[];
}

export function authorOf(user: APIUser, member?: Member): Author {
  const roles = member?.roles.map((role) => `discord:${role}`);
  const name = member?.nick ?? user.global_name ?? user.username;
  return { id: `discord:${user.id}`, name, ...(roles && { roles }) };
}

/** Whether these permissions, or those of an administrator, let someone decide for a channel. */
export const mayManage = (permissions: Readonly<PermissionsBitField> | undefined): boolean =>
  permissions?.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.ManageGuild]) === true;

/** Whether a member may decide for a server's channels, by its roles. */
export const managesIn = (guild: Guild | undefined, user: string, { roles }: Member): boolean =>
  guild?.ownerId === user ||
  roles.concat(guild?.id ?? []).some((id) => mayManage(guild?.roles.cache.get(id)?.permissions));

/** Whether it is the role that Discord made for the bot itself: both are shown by the same name. */
export const isOwnRole = (seat: Seat, guild: Guild | undefined, role: string): boolean =>
  guild?.roles.cache.get(role)?.tags?.botId === meIn(seat);

/** Text as people read it; in what is said `toBot`, its own name is left out. */
export function readIn(
  seat: Seat,
  { content, mentions }: Pick<APIMessage, "content" | "mentions">,
  guild: Guild | undefined,
  { toBot = false } = {},
): string {
  return readable(content, (kind, id) => {
    if (kind === "channel") return channelIn(seat, id).name ?? undefined;
    if (toBot && (id === meIn(seat) || isOwnRole(seat, guild, id))) return "";
    if (kind === "role") return guild?.roles.cache.get(id)?.name;
    const known = guild?.members.cache.get(id) ?? seat.client.users.cache.get(id);
    const mentioned = mentions.find((user) => user.id === id);
    return known?.displayName ?? (mentioned && authorOf(mentioned).name);
  });
}
