import type { Command } from "./command.ts";

export const newCommand: Command = {
  name: "new",
  usage: "",
  summary: (words) => words.commands.new.summary,
  isRepeatable: true,
  async run({ conversation, words }) {
    await conversation.startAfresh();
    return words.commands.new.done;
  },
};
