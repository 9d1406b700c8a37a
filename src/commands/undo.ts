import { runAction } from "../actions.ts";
import { UserError } from "../errors.ts";
import type { Command, CommandContext } from "./command.ts";
import { questionLine } from "./exchange.ts";
import { mayTakeAway } from "./may-change.ts";

export const undoCommand: Command = {
  name: "undo",
  group: "conversation",
  usage: "",
  summary: (words) => words.commands.undo.summary,
  async run(context) {
    const { conversation, words } = context;
    const [last, ...earlier] = (await conversation.turns()).toReversed();
    if (!last) return words.commands.undo.nothing;
    await requireMayTakeBack(context, last.person);
    await conversation.undo();
    return {
      text: words.branching.undone(questionLine(last, words)),
      ...(earlier.length > 0 && { actions: [runAction(words.branching.undoMore, "undo")] }),
    };
  },
};

/** What another person asked in front of all is not everyone's to take away. */
async function requireMayTakeBack(context: CommandContext, person: string): Promise<void> {
  if (!(await mayTakeAway(context, person))) throw new UserError((words) => words.branching.notYourExchange);
}
