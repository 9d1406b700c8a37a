import { runAction } from "../actions.ts";
import { compact } from "../compact.ts";
import { UserError } from "../errors.ts";
import { answering } from "./answering.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

export const compactCommand: Command = {
  name: "compact",
  group: "conversation",
  usage: "[undo]",
  summary: (words) => words.context.compactSummary,
  isOffered: ({ mayChange }) => mayChange,
  async run(context) {
    const { conversation, argument, words } = context;
    if (argument !== "" && argument !== "undo") throw new UserError((words) => words.context.compactUsage);
    await requireMayChange(context);
    if (argument === "") return sumUp(context);
    const wasThere = await conversation.expand();
    return wasThere ? words.context.expanded : words.context.nothingToExpand;
  },
};

async function sumUp(context: CommandContext): Promise<string | CommandAnswer> {
  const { core, conversation, inbound, words, job, signal } = context;
  const { persona, model } = await answering(core, conversation);
  if (persona.context === 0) throw new UserError((words) => words.context.seesNoHistory(persona.name));
  const begin = (turns: number): void => context.status(words.context.compacting(turns));
  const done = await compact(core, { conversation, inbound, persona, model, job, signal, begin });
  if (!done) return words.context.compactStopped;
  const { turns, tokensBefore, tokensAfter, kept, leftOut } = done;
  return {
    text: [
      words.context.compacted({ turns, tokensBefore, tokensAfter, kept }),
      ...(leftOut > 0 ? [words.context.leftOut(leftOut)] : []),
      "",
      done.text.replaceAll(/^/gmu, "> "),
    ].join("\n"),
    actions: [
      runAction(words.context.takeBack, "compact", "undo"),
      runAction(words.context.whatLeft, "context", "left"),
    ],
  };
}
