/** Discord on loopback, as far as a bot sees it: gateway, REST, files. discord.js talks to it as to Discord. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ApplicationFlags,
  GatewayIntentBits,
  type APIMessage,
  type APIStickerItem,
  type Locale,
  type StickerFormatType,
} from "discord-api-types/v10";
import type { ChatEmulator, Said, Seen } from "../chat-emulator.ts";
import { createGateway, type Gateway } from "./gateway.ts";
import { createClicks, type Clicks } from "./interactions.ts";
import type { BucketSize } from "./limits.ts";
import { plainText } from "./plain.ts";
import { createRest, type Rest } from "./rest.ts";
import { createRoutes } from "./routes.ts";
import { attach, blankMessage, createWorld, mentionedIn, type Stored, type World } from "./world.ts";

/** What the emulated application is like. */
export interface DiscordEmulatorOptions {
  /** Whether its Message Content intent is switched on. Default: true. */
  readonly messageContent?: boolean;
  /** Whether the gateway refuses that intent all the same. */
  readonly refusesIntents?: boolean;
  /** How many posts or edits a channel takes in how long. Default: Discord's 5 in 5 seconds. */
  readonly bucket?: BucketSize;
  /** How long a nonce is known, in milliseconds. Default: Discord's few minutes. */
  readonly nonceMs?: number;
  /** 0: any free one. */
  readonly port?: number;
}

/** What only Discord has. */
export interface DiscordEmulator extends ChatEmulator {
  readonly world: World;
  readonly gateway: Gateway;
  readonly rest: Rest;
  readonly clicks: Clicks;
  /** The messages of any room, by its id. */
  seenIn(roomId: string): readonly Seen[];
  /** A person uses a right-click entry on a message. */
  shortcut(label: string, messageId: string, as?: string): Promise<void>;
  /** A person mentions the bot's role rather than the bot, or replies without a ping. */
  sayUnreadably(said: Said, how: "role" | "quiet reply"): Promise<string>;
  /** A person sends a sticker of that format, without words. */
  saySticker(name: string, format: StickerFormatType, data: Uint8Array): Promise<string>;
  /** The addresses of files given out so far stop working. */
  expireFiles(): void;
}

const token = "emulated-token";
const ownRole = "1000000000000000009";

/** A Discord of one server with a channel and a thread. The caller stops it. */
export async function startDiscordEmulator(options: DiscordEmulatorOptions = {}): Promise<DiscordEmulator> {
  const { messageContent = true, bucket = { calls: 5, ms: 5_000 }, nonceMs = 180_000, port = 0 } = options;
  const world = createWorld();
  const applicationId = world.newId();
  const statuses = new Map<string, string[]>();
  let signature = 1;
  let origin = "";
  const address = (path: string): string => `${origin}${path}?hm=${signature}`;
  const gateway = createGateway({
    world,
    token,
    applicationId,
    granted: messageContent && options.refusesIntents !== true ? GatewayIntentBits.MessageContent : 0,
    address: () => origin.replace("http", "ws"),
  });

  /** What a bot is told of a message: more than the message alone. */
  function announce(type: "MESSAGE_CREATE" | "MESSAGE_UPDATE", { message, room }: Stored): void {
    const inGuild = room.person === undefined;
    const where = inGuild ? { guild_id: world.guildId, member: world.member(message.author) } : {};
    dispatch(type, { ...message, ...where, channel_type: room.type });
  }

  let repeat = false;
  function dispatch(type: string, data: object): void {
    gateway.dispatch(type, data);
    if (repeat) gateway.dispatch(type, data);
    repeat = false;
  }

  const clicks = createClicks({ world, applicationId, dispatch });
  const rest = createRest({
    token,
    bucket,
    routes: createRoutes({
      world,
      clicks,
      statuses,
      nonceMs,
      application: {
        id: applicationId,
        name: "Parlance",
        flags: messageContent ? ApplicationFlags.GatewayMessageContentLimited : 0,
      },
      gatewayAddress: () => origin.replace("http", "ws"),
      announce,
      dispatch: (type, data) => gateway.dispatch(type, data),
      address,
      isCurrent: (hm) => hm === String(signature),
    }),
  });
  const server = createServer((request, response) => void rest.handle(request, response));
  server.on("upgrade", (request, socket, head: Buffer) => {
    if (rest.isDown) socket.destroy();
    else gateway.upgrade(request, socket, head);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function say(said: Said, how?: "role" | "quiet reply", sticker?: APIStickerItem): string {
    const { text, place = "dm", as = "Kim", mention = false, replyTo, files = [] } = said;
    const room = world.room(place, as);
    const marked = text.replaceAll(/@(\p{L}+)/gu, (_, name: string) => `<@${world.person(name).id}>`);
    const mark = how === "role" ? `<@&${ownRole}> ` : mention ? `<@${world.bot.id}> ` : "";
    const message = blankMessage(world, room, world.person(as));
    message.content = mark + marked;
    message.mentions = mentionedIn(world, message.content);
    if (how === "role") message.mention_roles = [ownRole];
    const target = replyTo === undefined ? undefined : world.messages.get(replyTo);
    if (target) {
      message.type = 19;
      message.message_reference = { type: 0, message_id: target.message.id, channel_id: room.id };
      message.referenced_message = target.message;
      if (how === undefined) message.mentions.push(target.message.author);
    }
    const { attachments, data } = attach(world, room, files, address);
    message.attachments = attachments;
    if (sticker) message.sticker_items = [sticker];
    const stored: Stored = { message, room, files: data, edits: 0, loading: false };
    world.messages.set(message.id, stored);
    announce("MESSAGE_CREATE", stored);
    return message.id;
  }

  function stored(id: string): Stored {
    const found = world.messages.get(id);
    if (!found) throw new Error(`there is no message ${id}`);
    return found;
  }

  const seenIn = (roomId: string): readonly Seen[] =>
    [...world.messages.values()].filter(({ room, loading }) => room.id === roomId && !loading).map(see);

  const emulator: DiscordEmulator = {
    platform: "discord",
    chooseLocale(as, locale) {
      if (locale === undefined) world.locales.delete(as);
      else world.locales.set(as, locale as Locale);
    },
    environment: { DISCORD_TOKEN: token, DISCORD_API_URL: `${origin}/api`, DISCORD_CDN_URL: origin },
    world,
    gateway,
    rest,
    clicks,
    ready: () => gateway.ready(),
    say: async (said) => say(said),
    sayUnreadably: async (said, how) => say(said, how),
    async saySticker(name, format_type, data) {
      const id = world.newId();
      world.stickers.set(id, data);
      return say({ text: "" }, undefined, { id, name, format_type });
    },
    async edit(id, text) {
      const entry = stored(id);
      const content = entry.message.content.startsWith(`<@${world.bot.id}>`)
        ? `<@${world.bot.id}> ${text}`
        : text;
      entry.message = { ...entry.message, content, edited_timestamp: new Date().toISOString() };
      entry.edits += 1;
      announce("MESSAGE_UPDATE", entry);
    },
    async remove(id) {
      const { room } = stored(id);
      world.messages.delete(id);
      const where = room.person === undefined ? { guild_id: world.guildId } : {};
      dispatch("MESSAGE_DELETE", { id, channel_id: room.id, ...where });
    },
    async press(id, label, as = "Kim") {
      const { message, room } = stored(id);
      const button = buttonsOf(message).find((each) => each.label === label);
      if (!button) throw new Error(`message ${id} has no button ${label}`);
      await clicks.press(message, button.id, { room, user: world.person(as) });
    },
    pressStop() {
      const found = emulator.seen().find(({ buttons }) => buttons.includes("Stop"));
      return found !== undefined && emulator.press(found.id, "Stop");
    },
    command: (name, argument, { place = "dm", as = "Kim" } = {}) =>
      clicks.command(name, argument, { room: world.room(place, as), user: world.person(as) }),
    shortcut: (label, id, as = "Kim") =>
      clicks.shortcut(label, stored(id).message, { room: stored(id).room, user: world.person(as) }),
    seen: (place = "dm", as = "Kim") => seenIn(world.room(place, as).id),
    seenIn,
    statuses: (place = "dm", as = "Kim") => statuses.get(world.room(place, as).id) ?? [],
    get complaints() {
      return [...rest.complaints, ...gateway.complaints, ...clicks.complaints];
    },
    expireFiles() {
      signature += 1;
      for (const { message, room } of world.messages.values())
        for (const each of message.attachments)
          each.url = address(`/attachments/${room.id}/${each.id}/${encodeURIComponent(each.filename)}`);
    },
    faults: {
      repeatNext: () => void (repeat = true),
      cutConnections() {
        gateway.cut();
        server.closeAllConnections();
      },
      limit: (count, ms) => rest.limit(count, ms),
      downFor(ms) {
        rest.downUntil(Date.now() + ms);
        gateway.cut();
      },
    },
    stop: () => stop(server, gateway),
  };
  return emulator;
}

function see({ message, files, edits }: Stored): Seen {
  const replyTo = message.message_reference?.message_id;
  return {
    id: message.id,
    fromBot: message.author.bot === true,
    author: message.author.global_name ?? message.author.username,
    text: plainText(message.content || textsIn(message.components ?? []).join("\n")),
    buttons: buttonsOf(message).map(({ label }) => label),
    files: message.attachments.map(({ id, filename }) => ({
      name: filename,
      data: files.get(id) ?? new Uint8Array(),
    })),
    ...(replyTo !== undefined && { replyTo }),
    edits,
  };
}

/** What stands in text displays, in order. */
function textsIn(components: readonly object[]): readonly string[] {
  return components.flatMap((each) => {
    if ("content" in each) return [String(each.content)];
    return "components" in each ? textsIn(each.components as readonly object[]) : [];
  });
}

function buttonsOf({ components = [] }: APIMessage): { readonly id: string; readonly label: string }[] {
  return components.flatMap((row) =>
    "components" in row
      ? row.components.flatMap((each) =>
          "custom_id" in each && "label" in each ? [{ id: each.custom_id, label: each.label ?? "" }] : [],
        )
      : [],
  );
}

async function stop(server: Server, gateway: Gateway): Promise<void> {
  gateway.cut();
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}
