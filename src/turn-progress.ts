import type { Message } from "./message.ts";
import type { Usage } from "./providers/provider.ts";
import { type Fees, noFees } from "./search/fees.ts";
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

/** The sum of two rounds' usage; what a vendor says that a call cost stays with the call. */
export function addUsage(one: Usage, other: Usage): Usage {
  const hour = (one.cacheWriteHourTokens ?? 0) + (other.cacheWriteHourTokens ?? 0);
  const searches = (one.searches ?? 0) + (other.searches ?? 0);
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    cachedTokens: one.cachedTokens + other.cachedTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    thinkingTokens: one.thinkingTokens + other.thinkingTokens,
    ...(hour > 0 && { cacheWriteHourTokens: hour }),
    ...(searches > 0 && { searches }),
  };
}

/** What all rounds so far came to. */
export interface Progress {
  readonly messages: Message[];
  readonly tools: string[];
  readonly toolErrors: unknown[];
  readonly notes: Note[];
  /** Call by call. */
  readonly spent: Spent[];
  /** What its tools cost. */
  fees: Fees;
  model: string;
  /** Whether something was said in an earlier round, so that the next one starts a paragraph. */
  spoke: boolean;
}

/** Begins a turn, where an earlier attempt at it ended if there was one. */
export function progressFrom(resume: FinishedRounds | undefined): Progress {
  const { messages = [], tools = [], spent = [], fees = noFees, model = "", notes = [] } = resume ?? {};
  const spoke = messages.some(({ parts }) => parts.some(({ type }) => type === "text"));
  return {
    messages: [...messages],
    tools: [...tools],
    toolErrors: [],
    notes: [...notes],
    spent: [...spent],
    fees,
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
export function spend({ spent }: Progress, call: Spent): void {
  if (call.usage !== noUsage) spent.push(call);
}

/** The sum over all calls. */
export const usageOf = ({ spent }: Pick<Progress, "spent">): Usage =>
  spent.map(({ usage }) => usage).reduce(addUsage, noUsage);
