import type { Command } from "./command.ts";

export const undoCommand: Command = {
  name: "undo",
  usage: "",
  summary: (words) => words.commands.undo.summary,
  async run({ conversation, words: { commands } }) {
    return (await conversation.undo()) ? commands.undo.done : commands.undo.nothing;
  },
};
