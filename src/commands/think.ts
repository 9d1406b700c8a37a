import { runAction } from "../actions.ts";
import { UserError } from "../errors.ts";
import { effortFor, modelFor } from "../model-choice.ts";
import { personaOf } from "../personas/choose.ts";
import type { ThinkingEffort } from "../providers/provider.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

const efforts: readonly ThinkingEffort[] = ["off", "low", "medium", "high", "max"];

export const thinkCommand: Command = {
  name: "think",
  group: "answers",
  example: "/think high",
  isOffered: ({ mayChange }) => mayChange,
  usage: "[off | low | medium | high | max | default | show | hide]",
  summary: ({ models }) => models.summaryOfThink,
  isRepeatable: true,
  async run(context) {
    const { conversation, words } = context;
    const argument = context.argument.toLowerCase();
    if (argument === "") return show(context);
    const effort = efforts.find((each) => each === argument);
    const isVisibility = argument === "show" || argument === "hide";
    if (effort === undefined && !isVisibility && argument !== "default")
      throw new UserError(words.models.howToThink);
    await requireMayChange(context);
    if (isVisibility) await conversation.bind({ showThinking: argument === "show" });
    else await conversation.bind({ thinking: effort });
    return show(context);
  },
};

/** What holds now, in two sentences, with a button for each that could hold instead. */
async function show({ core, conversation, words }: CommandContext): Promise<CommandAnswer> {
  const persona = personaOf(core.personas, conversation.bound);
  const { effort, by } = effortFor(persona, conversation);
  const { name, thinks } = await core.models.choose(modelFor(persona, conversation).name);
  const { showThinking: isShown = core.settings.showThinking } = conversation.bound;
  const { models } = words;
  const others = efforts.filter((each) => each !== effort);
  return {
    text: [
      thinks === false ? models.cannotThink(name, effort) : models.thinks(name, effort, by),
      ...(thinks === false ? [] : [models.showsThinking(isShown, effort === undefined)]),
    ].join("\n\n"),
    actions: [
      ...others.map((each) => runAction(models.efforts[each], "think", each)),
      ...(by === "conversation" ? [runAction(models.reset, "think", "default")] : []),
      isShown ? runAction(models.hide, "think", "hide") : runAction(models.show, "think", "show"),
    ],
  };
}
