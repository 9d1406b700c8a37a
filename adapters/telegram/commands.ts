import type { BotCommand, Message } from "grammy/types";
import type { BotDescription, Inbound, InboundCommand, InboundMessage } from "../../src/chat.ts";
import { commandIn } from "../../src/platform/inbound.ts";
import { english, put, type Words } from "../../src/words/words.ts";
import { type Self, wordsOf } from "./text.ts";

type Command = Pick<InboundCommand, "name" | "argument">;

/** `/name@bot rest` at the beginning of a message, of a command there is; `others` when it is another bot's, or may be. */
export function commandOf(
  message: Message,
  { me, bot }: { me: Self; bot: BotDescription },
): Command | "others" | undefined {
  const { text, entities } = wordsOf(message);
  const entity = entities.find(({ type, offset }) => type === "bot_command" && offset === 0);
  if (!entity) return undefined;
  const [name = "", target] = text.slice(1, entity.length).toLowerCase().split("@");
  const isKnown = name === "start" || commandsOf(bot).some(({ command }) => command === name);
  // A path, or a slip that the bot itself sees.
  if (target === undefined && !isKnown) return message.chat.type === "private" ? undefined : "others";
  const isOurs = target === undefined || target === me.username.toLowerCase();
  return isOurs ? { name, argument: text.slice(entity.length).trim() } : "others";
}

/** What a command asks for: a question, a question to a persona, or the bot's own command. */
export function readCommand(
  { name, argument }: Command,
  message: InboundMessage,
  { commands, shortcuts }: BotDescription,
): Inbound {
  if (name === "ask") return { ...message, text: argument };
  const shortcut = shortcuts.find(({ persona }) => commandNameOf(persona) === name);
  if (shortcut && !commands.some((command) => command.name === name))
    return { ...message, text: argument, persona: shortcut.persona };
  // Telegram's own first word to every bot.
  return commandIn(message, { name: name === "start" ? "help" : name, argument });
}

/** The command that stands for a right-click here: in reply to a message it asks that persona about it. */
const commandNameOf = (persona: string): string =>
  persona
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]/gu, "_")
    .slice(0, 32);

/** What Telegram shows when somebody types a slash: the commands, and a persona's name to ask it about a message. */
export function commandsOf({ commands, shortcuts }: BotDescription, words: Words = english): BotCommand[] {
  const all = new Map([["ask", words.commands.ask.summary]]);
  for (const { name, usage, summary } of commands)
    all.set(name, [put(summary, words), put(usage, words)].filter(Boolean).join(": "));
  for (const { persona, label } of shortcuts) {
    const name = commandNameOf(persona);
    if (!all.has(name)) all.set(name, words.commands.persona.inReply(label));
  }
  return [...all]
    .filter(([command]) => /^[a-z0-9_]{1,32}$/u.test(command))
    .slice(0, 100)
    .map(([command, description]) => ({ command, description: description.slice(0, 256) }));
}
