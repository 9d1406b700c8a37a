import { expect, test } from "vitest";
import { linkOf as discordLink } from "../../adapters/discord/link.ts";
import { linkOf as telegramLink } from "../../adapters/telegram/link.ts";
import type { InboundMessage } from "../../src/chat.ts";

const message = (thread: string, messageId: string | undefined, server?: string): InboundMessage => ({
  type: "message",
  id: "e",
  thread,
  place: "channel",
  channelName: "general",
  author: { id: "x:1", name: "Kim" },
  text: "",
  attachments: [],
  ...(messageId !== undefined && { messageId }),
  ...(server !== undefined && { server }),
});

test.each([
  ["a channel", message("discord:11", "99", "discord:7"), "https://discord.com/channels/7/11/99"],
  ["a thread", message("discord:11:22", "99", "discord:7"), "https://discord.com/channels/7/22/99"],
  [
    "the message a thread is opened on",
    message("discord:11:99", "99", "discord:7"),
    "https://discord.com/channels/7/11/99",
  ],
  ["a direct message", message("discord:11", "99"), "https://discord.com/channels/@me/11/99"],
  ["what was no message", message("discord:11", undefined), undefined],
])("Discord: %s has an address", (_, of, link) => {
  expect(discordLink(of)).toBe(link);
});

test.each([
  ["a supergroup", message("telegram:-1001234", "99"), "https://t.me/c/1234/99"],
  ["a topic", message("telegram:-1001234:5", "99"), "https://t.me/c/1234/5/99"],
  ["a small group has none", message("telegram:-1234", "99"), undefined],
  ["a direct message has none", message("telegram:1234", "99"), undefined],
])("Telegram: %s", (_, of, link) => {
  expect(telegramLink(of)).toBe(link);
});
