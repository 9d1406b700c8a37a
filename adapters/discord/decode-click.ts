import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
  PermissionsBitField,
  type APIChatInputApplicationCommandInteractionData,
  type APIInteraction,
} from "discord.js";
import type { Inbound } from "../../src/chat.ts";
import { parseThread } from "../../src/platform/thread-id.ts";
import { type Click, type EventContext, inChannel, ofPersona } from "./context.ts";
import { type Base, quote } from "./decode.ts";
import { toAttachment } from "./files.ts";
import { shortcutName } from "./register.ts";
import { authorOf, guildIn, mayManage, placeOf, readIn, type Seat } from "./seat.ts";

/** A command, shortcut or button; `isTaken` when Discord takes answers to it. Undefined for what the bot does not offer. */
export function decodeClick(
  interaction: APIInteraction,
  { seat, isTaken }: { readonly seat: Seat; readonly isTaken: boolean },
): Inbound | undefined {
  const base = baseOf(interaction, isTaken);
  if (!base) return undefined;
  const { guild_id: guildId, application_id: application } = interaction;
  if (interaction.type === InteractionType.MessageComponent) {
    const { data, message } = interaction;
    if (data.component_type !== ComponentType.Button) return undefined;
    const { id, channel_id: channel, webhook_id: webhook = application } = message;
    const spot = { parent: parseThread(base.thread).channel, channel };
    const messageId = webhook === application ? inChannel(channel, id) : ofPersona(spot, id);
    return { ...base, type: "press", token: data.custom_id, messageId };
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return undefined;
  const { data } = interaction;
  if (data.type === ApplicationCommandType.ChatInput) {
    const { words, attachments } = givenWith(data, guildId, seat);
    if (data.name === "ask") return { ...base, type: "message", text: words, attachments };
    return { ...base, type: "command", name: data.name, argument: words };
  }
  if (data.type !== ApplicationCommandType.Message) return undefined;
  const target = data.resolved.messages[data.target_id];
  const shortcut = seat.bot.shortcuts.find(({ label }) => shortcutName(label) === data.name);
  if (!shortcut || !target) return undefined;
  const quoted = quote(target, guildId, seat);
  return { ...base, type: "message", text: "", attachments: [], quoted, persona: shortcut.persona };
}

function givenWith(
  { options = [], resolved = {} }: APIChatInputApplicationCommandInteractionData,
  guildId: string | undefined,
  seat: Seat,
) {
  const text = options.find(({ type }) => type === ApplicationCommandOptionType.String);
  const content = text && "value" in text ? String(text.value) : "";
  const mentions = Object.values(resolved.users ?? {});
  return {
    words: readIn(seat, { content, mentions }, guildIn(seat, guildId), { toBot: true }).trim(),
    attachments: Object.values(resolved.attachments ?? {}).map((file) => toAttachment(file)),
  };
}

function baseOf(interaction: APIInteraction, isTaken: boolean): Base | undefined {
  const { id, token, application_id: application, guild_id: guildId, channel, member } = interaction;
  const user = member?.user ?? interaction.user;
  if (!user || !channel) return undefined;
  const author = authorOf(user, member);
  const place = placeOf(channel, guildId, author.name);
  const click: Click = {
    application,
    token,
    awaited: interaction.type !== InteractionType.MessageComponent,
    // In direct messages Discord leaves these permissions out, and they need none.
    mayPost: guildId === undefined || mayWrite(interaction.app_permissions, place.place),
  };
  const context: EventContext = {
    onServer: guildId !== undefined,
    manages: member !== undefined && mayManage(permissionsOf(member.permissions)),
    ...(isTaken && { click }),
  };
  return { id, ...place, author, context };
}

const permissionsOf = (bits: string): PermissionsBitField => new PermissionsBitField(BigInt(bits));

function mayWrite(bits: string, place: Inbound["place"]): boolean {
  const { SendMessages, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;
  const write = place === "thread" ? SendMessagesInThreads : SendMessages;
  return permissionsOf(bits).has([ViewChannel, write]);
}
