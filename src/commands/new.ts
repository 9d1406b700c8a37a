import type { Command } from "./command.ts";

export const newCommand: Command = {
  name: "new",
  usage: "",
  summary: "start a fresh context; persona and model stay",
  isRepeatable: true,
  async run({ conversation }) {
    await conversation.startAfresh();
    return "A fresh start: I no longer see what was said before.";
  },
};
