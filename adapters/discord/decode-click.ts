import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
  PermissionsBitField,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
} from "discord.js";
import type { Inbound, InboundMessage } from "../../src/chat.ts";
import { messageId, type EventContext } from "./context.ts";
import { quote } from "./decode.ts";
import { toAttachment } from "./files.ts";
import { shortcutName } from "./register.ts";
import { authorOf, guildIn, mayManage, placeOf, readIn, type Seat } from "./seat.ts";

type Base = Omit<InboundMessage, "type" | "text" | "attachments">;

/** A command, shortcut or button; `isTaken` when Discord takes answers to it. Undefined for what the bot does not offer. */
export function decodeClick(
  interaction: APIInteraction,
  { seat, isTaken }: { readonly seat: Seat; readonly isTaken: boolean },
): Inbound | undefined {
  const base = baseOf(interaction, isTaken);
  if (!base) return undefined;
  if (interaction.type === InteractionType.MessageComponent) {
    const { data, message } = interaction;
    if (data.component_type !== ComponentType.Button) return undefined;
    const isByWebhook = message.webhook_id !== undefined && message.webhook_id !== interaction.application_id;
    const id = messageId(message.id, isByWebhook ? { by: "webhook" } : undefined);
    return { ...base, type: "press", token: data.custom_id, messageId: id };
  }
  if (interaction.type !== InteractionType.ApplicationCommand) return undefined;
  const { data, guild_id: guildId } = interaction;
  if (data.type === ApplicationCommandType.ChatInput) return decodeCommand(data, { base, guildId, seat });
  if (data.type !== ApplicationCommandType.Message) return undefined;
  const target = data.resolved.messages[data.target_id];
  const shortcut = seat.bot.shortcuts.find(({ label }) => shortcutName(label) === data.name);
  if (!shortcut || !target) return undefined;
  const quoted = quote(target, guildId, seat);
  return { ...base, type: "message", text: "", attachments: [], quoted, persona: shortcut.persona };
}

function decodeCommand(
  { name, options = [], resolved }: APIChatInputApplicationCommandInteraction["data"],
  { base, guildId, seat }: { base: Base; guildId: string | undefined; seat: Seat },
): Inbound {
  const given = options.find(({ type }) => type === ApplicationCommandOptionType.String);
  const content = given && "value" in given ? String(given.value) : "";
  const mentions = Object.values(resolved?.users ?? {});
  const words = readIn(seat, { content, mentions }, guildIn(seat, guildId), { toBot: true }).trim();
  if (name !== "ask") return { ...base, type: "command", name, argument: words };
  const files = Object.values(resolved?.attachments ?? {});
  return { ...base, type: "message", text: words, attachments: files.map((file) => toAttachment(file)) };
}

function baseOf(interaction: APIInteraction, isTaken: boolean): Base | undefined {
  const { id, token, application_id: application, guild_id: guildId, channel, member } = interaction;
  const user = member?.user ?? interaction.user;
  if (!user || !channel) return undefined;
  const author = authorOf(user, member);
  const name = "name" in channel ? channel.name : undefined;
  const parentId = "parent_id" in channel ? channel.parent_id : undefined;
  const place = placeOf({ id: channel.id, guildId, type: channel.type, name, parentId }, author.name);
  const { SendMessages, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;
  const write = place.place === "thread" ? SendMessagesInThreads : SendMessages;
  const own = new PermissionsBitField(BigInt(interaction.app_permissions));
  const awaited = interaction.type !== InteractionType.MessageComponent;
  // In direct messages Discord leaves these permissions out, and they need none.
  const mayPost = guildId === undefined || own.has([ViewChannel, write]);
  const manages = member !== undefined && mayManage(new PermissionsBitField(BigInt(member.permissions)));
  const click = { application, token, awaited, mayPost };
  const context: EventContext = { onServer: guildId !== undefined, manages, ...(isTaken && { click }) };
  return { id, ...place, author, context };
}
