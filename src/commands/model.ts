import { runAction } from "../actions.ts";
import type { Action } from "../chat.ts";
import type { ModelInfo } from "../core.ts";
import { UserError } from "../errors.ts";
import { modelFor } from "../model-choice.ts";
import { personaOf } from "../personas/choose.ts";
import type { Command, CommandAnswer, CommandContext } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

/** More buttons than these nobody reads. */
const mostButtons = 9;

export const modelCommand: Command = {
  name: "model",
  group: "answers",
  usage: ({ models }) => models.usage,
  summary: ({ models }) => models.summary,
  example: "/model fast",
  isOffered: ({ mayChange }) => mayChange,
  isRepeatable: true,
  async run(context) {
    const { argument, conversation, core, words } = context;
    if (argument === "") return show(context);
    const persona = personaOf(core.personas, conversation.bound);
    if (persona.modelFixed) throw new UserError(words.models.isFixed(persona.name));
    if (argument === "default") {
      await requireMayChange(context);
      await conversation.bind({ model: undefined });
      const { name, by } = modelFor(persona, conversation);
      return words.models.inUse((await core.models.describe(name)).name, by);
    }
    return switchTo(context, argument);
  },
};

async function show({ core, conversation, words }: CommandContext): Promise<CommandAnswer> {
  const { models, limits, personas } = core;
  const persona = personaOf(personas, conversation.bound);
  const { name, by } = modelFor(persona, conversation);
  const inUse = await models.describe(name);
  const head = words.models.inUse(inUse.name, by);
  if (persona.modelFixed) return { text: [head, words.models.isFixed(persona.name)].join("\n\n") };
  const all = await models.list();
  const isCurrent = ({ alias, name }: ModelInfo): boolean =>
    inUse.alias === undefined ? name === inUse.name : alias === inUse.alias;
  const unpriced = all.filter(({ rate, name }) => !rate && !name.startsWith("demo/"));
  const names = [...new Set(unpriced.map(({ name }) => name))];
  return {
    text: [
      head,
      "",
      ...all.map((model) => words.models.line(model, isCurrent(model))),
      "",
      words.models.howToSwitch,
      ...(limits.countsMoney && names.length > 0 ? ["", words.models.unpriced(names)] : []),
    ].join("\n"),
    actions: buttons(all, { isCurrent, canReset: by === "conversation", reset: words.models.reset }),
  };
}

function buttons(
  all: readonly ModelInfo[],
  options: { isCurrent: (model: ModelInfo) => boolean; canReset: boolean; reset: string },
): readonly Action[] {
  const { isCurrent, canReset, reset } = options;
  const aliases = all.flatMap((model) =>
    model.alias === undefined || isCurrent(model) ? [] : [model.alias],
  );
  return [
    ...aliases.slice(0, mostButtons).map((alias) => runAction(alias, "model", alias)),
    ...(canReset ? [runAction(reset, "model", "default")] : []),
  ];
}

async function switchTo(context: CommandContext, name: string): Promise<CommandAnswer> {
  const { conversation, core, words } = context;
  // Made before it is bound: a key that is missing is said now rather than with the next question.
  const { name: chosen } = await core.models.choose(name);
  const { isKnown, near } = await core.models.describe(name);
  await requireMayChange(context);
  await conversation.bind({ model: name });
  if (isKnown) return { text: words.models.switched(chosen) };
  const back = runAction(words.models.reset, "model", "default");
  return {
    text: words.models.switchedToUnknown(chosen, near),
    actions:
      near !== undefined && isAscii(near)
        ? [runAction(words.models.ratherThis, "model", near), back]
        : [back],
  };
}

/** What a button's token can hold. */
const isAscii = (name: string): boolean => /^[\x20-\x7e]{1,45}$/u.test(name);
