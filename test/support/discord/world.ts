/** What exists on the emulated Discord: one server, its people, places and messages. */
import {
  ChannelType,
  GuildMemberFlags,
  type Locale,
  type MessageFlags,
  MessageType,
  type APIAttachment,
  type APIMessage,
  type APITextChannel,
  type APIThreadChannel,
  type APIUser,
  type APIWebhook,
  type GatewayGuildCreateDispatchData,
} from "discord-api-types/v10";
import type { EmulatedPlace } from "../chat-emulator.ts";

/** Where messages stand. */
export interface Room {
  readonly id: string;
  readonly type: ChannelType.DM | ChannelType.GuildText | ChannelType.PublicThread;
  readonly name: string;
  readonly parent?: string;
  /** The person of a direct message. */
  readonly person?: APIUser;
}

/** A message with what Discord keeps about it. */
export interface Stored {
  message: APIMessage;
  readonly room: Room;
  readonly files: ReadonlyMap<string, Uint8Array>;
  edits: number;
  /** Whether it is the “is thinking…” of a command. */
  loading: boolean;
}

export interface World {
  readonly bot: APIUser;
  readonly guildId: string;
  readonly channel: Room;
  readonly thread: Room;
  readonly rooms: Map<string, Room>;
  readonly messages: Map<string, Stored>;
  /** By their ids. */
  readonly stickers: Map<string, Uint8Array>;
  /** What the bot has no permission for in channels. */
  readonly forbidden: Set<"writing" | "threads" | "webhooks">;
  /** Names of people who may not manage anything; all others have the role that may. */
  readonly guests: Set<string>;
  readonly webhooks: Map<string, APIWebhook & { readonly token: string }>;
  /** By a person's name; English where nobody chose. */
  readonly locales: Map<string, Locale>;
  /** A person as a member of the server. */
  member(user: APIUser): ReturnType<typeof memberOf>;
  newId(): string;
  person(name: string): APIUser;
  byId(id: string): APIUser | undefined;
  room(place: EmulatedPlace, as: string): Room;
  openThread(parent: Room, id: string, name: string): Room;
  guild(): GatewayGuildCreateDispatchData;
  threadChannel(room: Room): APIThreadChannel;
}

const epoch = 1_420_070_400_000n;
/** The bot's own role, which Discord makes when it is invited. */
const botRole = "1000000000000000009";
/** The role of those who may manage channels. */
export const managersRole = "1000000000000000010";
const manageChannels = String(1n << 4n);
/** To see channels, to write, and to read what was written before. */
const mayRead = String((1n << 10n) | (1n << 11n) | (1n << 16n));

export function createWorld(): World {
  let count = 0n;
  const newId = (): string => String(((BigInt(Date.now()) - epoch) << 22n) | (count++ & 0xfffn));
  const user = (name: string, bot = false): APIUser => ({
    id: newId(),
    username: name.toLowerCase(),
    global_name: name,
    discriminator: "0",
    avatar: null,
    ...(bot && { bot }),
  });
  const bot = user("Parlance", true);
  const guildId = newId();
  const people = new Map<string, APIUser>();
  const rooms = new Map<string, Room>();
  const messages = new Map<string, Stored>();
  const add = (room: Room): Room => {
    rooms.set(room.id, room);
    return room;
  };
  const channel = add({ id: newId(), type: ChannelType.GuildText, name: "general" });
  const openThread = (parent: Room, id: string, name: string): Room =>
    add({ id, type: ChannelType.PublicThread, name, parent: parent.id });
  const thread = openThread(channel, newId(), "a thread");
  const direct = new Map<string, Room>();

  function person(name: string): APIUser {
    const known = people.get(name) ?? user(name);
    people.set(name, known);
    return known;
  }

  const guests = new Set<string>();
  const member = (user: APIUser): ReturnType<typeof memberOf> =>
    memberOf(user, user.bot === true || guests.has(user.global_name ?? "") ? [] : [managersRole]);

  function directRoom(name: string): Room {
    const known = direct.get(name) ?? add({ id: newId(), type: ChannelType.DM, name, person: person(name) });
    direct.set(name, known);
    return known;
  }

  const lastIn = (room: string): string | null =>
    [...messages.values()].findLast((each) => each.room.id === room)?.message.id ?? null;

  function threadChannel({ id, name, parent }: Room): APIThreadChannel {
    return {
      id,
      name,
      type: ChannelType.PublicThread,
      guild_id: guildId,
      parent_id: parent ?? "",
      owner_id: bot.id,
      last_message_id: lastIn(id),
      rate_limit_per_user: 0,
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      thread_metadata: {
        archived: false,
        auto_archive_duration: 1440,
        archive_timestamp: new Date().toISOString(),
        locked: false,
      },
    };
  }

  /** discord.js reads these lists; the many other facts of a server play no part here. */
  function guild(): GatewayGuildCreateDispatchData {
    const role = (id: string, name: string, tags?: { bot_id: string }): object => ({
      id,
      name,
      permissions: id === managersRole ? manageChannels : id === guildId ? mayRead : "0",
      position: 0,
      color: 0,
      hoist: false,
      managed: tags !== undefined,
      mentionable: false,
      flags: 0,
      ...(tags && { tags }),
    });
    const text: Partial<APITextChannel> = {
      id: channel.id,
      type: ChannelType.GuildText,
      name: channel.name,
      guild_id: guildId,
      position: 0,
      permission_overwrites: [],
      nsfw: false,
      parent_id: null,
      last_message_id: lastIn(channel.id),
    };
    return {
      id: guildId,
      name: "Test",
      owner_id: "1",
      joined_at: new Date().toISOString(),
      large: false,
      unavailable: false,
      member_count: 2,
      roles: [
        role(guildId, "@everyone"),
        role(botRole, bot.username, { bot_id: bot.id }),
        role(managersRole, "managers"),
      ],
      channels: [text],
      threads: [...rooms.values()].filter(({ parent }) => parent !== undefined).map(threadChannel),
      members: [memberOf(bot, [])],
      emojis: [],
      stickers: [],
      features: [],
      presences: [],
      voice_states: [],
      stage_instances: [],
      guild_scheduled_events: [],
      soundboard_sounds: [],
    } as unknown as GatewayGuildCreateDispatchData;
  }

  return {
    bot,
    guildId,
    channel,
    thread,
    rooms,
    messages,
    forbidden: new Set(),
    guests,
    locales: new Map(),
    webhooks: new Map(),
    stickers: new Map(),
    member,
    newId,
    person,
    byId: (id) => [bot, ...people.values()].find((known) => known.id === id),
    room: (place, as) => (place === "dm" ? directRoom(as) : place === "channel" ? channel : thread),
    openThread,
    guild,
    threadChannel,
  };
}

function memberOf(user: APIUser, roles: string[]) {
  return {
    user,
    roles,
    joined_at: "2026-01-01T00:00:00.000Z",
    deaf: false,
    mute: false,
    flags: GuildMemberFlags.CompletedOnboarding,
    nick: null,
    avatar: null,
  };
}

/** A message nobody has touched yet. */
export function blankMessage(world: World, room: Room, author: APIUser): APIMessage {
  return {
    id: world.newId(),
    channel_id: room.id,
    author,
    content: "",
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    embeds: [],
    components: [],
    pinned: false,
    type: MessageType.Default,
    flags: 0 as MessageFlags,
  };
}

/** Users that a text mentions by Discord's marks. */
export function mentionedIn(world: World, content: string): APIUser[] {
  const ids = new Set(Array.from(content.matchAll(/<@!?(\d+)>/gu), ([, id = ""]) => id));
  return [...ids].map((id) => world.byId(id)).filter((user) => user !== undefined);
}

/** Files as attachments, with addresses that `signature` keeps alive. */
export function attach(
  world: World,
  room: Room,
  files: readonly { readonly name: string; readonly mimeType: string; readonly data: Uint8Array }[],
  address: (path: string) => string,
): { attachments: APIAttachment[]; data: Map<string, Uint8Array> } {
  const data = new Map<string, Uint8Array>();
  const attachments = files.map((file): APIAttachment => {
    const id = world.newId();
    data.set(id, file.data);
    const url = address(`/attachments/${room.id}/${id}/${encodeURIComponent(file.name)}`);
    return {
      id,
      filename: file.name,
      content_type: file.mimeType,
      size: file.data.length,
      url,
      proxy_url: url,
    };
  });
  return { attachments, data };
}
