import type { Message } from "./message.ts";
import type { Usage } from "./providers/provider.ts";
import type { FinishedRounds } from "./store/store.ts";
import type { Note } from "./tools/tool.ts";
import type { Spent } from "./turn.ts";

export const noUsage: Usage = {
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  thinkingTokens: 0,
};

/** The sum of two rounds' usage. */
export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    thinkingTokens: one.thinkingTokens + other.thinkingTokens,
  };
}

/** What all rounds so far came to. */
export interface Progress {
  readonly messages: Message[];
  readonly tools: string[];
  readonly toolErrors: unknown[];
  readonly notes: Note[];
  /** By model. */
  readonly spent: Map<string, Usage>;
  model: string;
  /** Whether something was said in an earlier round, so that the next one starts a paragraph. */
  spoke: boolean;
}

/** Begins a turn, where an earlier attempt at it ended if there was one. */
export function progressFrom(resume: FinishedRounds | undefined): Progress {
  const { messages = [], tools = [], spent = [], model = "", notes = [] } = resume ?? {};
  const spoke = messages.some(({ parts }) => parts.some(({ type }) => type === "text"));
  const byModel = new Map(spent.map(({ model, usage }) => [model, usage]));
  return {
    messages: [...messages],
    tools: [...tools],
    toolErrors: [],
    notes: [...notes],
    spent: byModel,
    model,
    spoke,
  };
}

/** How often the model was asked. */
export const countRounds = (messages: readonly Message[]): number =>
  messages.filter(({ role }) => role === "assistant").length;

/** The words of the rounds that an earlier attempt finished, as they were shown then. */
export function saidBefore(messages: readonly Message[]): string {
  return messages
    .filter(({ role }) => role === "assistant")
    .map(({ parts }) => parts.map((part) => (part.type === "text" ? part.text : "")).join(""))
    .filter((text) => text !== "")
    .join("\n\n");
}

/** Adds what a call used. */
export function spend({ spent }: Progress, { model, usage }: Spent): void {
  if (usage !== noUsage) spent.set(model, addUsage(spent.get(model) ?? noUsage, usage));
}

/** The sum over all models. */
export const usageOf = ({ spent }: Pick<Progress, "spent">): Usage =>
  [...spent.values()].reduce(addUsage, noUsage);

/** What each model used. */
export const listSpent = ({ spent }: Pick<Progress, "spent">): readonly Spent[] =>
  [...spent].map(([model, usage]) => ({ model, usage }));
