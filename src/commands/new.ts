import { UserError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";

export const newCommand: Command = {
  name: "new",
  group: "conversation",
  usage: (words) => words.commands.new.usage,
  summary: (words) => words.commands.new.summary,
  example: "/new keep",
  isRepeatable: true,
  async run(context) {
    const { conversation, argument, words } = context;
    const [verb = "", turn] = argument.split(/\s+/u);
    if (verb === "keep") return keep(context, turn);
    await conversation.startAfresh();
    return words.commands.new.done;
  },
};

/** Starts after that turn, as the button under a change of topic does, else before the last exchange. */
async function keep({ conversation, words }: CommandContext, turn: string | undefined): Promise<string> {
  const turns = await conversation.allTurns();
  const after = turn ?? turns.at(-2)?.id;
  if (turns.length === 0) throw new UserError(words.branching.nothingToKeep);
  if (turn === undefined || conversation.binding.after !== turn) {
    if (after !== undefined && !(await conversation.startAfter(after)))
      throw new UserError((all) => all.oldButton);
  }
  return words.branching.afreshKept;
}
