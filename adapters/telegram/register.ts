import type { BotCommand } from "grammy/types";
import type { BotDescription } from "../../src/chat.ts";
import { commandNameOf } from "./decode.ts";

/** What Telegram shows when somebody types a slash: the commands, and a persona's name to ask it about a message. */
export function commandsOf({ commands, shortcuts }: BotDescription): BotCommand[] {
  const all = [
    { command: "ask", description: "ask a question" },
    ...commands.map(({ name, usage, summary }) => ({
      command: name,
      description: usage === "" ? summary : `${summary}: ${usage}`,
    })),
    ...shortcuts.map((shortcut) => ({
      command: commandNameOf(shortcut),
      description: `${shortcut.label}: in reply to a message`,
    })),
  ];
  return all
    .filter(
      ({ command }, index) =>
        /^[a-z0-9_]{1,32}$/u.test(command) && all.findIndex((each) => each.command === command) === index,
    )
    .slice(0, 100)
    .map(({ command, description }) => ({ command, description: description.slice(0, 256) }));
}
