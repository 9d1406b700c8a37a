import type { Message } from "./message.ts";
import type { UserError } from "./errors.ts";
import type { ModelRequest, ProviderFailure, StreamEvent, Usage } from "./providers/provider.ts";
import type { Fees } from "./search/fees.ts";
import type { FinishedRounds } from "./store/store.ts";
import type { Note, Tool, ToolContext } from "./tools/tool.ts";
import type { Sentence } from "./words/words.ts";
import { fits, type Hold, nextCall, requestOf, saidTokens, watchLength } from "./turn-budget.ts";
import { beginCalls, callsIn, endCalls, runCalls } from "./turn-calls.ts";
import { newRound, record, type Round, roundOf, giveUp, spoken, takeOver } from "./turn-round.ts";
import {
  breakOff,
  type Calling,
  countRounds,
  endCall,
  finishedIn,
  noUsage,
  type Progress,
  progressFrom,
  saidIn,
  usageOf,
} from "./turn-progress.ts";

/** A model call that names the model which answers before its first event. */
export type ModelStream = (
  request: Omit<ModelRequest, "model">,
  signal: AbortSignal,
) => AsyncIterable<ModelEvent>;

export type ModelEvent = StreamEvent | AnsweringEvent | SpentEvent;

/**
 * Says which model answers from here on, and which failed, each told once. Comes again when a call died in mid-answer: it
 * goes on with what that one said.
 */
export interface AnsweringEvent {
  readonly type: "answering";
  /** `provider/model`. */
  readonly model: string;
  readonly failed: readonly { readonly model: string; readonly kind: ProviderFailure }[];
  /** It stands in for another and sees no pictures, though there are some. */
  readonly isBlind?: true;
}

/**
 * Calls failed that take something all the same. Their text stands, and their tool calls and thoughts are void. Comes before
 * another call is made, which is not where the stream is left here; or last, before the stream throws.
 */
export interface SpentEvent {
  readonly type: "spent";
  /** As far as they told. */
  readonly spent: readonly Spent[];
  /** What is asked next. */
  readonly next?: Omit<ModelRequest, "model">;
}

/** What one call used. Prices differ by model, and by how much is sent at once. */
export interface Spent {
  /** `provider/model`. */
  readonly model: string;
  readonly usage: Usage;
}

/** What a person may see while a turn runs. */
export type TurnEvent =
  | AnsweringEvent
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "thinking"; readonly text: string }
  /** A tool starts; `status` says what it does in words. */
  | { readonly type: "tool"; readonly name: string; readonly status: Sentence }
  /** Something a tool did that the person is to know. */
  | { readonly type: "note"; readonly note: Note }
  /** More is finished, of a round whose tools run or of all of it: `soFar` is all that need not be done again. */
  | { readonly type: "round"; readonly soFar: FinishedRounds };

/** One question's finished answer. */
export interface TurnResult {
  /** The model's rounds and their tool results, whole. */
  readonly messages: readonly Message[];
  /** `provider/model` of the last round; empty when none began to answer. */
  readonly model: string;
  /** The sum over all rounds, and over calls that died. */
  readonly usage: Usage;
  /** The same call by call. */
  readonly spent: readonly Spent[];
  /** What its tools cost beside that. */
  readonly fees: Fees;
  /** Tokens of the last round, input and output: how full the window is now. */
  readonly windowTokens: number;
  readonly tools: readonly string[];
  readonly outcome: "done" | "length" | "refused" | "stopped" | "timeout";
  /** Failures of tools that a developer should see; the model has been told. */
  readonly toolErrors: readonly unknown[];
  /** Says what was left where it could not go on as its model wanted, for want of a budget. */
  readonly limit?: UserError;
}

export interface TurnOptions {
  readonly stream: ModelStream;
  readonly request: Omit<ModelRequest, "model">;
  readonly tools: ReadonlyMap<string, Tool>;
  readonly toolContext: Omit<ToolContext, "signal" | "mayOpen">;
  /** How often the model may call tools. */
  readonly rounds: number;
  readonly seconds: number;
  /** Aborted when the person stops the answer. */
  readonly signal: AbortSignal;
  /**
   * Asked before each call but the first, also before one that goes on with another, and before tools that are paid for.
   * Nothing is limited when left out.
   */
  readonly hold?: Hold | undefined;
  /** Where it begins, and what it comes to: for who accounts for it however it ends. From the beginning when left out. */
  readonly progress?: Progress;
}

/**
 * Runs model and tools in turns until the model is done or a bound is met. A stop or the deadline ends it with what was
 * said so far, never with half a tool exchange. Throws what the model stream throws for any other reason.
 */
export async function* runTurn(options: TurnOptions): AsyncGenerator<TurnEvent, TurnResult, undefined> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), options.seconds * 1000);
  try {
    return yield* runRounds(options, AbortSignal.any([options.signal, deadline.signal]));
  } finally {
    clearTimeout(timer);
  }
}

async function* runRounds(
  options: TurnOptions,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, TurnResult, undefined> {
  const { progress = progressFrom(undefined) } = options;
  const said = saidIn(progress);
  if (said !== "") yield { type: "text", text: said };
  for (const note of progress.notes) yield { type: "note", note };
  let hold: Hold | undefined;
  for (let count = countRounds(progress.messages); ; count++, hold = options.hold) {
    const round = progress.calling ? roundOf(progress.calling) : newRound();
    try {
      if (!progress.calling) {
        const request = await nextCall(requestOf(options, progress), hold, progress);
        if (!request) return finish(round, progress, "length");
        const isWhole = yield* streamRound(round, request, { options, progress, signal });
        if (!isWhole) return finish(round, progress, "length");
      }
      const calling = progress.calling ?? callsOf(round, options, progress, count);
      if (!calling) return finish(round, progress, outcomeOf(round));
      yield* runCalls(calling, options, progress, signal);
      endCalls(calling, progress);
    } catch (error) {
      if (!signal.aborted) {
        // Refused before its first word, it costs nothing.
        if (!round.hasBegun) progress.open = undefined;
        throw error;
      }
      return finish(round, progress, options.signal.aborted ? "stopped" : "timeout");
    }
    yield { type: "round", soFar: finishedIn(progress) };
  }
}

/** What a round that has ended calls for, if it is not the last one. */
function callsOf(round: Round, options: TurnOptions, progress: Progress, count: number): Calling | undefined {
  if (count > options.rounds || !mayContinue(round, options, progress)) return undefined;
  return beginCalls(round, progress, { mayRun: count < options.rounds });
}

/** A cut answer's calls may be half written, and an answer that has spent its tokens gets no further round. */
function mayContinue(round: Round, options: TurnOptions, progress: Progress): boolean {
  if (progress.isEnding) return false;
  const max = options.request.maxOutputTokens ?? Infinity;
  const spent = saidTokens(usageOf(progress)) + saidTokens(round.usage);
  return callsIn(round).length > 0 && round.stop !== "length" && round.stop !== "refused" && spent < max;
}

function outcomeOf(round: Round): TurnResult["outcome"] {
  if (round.stop === "refused") return "refused";
  return round.stop === "length" || callsIn(round).length > 0 ? "length" : "done";
}

function finish(round: Round, progress: Progress, outcome: TurnResult["outcome"]): TurnResult {
  if (outcome === "stopped" || outcome === "timeout") breakOff(progress);
  else if (progress.open) endCall(progress, round);
  const { inputTokens, outputTokens } = round.hasBegun
    ? round.usage
    : (progress.spent.at(-1)?.usage ?? noUsage);
  return {
    messages: [...progress.messages, ...spoken(round)],
    model: progress.model,
    usage: usageOf(progress),
    spent: [...progress.spent],
    fees: progress.fees,
    windowTokens: inputTokens + outputTokens,
    tools: progress.tools,
    toolErrors: progress.toolErrors,
    ...(progress.limit && { limit: progress.limit }),
    outcome,
  };
}

/** Gives false where a budget is in the way of going on with what a call said that died. */
async function* streamRound(
  round: Round,
  request: TurnOptions["request"],
  {
    options,
    progress,
    signal,
  }: { readonly options: TurnOptions; readonly progress: Progress; readonly signal: AbortSignal },
): AsyncGenerator<TurnEvent, boolean, undefined> {
  signal.throwIfAborted();
  progress.open = round;
  const isOverlong = watchLength(request);
  let paragraph = progress.spoke;
  for await (const event of options.stream(request, signal)) {
    if (event.type === "spent") {
      giveUp(round, event, progress);
      if (!event.next) continue;
      if (!(await fits(options.hold, progress, { request: event.next, feesUsd: 0 }))) return false;
      progress.open = round;
      continue;
    }
    if (event.type === "answering") {
      takeOver(round, event, progress);
      yield event;
      continue;
    }
    if (event.type === "text" && paragraph) {
      yield { type: "text", text: "\n\n" };
      paragraph = false;
    }
    if (event.type === "text") progress.spoke = true;
    yield* record(round, event);
    if (!isOverlong(event)) continue;
    round.stop = "length";
    breakOff(progress);
    return true;
  }
  signal.throwIfAborted();
  return true;
}
