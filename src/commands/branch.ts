import { runAction } from "../actions.ts";
import { UserError } from "../errors.ts";
import type { StoredTurn } from "../store/store.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { questionLine } from "./exchange.ts";
import { requireMayChange } from "./may-change.ts";

/** As many as fit a phone's screen, and a row of buttons on every platform. */
const mostListed = 5;

export const branchCommand: Command = {
  name: "branch",
  group: "conversation",
  usage: (words) => words.commands.branch.usage,
  summary: (words) => words.commands.branch.summary,
  example: "/branch 2",
  isOffered: ({ mayChange }) => mayChange,
  async run(context) {
    const { argument, conversation, core, inbound } = context;
    const [verb = "", id = ""] = argument.split(/\s+/u);
    const replied = inbound.quoted?.messageId;
    if (verb === "back") return back(context);
    if (verb === "" && replied === undefined) return list(context);
    await requireMayChange(context);
    if (replied !== undefined)
      return branch(context, await core.store.turns.find(conversation.key, { shown: replied }));
    if (verb === "at") return branch(context, await core.store.turns.find(conversation.key, { id }));
    return branch(context, await nthBack(context, verb));
  },
};

/** The exchange that is the last one when so many were gone back behind. */
async function nthBack({ conversation }: CommandContext, number: string): Promise<StoredTurn | undefined> {
  const turns = await conversation.allTurns();
  if (turns.length < 2) throw new UserError((words) => words.branching.nowhereBack);
  const count = /^[1-9]\d*$/u.test(number) ? Number(number) : 0;
  if (count === 0 || count >= turns.length)
    throw new UserError((words) => words.branching.notBack(turns.length - 1));
  return turns.at(-1 - count);
}

async function list({ conversation, words }: CommandContext): Promise<CommandAnswer> {
  const earlier = (await conversation.allTurns()).slice(0, -1).toReversed().slice(0, mostListed);
  const backAction = (conversation.binding.skips ?? []).length > 0 ? [backButton(words)] : [];
  if (earlier.length === 0) return { text: words.branching.nowhereBack, actions: backAction };
  const lines = earlier.map((turn, index) => `${index + 1}. ${questionLine(turn, words)}`);
  return {
    text: [words.branching.whereTo, "", ...lines, "", words.branching.howBack].join("\n"),
    actions: [
      // The numbers move with the next exchange, the buttons don't.
      ...earlier.map(({ id }, index) => runAction(String(index + 1), "branch", `at ${id}`)),
      ...backAction,
    ],
  };
}

async function branch(
  { conversation, words }: CommandContext,
  turn: StoredTurn | undefined,
): Promise<string | CommandAnswer> {
  const { after = "" } = conversation.binding;
  if (!turn || turn.id <= after) throw new UserError(words.branching.notInView);
  const left = await conversation.branch(turn.id);
  if (left === 0) return words.branching.isLast;
  return { text: words.branching.branched(questionLine(turn, words), left), actions: [backButton(words)] };
}

async function back(context: CommandContext): Promise<string> {
  const { conversation, words } = context;
  await requireMayChange(context);
  const returned = await conversation.unbranch();
  return returned === undefined ? words.branching.notBranched : words.branching.isBack(returned);
}

const backButton = ({ branching }: CommandContext["words"]) => runAction(branching.back, "branch", "back");
