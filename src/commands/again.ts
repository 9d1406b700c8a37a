import { findOther } from "../again.ts";
import { UserError } from "../errors.ts";
import type { Command } from "./command.ts";

export const againCommand: Command = {
  name: "again",
  group: "answers",
  usage: (words) => words.commands.again.usage,
  summary: (words) => words.commands.again.summary,
  example: "/again fast",
  isRepeatable: true,
  async run({ core, conversation, inbound, argument }) {
    const turn = (await conversation.turns()).findLast(({ person }) => person === inbound.author.id);
    if (!turn) throw new UserError((words) => words.branching.noQuestion);
    return { again: turn, ...(argument !== "" && { by: await findOther(core, argument) }) };
  },
};
