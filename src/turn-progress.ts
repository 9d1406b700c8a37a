import { countMessages, estimateTokens } from "./conversation/tokens.ts";
import type { UserError } from "./errors.ts";
import type { Message, ToolResultPart } from "./message.ts";
import type { Usage } from "./providers/provider.ts";
import { addFees, type Fees, noFees } from "./search/fees.ts";
import type { FinishedRounds, OpenRound } from "./store/store.ts";
import type { Note } from "./tools/tool.ts";
import type { Round } from "./turn-round.ts";
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

/** A call that broke off: its vendor may not have told what it took, and takes it all the same. */
export interface Cut {
  /** `provider/model`. */
  readonly model: string;
  /** What had been added to the prompt since the first call, in tokens. */
  readonly addedTokens: number;
  readonly said: string;
  /** What the vendor told. */
  readonly told: Usage;
}

/** What one attempt at a turn took, without what earlier ones did. */
export interface Taken {
  /** `provider/model` that answered last; empty when none did. */
  readonly model: string;
  readonly spent: readonly Spent[];
  readonly fees: Fees;
  readonly tools: readonly string[];
  readonly cuts: readonly Cut[];
  /** Set where no model was asked: its tools went on with what an earlier attempt had them called for. */
  readonly isOfToolsAlone?: true;
}

/** The round whose tools run. */
export interface Calling extends OpenRound {
  readonly results: (ToolResultPart | null)[];
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
  /** What earlier attempts had finished: they account for it. */
  readonly before: { readonly calls: number; readonly tools: number; readonly feesUsd: number };
  /** The call on its way. */
  open: Round | undefined;
  calling: Calling | undefined;
  readonly cuts: Cut[];
  /** Whether a vendor was asked that takes something for it. */
  owes: boolean;
  /** Says what was left when a budget was in the way. */
  limit: UserError | undefined;
  /** No round may follow the one on its way. */
  isEnding: boolean;
}

/** Begins a turn, where an earlier attempt at it ended if there was one. */
export function progressFrom(resume: FinishedRounds | undefined): Progress {
  const { messages = [], tools = [], spent = [], fees = noFees, model = "", notes = [], open } = resume ?? {};
  const spoke = [...messages, ...(open ? [open] : [])].some(({ parts }) =>
    parts.some(({ type }) => type === "text"),
  );
  return {
    messages: [...messages],
    tools: [...tools],
    toolErrors: [],
    notes: [...notes],
    spent: [...spent],
    fees,
    model,
    spoke,
    before: { calls: spent.length, tools: tools.length, feesUsd: fees.usd },
    open: undefined,
    calling: open && { ...open, results: [...open.results] },
    cuts: [],
    owes: false,
    limit: undefined,
    isEnding: false,
  };
}

/** What of it is stored. */
export function finishedIn(progress: Progress): FinishedRounds {
  const { messages, spent, model, tools, fees, notes, calling } = progress;
  return {
    messages: [...messages],
    ...(calling && { open: { ...calling, results: [...calling.results] } }),
    spent: [...spent],
    model,
    tools: [...tools],
    fees,
    ...(notes.length > 0 && { notes: [...notes] }),
  };
}

/** Adds what something beside the model cost. */
export const payIn =
  (progress: Progress) =>
  (fees: Fees): void =>
    void (progress.fees = addFees(progress.fees, fees));

/** The call on its way has come to its end. A vendor that tells nothing of it takes something all the same. */
export function endCall(progress: Progress, round: Round): void {
  if (round.usage.inputTokens + round.usage.outputTokens === 0) noteCut(progress, round);
  close(progress, round);
}

function close(progress: Progress, { usage }: Round): void {
  spend(progress, { model: progress.model, usage });
  progress.open = undefined;
  progress.owes = true;
}

/** The call on its way goes no further. Safe to repeat. */
export function breakOff(progress: Progress): void {
  const { open } = progress;
  if (!open) return;
  noteCut(progress, open);
  close(progress, open);
}

/** A call died: where its vendor did not tell all that it takes, that is still to be reckoned. */
export function noteCut(
  { cuts, model, messages }: Progress,
  { before, parts, thinking, usage }: Round,
): void {
  const texts = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const calls = parts.map((part) => (part.type === "tool-call" ? part.arguments : ""));
  cuts.push({
    model,
    addedTokens: countMessages(messages, estimateTokens) + estimateTokens(before),
    said: [thinking, texts.slice(before.length), ...calls].join(""),
    told: usage,
  });
}

/** What this attempt took, also where it broke off; undefined when nobody takes anything for it. */
export function takenBy(progress: Progress): Taken | undefined {
  breakOff(progress);
  const taken = takenSoFar(progress);
  return progress.owes || taken.fees.usd > 0 ? taken : undefined;
}

/** What the calls and tools of this attempt took that have ended. */
export function takenSoFar({ owes, model, spent, fees, tools, cuts, before }: Progress): Taken {
  return {
    model,
    spent: spent.slice(before.calls),
    fees: { ...fees, usd: fees.usd - before.feesUsd },
    tools: tools.slice(before.tools),
    cuts,
    ...(!owes && { isOfToolsAlone: true }),
  };
}

/** How often the model was asked. */
export const countRounds = (messages: readonly Message[]): number =>
  messages.filter(({ role }) => role === "assistant").length;

/** The words of the rounds that an earlier attempt finished, as they were shown then. */
export const saidIn = ({ messages, calling }: Progress): string =>
  saidBefore([...messages, ...(calling ? [{ role: "assistant", parts: calling.parts } as const] : [])]);

/** The words of an answer's rounds, as they are shown. */
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
export const usageOf = ({ spent }: { readonly spent: readonly Spent[] }): Usage =>
  spent.map(({ usage }) => usage).reduce(addUsage, noUsage);
