import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  OAuth2Scopes,
  PermissionFlagsBits,
  type ApplicationCommandData,
  type ApplicationCommandOptionData,
  type Client,
} from "discord.js";
import type { BotDescription } from "../../src/chat.ts";
import { shorten } from "../../src/text/shorten.ts";

/** What the bot asks for when it is invited: nothing but to read and answer where it is spoken to. */
const {
  ViewChannel,
  SendMessages,
  SendMessagesInThreads,
  CreatePublicThreads,
  ReadMessageHistory,
  AttachFiles,
} = PermissionFlagsBits;
const permissions =
  ViewChannel | SendMessages | SendMessagesInThreads | CreatePublicThreads | ReadMessageHistory | AttachFiles;

/** The address where an administrator of a server invites the bot; `webhooks` lets personas have their own names. */
export function discordInvite(applicationId: string, { webhooks }: { webhooks: boolean }): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(webhooks ? permissions | PermissionFlagsBits.ManageWebhooks : permissions),
  });
  return `https://discord.com/oauth2/authorize?${query.toString()}`;
}

/** Discord's most right-click entries of one bot. */
export const mostShortcuts = 15;

/** A command as it is registered. */
type Registered = ApplicationCommandData & { readonly description: string };

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
      const argument = { name: "argument", description: shorten(usage, 100), required: false };
      return slash(name, summary, usage === "" ? [] : [{ type: text, ...argument }]);
    });
  return [ask, ...others, ...shortcuts.slice(0, mostShortcuts).map(({ label }) => entry(label))];
}

/** The name of a right-click entry: Discord takes 32 characters. */
export const shortcutName = (label: string): string => shorten(label, 32);

/** Registers the commands for every server, when they differ from what is registered. */
export async function registerCommands(client: Client<true>, bot: BotDescription): Promise<void> {
  const { commands } = client.application;
  const wanted = describeCommands(bot);
  const present = await commands.fetch();
  const isThere = (command: Registered): boolean => present.some((each) => each.equals(command));
  if (present.size !== wanted.length || !wanted.every(isThere)) await commands.set(wanted);
}

const everywhere = {
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};

function slash(name: string, summary: string, options: readonly ApplicationCommandOptionData[]): Registered {
  const description = shorten(summary, 100);
  return { type: ApplicationCommandType.ChatInput, name, description, options, ...everywhere };
}

function entry(label: string): Registered {
  const name = shortcutName(label);
  return { type: ApplicationCommandType.Message, name, description: "", ...everywhere };
}
