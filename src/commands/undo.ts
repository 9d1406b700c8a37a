import type { Command } from "./command.ts";

export const undoCommand: Command = {
  name: "undo",
  usage: "",
  summary: "take back the last question and its answer",
  async run({ conversation }) {
    return (await conversation.undo()) ? "The last exchange is forgotten." : "There is nothing to take back.";
  },
};
