/** Finding and writing messages, as all routes do it. */
import type { APIMessage, APIUser, MessageFlags } from "discord-api-types/v10";
import type { Clicks } from "./interactions.ts";
import { checkMessage, Refusal } from "./limits.ts";
import type { Call } from "./rest.ts";
import { attach, blankMessage, mentionedIn, type Room, type Stored, type World } from "./world.ts";

export interface RouteOptions {
  readonly world: World;
  readonly clicks: Clicks;
  readonly statuses: Map<string, string[]>;
  readonly nonceMs: number;
  readonly application: { readonly id: string; readonly name: string; readonly flags: number };
  gatewayAddress(): string;
  announce(type: "MESSAGE_CREATE" | "MESSAGE_UPDATE", stored: Stored): void;
  dispatch(type: string, data: object): void;
  address(path: string): string;
  /** Whether an address of a file still works. */
  isCurrent(signature: string | null): boolean;
}

/** Finding and writing messages. */
export function roomsOf(options: RouteOptions) {
  const { world } = options;
  const room = (id: string | undefined): Room => {
    const found = world.rooms.get(id ?? "");
    if (!found) throw new Refusal(404, 10003, "Unknown Channel");
    return found;
  };
  const find = (id: string | undefined): Stored => {
    const found = world.messages.get(id ?? "");
    if (!found) throw new Refusal(404, 10008, "Unknown Message");
    return found;
  };

  function create(
    where: Room,
    { body, files }: Pick<Call, "body" | "files">,
    author: APIUser = world.bot,
  ): Stored {
    checkMessage(body, { files: files.length, byWebhook: author !== world.bot });
    const { attachments, data } = attach(world, where, files, (path) => options.address(path));
    const message = { ...blankMessage(world, where, author), ...fieldsOf(body), attachments };
    const stored: Stored = { message, room: where, files: data, edits: 0, loading: false };
    world.messages.set(message.id, stored);
    return stored;
  }

  function change(
    stored: Stored,
    { body, files }: Pick<Call, "body" | "files">,
    author = world.bot.id,
  ): APIMessage {
    checkMessage(body, { files: files.length, before: stored.message });
    if (stored.message.author.id !== author)
      throw new Refusal(403, 50005, "Cannot edit a message authored by another user");
    stored.message = { ...stored.message, ...fieldsOf(body), edited_timestamp: new Date().toISOString() };
    if (!stored.loading) stored.edits += 1;
    stored.loading = false;
    options.announce("MESSAGE_UPDATE", stored);
    return stored.message;
  }

  function fieldsOf({ content, components, flags }: Call["body"]): Partial<APIMessage> {
    const text = typeof content === "string" ? content.trim() : "";
    return {
      content: text,
      mentions: mentionedIn(world, text),
      components: (components ?? []) as NonNullable<APIMessage["components"]>,
      flags: (flags ?? 0) as MessageFlags,
    };
  }

  return { room, find, create, change };
}

export type Rooms = ReturnType<typeof roomsOf>;

/** Refuses what the bot has no permission for. */
export function demand(world: World, permission: "writing" | "threads" | "webhooks"): void {
  if (world.forbidden.has(permission)) throw new Refusal(403, 50013, "Missing Permissions");
}
