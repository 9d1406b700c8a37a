import type { ModelInfo } from "../../core.ts";
import type { ChosenBy } from "../../model-choice.ts";
import type { ThinkingEffort } from "../../providers/provider.ts";
import { compact, dollars, percent } from "../../text/numbers.ts";
import { rate } from "../format.ts";

/** What is said about models: which answer, how hard they think, what stands under their answers. */
export const modelWords = {
  usage: "[name]",
  summary: "show the model in use, or switch to another; `default` goes back to the persona's",
  summaryOfThink: "how hard the model thinks before it answers, and whether you see it",

  notSet: (alias: string): string =>
    `No model is set for "${alias}". Write models: { ${alias}: provider/model } in parlance.yaml.`,
  unknown: (name: string, near: string | undefined, aliases: readonly string[]): string =>
    `There is no model "${name}". ${near ? `Did you mean "${near}"?` : `Known: ${aliases.join(", ")}, or provider/model.`}`,

  inUse: (model: string, by: ChosenBy): string => `\`${model}\` answers here: ${choices[by]}.`,
  isFixed: (persona: string): string =>
    `${persona} always answers with it, so it can't be switched. Another persona may be: /persona lists them.`,
  line: ({ alias, name, description, window, rate: cost }: ModelInfo, isInUse: boolean): string => {
    const goodFor = description ?? (alias === undefined ? undefined : goodForOf[alias]);
    const facts = [
      ...(window === undefined ? [] : [`${compact(window)} tokens`]),
      ...(cost ? [`${rate(cost.input)} in, ${rate(cost.output)} out`] : []),
    ];
    const called = alias === undefined ? `\`${name}\`` : `\`${alias}\` (${name})`;
    const head = `${isInUse ? `**${called}, in use**` : called}${goodFor === undefined ? "" : `: ${goodFor}`}`;
    return `- ${[head, ...facts].join(" · ")}`;
  },
  howToSwitch:
    "Dollars are for a million tokens. `/model name` switches here; the name of any `provider/model` will do.",
  unpriced: (models: readonly string[]): string =>
    `I don't know what ${models.join(", ")} ${models.length === 1 ? "costs" : "cost"}, so I can't use ${models.length === 1 ? "it" : "them"} while a budget in dollars holds. Whoever runs me can write the price in parlance.yaml: \`providers.<id>.models.<model>.price\`.`,
  switched: (model: string): string => `\`${model}\` answers here now.`,
  switchedToUnknown: (model: string, near: string | undefined): string =>
    `\`${model}\` answers here now. I don't know it, so it may be misspelt${near === undefined ? "" : `: I know \`${near}\``}. The next answer will tell.`,
  ratherThis: "That one, please",
  reset: "Back to default",

  howToThink:
    "Write `/think off`, `low`, `medium`, `high` or `max`, `/think default`, `/think show` or `/think hide`.",
  efforts: { off: "Off", low: "Low", medium: "Medium", high: "High", max: "Max" },
  thinks: (model: string, effort: ThinkingEffort | undefined, by: ChosenBy): string =>
    effort === undefined
      ? `\`${model}\` decides itself how hard it thinks.`
      : `\`${model}\` ${effort === "off" ? "answers without thinking first, as far as it can" : `thinks first, effort ${effort}`}: ${efforts[by]}.`,
  cannotThink: (model: string, effort: ThinkingEffort | undefined): string =>
    `\`${model}\` can't be told how hard to think.${effort === undefined ? "" : ` “${effort}” holds for models that can.`}`,
  showsThinking: (isShown: boolean, isUndecided: boolean): string =>
    isShown
      ? `What it thinks is shown folded with its answer${isUndecided ? ", as far as its vendor tells: some do only when an effort is chosen" : ""}.`
      : "What it thinks is not shown.",
  show: "Show thinking",
  hide: "Hide thinking",

  receipt: {
    tokens: (input: number, output: number): string => `${compact(input)} in, ${compact(output)} out`,
    cost: (usd: number, searches: number): string =>
      searches === 0
        ? dollars(usd)
        : `${dollars(usd)} + ${searches === 1 ? "1 search" : `${searches} searches`}`,
    cached: (share: number): string => `${percent(share)} cached`,
    thinking: (tokens: number): string => `${compact(tokens)} thinking`,
    window: (share: number): string => `${percent(share)} of the window`,
    tools: (names: readonly string[]): string => `tools: ${names.join(", ")}`,
    seconds: (seconds: number): string => `${seconds.toFixed(1)} s`,
  },
};

const choices: Record<ChosenBy, string> = {
  question: "it was chosen for this question",
  conversation: "it was chosen in this conversation",
  place: "it was chosen for this channel",
  persona: "it is the persona's own",
  nobody: "it is the default",
};

const efforts: Record<ChosenBy, string> = {
  ...choices,
  persona: "so the persona wants it",
};

/** Of the aliases that are there by themselves. */
const goodForOf: Readonly<Record<string, string>> = {
  fast: "quick and cheap, for everyday questions",
  smart: "thorough, for most things",
  thinking: "slower and dearer, for what is hard",
};
