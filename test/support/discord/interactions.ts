/** Commands, shortcuts and buttons: what a person clicks, and what the bot owes Discord for it. */
import {
  ApplicationCommandType,
  ComponentType,
  InteractionResponseType,
  InteractionType,
  type APIApplicationCommand,
  type APIMessage,
  type APIUser,
} from "discord-api-types/v10";
import { acknowledgeWithinMs } from "../until.ts";
import { Refusal } from "./limits.ts";
import { managersRole, type Room, type World } from "./world.ts";

/** A click that the bot was told of. */
export interface Click {
  readonly id: string;
  readonly token: string;
  readonly room: Room;
  readonly at: number;
  /** The message that stands for the answer; for a button the one it is under. */
  original: string | undefined;
  acknowledged: boolean;
}

export interface Clicks {
  readonly complaints: readonly string[];
  readonly registered: readonly APIApplicationCommand[];
  register(commands: readonly APIApplicationCommand[]): void;
  command(name: string, argument: string, where: { room: Room; user: APIUser }): Promise<void>;
  shortcut(label: string, target: APIMessage, where: { room: Room; user: APIUser }): Promise<void>;
  press(message: APIMessage, customId: string, where: { room: Room; user: APIUser }): Promise<void>;
  /** The bot's acknowledgement. Throws Refusal when it is late or comes twice. */
  acknowledge(id: string, token: string, type: unknown): Click;
  find(token: string): Click;
}

const allPermissions = String(2n ** 49n - 1n);

export interface ClickOptions {
  readonly world: World;
  readonly applicationId: string;
  dispatch(type: string, data: object): void;
}

export function createClicks(options: ClickOptions): Clicks {
  const { world, applicationId } = options;
  const complaints: string[] = [];
  const clicks = new Map<string, Click>();
  let registered: readonly APIApplicationCommand[] = [];
  const known = Promise.withResolvers<void>();

  function memberIn(user: APIUser) {
    const member = world.member(user);
    return { ...member, permissions: member.roles.includes(managersRole) ? allPermissions : "0" };
  }

  async function click(
    { room, user }: { room: Room; user: APIUser },
    type: InteractionType,
    rest: { readonly data: object; readonly message?: APIMessage },
  ): Promise<void> {
    const id = world.newId();
    const entry: Click = {
      id,
      token: `token-${id}`,
      room,
      at: Date.now(),
      original: rest.message?.id,
      acknowledged: false,
    };
    clicks.set(entry.token, entry);
    const inGuild = room.person === undefined;
    options.dispatch("INTERACTION_CREATE", {
      id,
      token: entry.token,
      type,
      application_id: applicationId,
      version: 1,
      channel_id: room.id,
      channel: {
        id: room.id,
        type: room.type,
        name: room.name,
        ...(room.parent && { parent_id: room.parent }),
      },
      app_permissions: inGuild && !world.forbidden.has("writing") ? allPermissions : "0",
      locale: world.locales.get(user.global_name ?? "") ?? "en-US",
      entitlements: [],
      authorizing_integration_owners: {},
      context: inGuild ? 0 : 1,
      attachment_size_limit: 10_485_760,
      ...(inGuild ? { guild_id: world.guildId, member: memberIn(user) } : { user }),
      ...rest,
    });
    while (!entry.acknowledged) {
      if (Date.now() - entry.at > acknowledgeWithinMs) {
        complaints.push("a click was not acknowledged in time");
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  function commandNamed(name: string, type: ApplicationCommandType): APIApplicationCommand {
    const command = registered.find((each) => each.name === name && each.type === type);
    if (!command) throw new Error(`no command ${name} is registered`);
    return command;
  }

  return {
    complaints,
    get registered() {
      return registered;
    },
    register(commands) {
      registered = commands;
      known.resolve();
    },
    async command(name, argument, where) {
      await known.promise;
      const { id, options = [] } = commandNamed(name, ApplicationCommandType.ChatInput);
      const [first] = options;
      const given = first && argument !== "" ? [{ name: first.name, type: first.type, value: argument }] : [];
      const data = { id, name, type: ApplicationCommandType.ChatInput, options: given };
      await click(where, InteractionType.ApplicationCommand, { data });
    },
    async shortcut(label, target, where) {
      await known.promise;
      const { id } = commandNamed(label, ApplicationCommandType.Message);
      const resolved = { messages: { [target.id]: target } };
      const data = { id, name: label, type: ApplicationCommandType.Message, target_id: target.id, resolved };
      await click(where, InteractionType.ApplicationCommand, { data });
    },
    async press(message, customId, where) {
      const data = { component_type: ComponentType.Button, custom_id: customId };
      await click(where, InteractionType.MessageComponent, { data, message });
    },
    acknowledge(id, token, type) {
      const entry = clicks.get(token);
      if (!entry || entry.id !== id || Date.now() - entry.at > acknowledgeWithinMs)
        throw new Refusal(404, 10062, "Unknown interaction");
      if (entry.acknowledged) throw new Refusal(400, 40060, "Interaction has already been acknowledged.");
      const fits =
        entry.original === undefined
          ? type === InteractionResponseType.DeferredChannelMessageWithSource
          : type === InteractionResponseType.DeferredMessageUpdate;
      if (!fits) complaints.push(`an acknowledgement of type ${String(type)}`);
      entry.acknowledged = true;
      return entry;
    },
    find(token) {
      const entry = clicks.get(token);
      if (!entry?.acknowledged) throw new Refusal(404, 10015, "Unknown Webhook");
      return entry;
    },
  };
}
