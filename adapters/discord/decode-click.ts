import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  Constants,
  InteractionType,
  PermissionFlagsBits,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteraction,
} from "discord.js";
import type { Inbound } from "../../src/chat.ts";
import { remember } from "../../src/platform/remember.ts";
import { messageIdOf } from "./context.ts";
import { quote } from "./decode.ts";
import { toAttachment } from "./files.ts";
import { shortcutName } from "./register.ts";
import { baseOf, permissionsOf, readIn, type Seat } from "./seat.ts";

/** Whether the bot may write where this was clicked. Direct messages leave its permissions out. */
export function mayAnswer({ type, guild_id, channel, app_permissions }: APIInteraction): boolean {
  // A button stands under what it wrote.
  if (type === InteractionType.MessageComponent || guild_id === undefined) return true;
  const { SendMessages, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;
  const write = parentOf(channel) === undefined ? SendMessages : SendMessagesInThreads;
  return permissionsOf(app_permissions).has([ViewChannel, write]);
}

/** A command, shortcut or button; undefined for what the bot does not offer. */
export function decodeClick(interaction: APIInteraction, seat: Seat): Inbound | undefined {
  const { type, channel, guild_id, application_id, token, member } = interaction;
  const user = member?.user ?? interaction.user;
  if (!channel || !user) return undefined;
  const click = type === InteractionType.MessageComponent ? {} : { click: { application_id, token } };
  rememberLocale(seat, user.id, localeIn(interaction));
  const happening = { ...interaction, channel_id: channel.id, parent: parentOf(channel) };
  const base = baseOf(seat, happening, user, click);
  if (interaction.type === InteractionType.MessageComponent) {
    const { data, message } = interaction;
    if (data.component_type !== ComponentType.Button) return undefined;
    return { ...base, type: "press", token: data.custom_id, messageId: messageIdOf(message) };
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return undefined;
  const { data } = interaction;
  if (data.type === ApplicationCommandType.ChatInput) {
    const { text, attachments } = givenWith(data, guild_id, seat);
    if (data.name === "ask") return { ...base, type: "message", text, attachments };
    const given = attachments.length > 0 ? { attachments } : {};
    return { ...base, type: "command", name: data.name, argument: text, ...given };
  }
  if (data.type !== ApplicationCommandType.Message) return undefined;
  const target = data.resolved.messages[data.target_id];
  const shortcut = seat.bot.shortcuts.find(({ label }) => shortcutName(label) === data.name);
  if (!shortcut || !target) return undefined;
  const quoted = quote(target, guild_id, seat);
  return { ...base, type: "message", text: "", attachments: [], quoted, persona: shortcut.persona };
}

/** The channel of a thread: what was clicked tells it, whether the connection knows the thread or not. */
function parentOf(channel: APIInteraction["channel"]): string | undefined {
  if (!channel || !("parent_id" in channel)) return undefined;
  const isThread = Constants.ThreadChannelTypes.some((type) => type === channel.type);
  return isThread ? (channel.parent_id ?? undefined) : undefined;
}

/** It holds for their messages too, which tell of none. */
function rememberLocale({ locales }: Seat, user: string, locale: string | undefined): void {
  if (locale !== undefined) remember(locales, user, locale);
}

/** The language that the person chose. */
export const localeIn = (interaction: APIInteraction): string | undefined =>
  "locale" in interaction ? interaction.locale : undefined;

function givenWith(
  { options = [], resolved = {} }: APIChatInputApplicationCommandInteractionData,
  guild_id: string | undefined,
  seat: Seat,
) {
  const given = options.find(({ type }) => type === ApplicationCommandOptionType.String);
  const content = given && "value" in given ? String(given.value) : "";
  const mentions = Object.values(resolved.users ?? {});
  return {
    text: readIn(seat, { content, mentions, guild_id }, true),
    attachments: Object.values(resolved.attachments ?? {}).map((file) => toAttachment(file)),
  };
}
