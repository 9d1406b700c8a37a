import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  OAuth2Scopes,
  PermissionFlagsBits,
  type ApplicationCommandData,
  type ApplicationCommandOptionData,
  type Client,
} from "discord.js";
import type { BotDescription } from "../../src/chat.ts";
import { shorten } from "../../src/text/shorten.ts";
import type { Language } from "../../src/words/language.ts";
import { english, loadAllWords, put, type Sentence, type Words } from "../../src/words/words.ts";

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

/** Discord's names of the languages that the bot speaks beside English. */
const locales: Readonly<Record<Exclude<Language, "en">, readonly Locale[]>> = {
  zh: [Locale.ChineseCN, Locale.ChineseTW],
  ko: [Locale.Korean],
  ja: [Locale.Japanese],
  es: [Locale.SpanishES, Locale.SpanishLATAM],
};

/** The bot's commands in Discord's form, described in all these languages; right-click entries beyond the fifteenth are left out. */
export function describeCommands(
  { commands, shortcuts }: BotDescription,
  translations: readonly Words[],
): readonly Registered[] {
  const { String: text, Attachment: file } = ApplicationCommandOptionType;
  const describe = (sentence: Sentence) => ({
    description: describeIn(english, sentence),
    descriptionLocalizations: Object.fromEntries(
      translations.flatMap((words) => {
        const { language } = words;
        return (language === "en" ? [] : locales[language]).map((locale) => [
          locale,
          describeIn(words, sentence),
        ]);
      }),
    ),
  });
  const slash = (name: string, summary: Sentence, options: readonly ApplicationCommandOptionData[]) =>
    ({ type: ApplicationCommandType.ChatInput, name, ...describe(summary), options, ...everywhere }) as const;
  const question = (required: boolean): readonly ApplicationCommandOptionData[] => [
    { type: text, name: "question", ...describe((words) => words.commands.ask.question), required },
    { type: file, name: "file", ...describe((words) => words.commands.ask.file), required: false },
  ];
  const ask = slash("ask", (words) => words.commands.ask.summary, question(true));
  const others = commands
    .filter(({ name }) => name !== "ask")
    .map(({ name, usage, summary, asks }) => {
      if (asks) return slash(name, summary, question(false));
      const argument = { type: text, name: "argument", ...describe(usage), required: false } as const;
      return slash(name, summary, usage === "" ? [] : [argument]);
    });
  return [ask, ...others, ...shortcuts.slice(0, mostShortcuts).map(({ label }) => entry(label))];
}

/** The name of a right-click entry: Discord takes 32 characters. */
export const shortcutName = (label: string): string => shorten(label, 32);

/** Registers the commands for every server, when they differ from what is registered. */
export async function registerCommands(client: Client<true>, bot: BotDescription): Promise<void> {
  const { commands } = client.application;
  const wanted = describeCommands(bot, await loadAllWords());
  const present = await commands.fetch({ withLocalizations: true });
  const isThere = (command: Registered): boolean => present.some((each) => each.equals(command));
  if (present.size !== wanted.length || !wanted.every(isThere)) await commands.set(wanted);
}

const everywhere = {
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
};

/** What Discord takes. */
const describeIn = (words: Words, sentence: Sentence): string => shorten(put(sentence, words), 100);

function entry(label: string): Registered {
  const name = shortcutName(label);
  return { type: ApplicationCommandType.Message, name, description: "", ...everywhere };
}
