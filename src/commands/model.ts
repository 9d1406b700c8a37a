import type { Command } from "./command.ts";
import { requireMayChange } from "./may-change.ts";

export const modelCommand: Command = {
  name: "model",
  group: "answers",
  usage: "[name]",
  summary: "show the model in use, or switch to another; `default` goes back to the persona's",
  example: "/model fast",
  isOffered: ({ mayChange }) => mayChange,
  isRepeatable: true,
  async run(context) {
    const { conversation, argument } = context;
    const { models, personas } = context.core;
    if (argument === "") {
      const { bound } = conversation;
      const persona =
        (bound.persona === undefined ? undefined : personas.find(bound.persona)) ?? personas.fallback();
      const inUse = await models.choose(bound.model ?? persona.model ?? "smart");
      const aliases = [...models.aliases()].map(([alias, model]) => `- \`${alias}\`: ${model}`);
      return [
        `\`${inUse.name}\` answers here.`,
        "",
        ...aliases,
        "",
        "`/model name` switches; any `provider/model` works.",
      ].join("\n");
    }
    await requireMayChange(context);
    if (argument === "default") {
      await conversation.bind({ model: undefined });
      return "The persona's own model answers again.";
    }
    const model = await models.choose(argument);
    await conversation.bind({ model: argument });
    return `\`${model.name}\` answers here now.`;
  },
};
