import { isDeepStrictEqual } from "node:util";
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  OAuth2Scopes,
  PermissionFlagsBits,
  Routes,
  type APIApplicationCommand,
  type Client,
} from "discord.js";
import type { BotDescription } from "../../src/chat.ts";

/** What the bot asks for when it is invited: nothing but to read and answer where it is spoken to. */
const permissions =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.AttachFiles;

/** The address where an administrator of a server invites the bot. */
export function discordInvite(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(permissions),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** Discord's most right-click entries of one bot. */
export const mostShortcuts = 15;

/** A command as it is registered, in what the bot says of it. */
export interface Registered {
  readonly type: ApplicationCommandType;
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly type: ApplicationCommandOptionType;
    readonly name: string;
    readonly description: string;
    readonly required: boolean;
  }[];
  readonly integration_types: readonly ApplicationIntegrationType[];
  readonly contexts: readonly InteractionContextType[];
}

/** The bot's commands in Discord's form; right-click entries beyond the fifteenth are left out. */
export function describeCommands({ commands, shortcuts }: BotDescription): readonly Registered[] {
  const { String: text, Attachment: file } = ApplicationCommandOptionType;
  const ask = slash("ask", "ask something", [
    { type: text, name: "question", description: "what you want to know", required: true },
    { type: file, name: "file", description: "a picture or file that belongs to it", required: false },
  ]);
  const others = commands
    .filter(({ name }) => name !== "ask")
    .map(({ name, usage, summary }) => {
      const argument = { type: text, name: "argument", description: fit(usage, 100), required: false };
      return slash(name, summary, usage === "" ? [] : [argument]);
    });
  return [ask, ...others, ...shortcuts.slice(0, mostShortcuts).map(({ label }) => entry(label))];
}

/** The name of a right-click entry: Discord takes 32 characters. */
export const shortcutName = (label: string): string => fit(label, 32);

/** Registers the commands for every server, when they differ from what is registered. */
export async function registerCommands(client: Client<true>, bot: BotDescription): Promise<void> {
  const { rest, application } = client;
  const route = Routes.applicationCommands(application.id);
  const wanted = describeCommands(bot);
  const present = (await rest.get(route)) as readonly APIApplicationCommand[];
  if (!isDeepStrictEqual(byName(wanted), byName(present.map(asRegistered))))
    await rest.put(route, { body: wanted });
}

function slash(name: string, description: string, options: Registered["options"]): Registered {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: fit(description, 100),
    options,
    ...everywhere,
  };
}

function entry(label: string): Registered {
  return {
    type: ApplicationCommandType.Message,
    name: shortcutName(label),
    description: "",
    options: [],
    ...everywhere,
  };
}

const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};

function asRegistered({
  type,
  name,
  description,
  options = [],
  ...command
}: APIApplicationCommand): Registered {
  const { integration_types = [], contexts } = command;
  const own = options.map(({ type, name, description, required = false }) => ({
    type,
    name,
    description,
    required,
  }));
  return { type, name, description, options: own, integration_types, contexts: contexts ?? [] };
}

const byName = (commands: readonly Registered[]): readonly Registered[] =>
  commands.toSorted((a, b) => a.type - b.type || a.name.localeCompare(b.name));

const fit = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;
