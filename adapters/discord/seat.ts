import {
  ChannelType,
  PermissionFlagsBits,
  PermissionsBitField,
  SnowflakeUtil,
  type APIGuildMember,
  type APIUser,
  type Client,
  type GatewayMessageCreateDispatchData,
  type Guild,
  type GuildBasedChannel,
} from "discord.js";
import type { Author, BotDescription, Inbound, ThreadId } from "../../src/chat.ts";
import type { Log } from "../../src/log.ts";
import { threadId } from "../../src/platform/thread-id.ts";
import type { EventContext } from "./context.ts";
import { readable } from "./mentions.ts";

/** What decoding needs to know: who the bot is, and what the connection tells of servers, their channels and roles. */
export interface Seat {
  readonly client: Client;
  readonly bot: BotDescription;
  /** The names of its commands. */
  readonly commands: ReadonlySet<string>;
  readonly log: Log;
  /** Whether a question in this channel opens a thread of its own; undefined: it does not. */
  readonly opensThread: (channel: ThreadId) => boolean | undefined;
  /** The language that a person chose, by their id: clicks alone tell of it. */
  readonly locales: Map<string, string>;
}

/** What is told of a person on a server; what they may do in this very channel with clicks alone. */
type Member = Pick<APIGuildMember, "nick" | "roles"> & { readonly permissions?: string };

/** Where something happened, in Discord's words: without a server in a direct message. */
export interface Happening extends Pick<GatewayMessageCreateDispatchData, "id" | "channel_id" | "guild_id"> {
  readonly member?: Member;
  /** The channel of the thread that it happened in, where Discord says so. */
  readonly parent?: string | undefined;
}

/** The bot's user id. */
export const meIn = ({ client }: Seat): string => client.user?.id ?? "";

const guildIn = ({ client }: Seat, id: string | undefined): Guild | undefined =>
  client.guilds.cache.get(id ?? "");

/** A channel or thread of a server. */
export function channelIn({ client }: Seat, id: string | undefined): GuildBasedChannel | undefined {
  const channel = client.channels.cache.get(id ?? "");
  return channel && !channel.isDMBased() ? channel : undefined;
}

/** Where something stands, in the contract's words; `person` names a direct message. */
export function placeOf(
  seat: Seat,
  { channel_id: id, guild_id: guild, parent: told }: Happening,
  person: string,
): Pick<Inbound, "thread" | "place" | "channelName" | "server" | "readBy"> {
  const thread = threadId("discord", id);
  if (guild === undefined) return { thread, place: "dm", channelName: person };
  const channel = channelIn(seat, id);
  // Of threads that were archived before it stood, the connection knows nothing.
  const parent = channel?.isThread() ? (channel.parentId ?? id) : told;
  // Anybody names a thread as they like, and personas are told the name as part of their instructions.
  const named = parent === undefined ? channel : channelIn(seat, parent);
  const readBy = channel && readersOf(channel);
  const facts = {
    channelName: `#${named?.name ?? parent ?? id}`,
    server: `discord:${guild}`,
    ...(readBy && { readBy }),
  };
  if (parent === undefined) return { thread, place: "channel", ...facts };
  return { thread: threadId("discord", parent, id), place: "thread", ...facts };
}

/** Who reads along beside those in a private thread. */
function readersOf(channel: GuildBasedChannel): Inbound["readBy"] {
  if (channel.type === ChannelType.PrivateThread) return undefined;
  // The role that everyone has bears the id of its server.
  const everyone = channel.permissionsFor(channel.guild.id);
  return everyone?.has(PermissionFlagsBits.ViewChannel) === true ? "server" : "channel";
}

/** What every event has; `more` of its context is what its kind has of its own. */
export function baseOf(seat: Seat, happening: Happening, user: APIUser, more: Partial<EventContext> = {}) {
  const { id, guild_id: guild, member } = happening;
  const locale = seat.locales.get(user.id);
  const author = { ...authorOf(user, member), ...(locale !== undefined && { locale }) };
  const manages = member !== undefined && managesIn(guildIn(seat, guild), user, member);
  const context: EventContext = { onServer: guild !== undefined, manages, ...more };
  return {
    id,
    at: SnowflakeUtil.timestampFrom(id),
    ...placeOf(seat, happening, author.name),
    author,
    context,
  };
}

export function authorOf(user: APIUser, member?: Member): Author {
  const roles = member?.roles.map((role) => `discord:${role}`);
  const name = member?.nick ?? user.global_name ?? user.username;
  return { id: `discord:${user.id}`, name, ...(roles && { roles }) };
}

export const permissionsOf = (bits: string): PermissionsBitField => new PermissionsBitField(BigInt(bits));

/** Whether someone may decide for a channel. */
function managesIn(guild: Guild | undefined, user: APIUser, { roles, permissions }: Member): boolean {
  const given = permissions
    ? [permissionsOf(permissions)]
    : [...roles, guild?.id ?? ""].map((id) => guild?.roles.cache.get(id)?.permissions);
  const { ManageChannels, ManageGuild } = PermissionFlagsBits;
  return guild?.ownerId === user.id || given.some((each) => each?.any([ManageChannels, ManageGuild]));
}

/** Whether it is the role that Discord made for the bot itself: both are shown by the same name. */
export const isOwnRole = (seat: Seat, guild: string | undefined, role: string): boolean =>
  guildIn(seat, guild)?.roles.cache.get(role)?.tags?.botId === meIn(seat);

/** What someone is called on a server, as far as the connection knows. */
export const nameIn = (seat: Seat, guild: string | undefined, user: string): string | undefined =>
  guildIn(seat, guild)?.members.cache.get(user)?.displayName;

/** Text as people read it; in what is said `toBot`, its own name is left out. */
export function readIn(
  seat: Seat,
  {
    content,
    mentions,
    guild_id: guild,
  }: Pick<GatewayMessageCreateDispatchData, "content" | "mentions"> & { guild_id?: string | undefined },
  toBot = false,
): string {
  const text = readable(content, (kind, id) => {
    if (kind === "channel") return channelIn(seat, id)?.name;
    if (toBot && (id === meIn(seat) || isOwnRole(seat, guild, id))) return "";
    if (kind === "role") return guildIn(seat, guild)?.roles.cache.get(id)?.name;
    const mentioned = mentions.find((user) => user.id === id);
    const known = nameIn(seat, guild, id) ?? seat.client.users.cache.get(id)?.displayName;
    return known ?? (mentioned && authorOf(mentioned).name);
  });
  return toBot ? text.trim() : text;
}
