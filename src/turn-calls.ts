import { setTimeout as pause } from "node:timers/promises";
import type { ToolCallPart, ToolResultPart } from "./message.ts";
import { untilAborted } from "./providers/retry.ts";
import { exactKey, namedAddresses } from "./sources/links.ts";
import { nextPassage, withPassages } from "./sources/passages.ts";
import { type CallOutcome, runCall } from "./tools/call.ts";
import type { OpenRound } from "./store/store.ts";
import type { ToolContext } from "./tools/tool.ts";
import type { TurnEvent, TurnOptions } from "./turn.ts";
import { notPaid, requestOf, tooDear } from "./turn-budget.ts";
import { type Calling, endCall, finishedIn, payIn, type Progress } from "./turn-progress.ts";
import { partsOf, type Round } from "./turn-round.ts";

/** How long what came waits for more that is stored with it, in milliseconds: a quick tool costs no write of its own. */
const momentMs = 20;

/** What a round has its tools called for. */
export const callsIn = ({ parts }: Pick<OpenRound, "parts">): readonly ToolCallPart[] =>
  parts.filter((part) => part.type === "tool-call");

/** What those of a round take at most that have not ended, in US dollars. */
export function mostUsdOf(open: OpenRound | undefined, tools: TurnOptions["tools"]): number {
  const missing = open ? callsIn(open).filter((_, index) => !open.results[index]) : [];
  return missing.reduce((sum, { name }) => sum + (tools.get(name)?.mostUsd ?? 0), 0);
}

/** The model has ended a round that calls tools. Without room for more of them, none is to run. */
export function beginCalls(
  round: Round,
  progress: Progress,
  { mayRun }: { readonly mayRun: boolean },
): Calling {
  const calls = callsIn(round);
  endCall(progress, round);
  if (mayRun) progress.tools.push(...calls.map(({ name }) => name));
  return (progress.calling = {
    parts: partsOf(round),
    usage: round.usage,
    results: calls.map((call) => (mayRun ? null : usedUp(call))),
  });
}

function usedUp({ id, name }: ToolCallPart): ToolResultPart {
  const text = "No more tool calls in this answer. Answer now with what you have.";
  return { type: "tool-result", id, name, text, failed: true };
}

/** All of them have their results. */
export function endCalls({ parts, results }: Calling, progress: Progress): void {
  progress.calling = undefined;
  const whole = results.filter((each) => each !== null);
  progress.messages.push({ role: "assistant", parts }, { role: "tool", parts: whole });
}

/**
 * Runs the calls of a round that have no result yet, side by side; the results keep the calls' order, and are told to be
 * stored as they come. A stop waits for the tools that write.
 */
export async function* runCalls(
  calling: Calling,
  options: TurnOptions,
  progress: Progress,
  signal: AbortSignal,
): AsyncGenerator<TurnEvent, void, undefined> {
  const { tools } = options;
  const missing = [...callsIn(calling).entries()].filter(([index]) => !calling.results[index]);
  for (const [, { name }] of missing) yield { type: "tool", name, status: tools.get(name)?.status ?? name };
  const end = new AbortController();
  const context = contextOf(options, progress, AbortSignal.any([signal, end.signal]));
  const called = missing.map(([, call]) => call);
  const refused = await tooDear(called, requestOf(options, progress), options, progress);
  const ended = new Map<number, CallOutcome>();
  const run = async (index: number, call: ToolCallPart): Promise<void> => {
    ended.set(index, refused.has(call) ? { result: notPaid(call) } : await runCall(call, tools, context));
  };
  const running = new Map(missing.map(([index, call]) => [index, run(index, call)]));
  const all = Promise.all(running.values());
  let isStored = false;
  const take = function* (): Generator<TurnEvent, void, undefined> {
    for (const [index] of missing) {
      const outcome = ended.get(index);
      if (!outcome || !running.delete(index)) continue;
      isStored = false;
      yield* takeIn(outcome, { calling, index, options, progress });
    }
  };
  try {
    while (running.size > 0) {
      await untilAborted(Promise.race([all, pause(momentMs)]), signal);
      yield* take();
      if (running.size === 0) return;
      yield { type: "round", soFar: finishedIn(progress) };
      isStored = true;
      await untilAborted(Promise.race(running.values()), signal);
    }
  } catch (error) {
    end.abort(error);
    // What is being kept is kept before anyone is told that the answer has ended, and its person hears of it all the same.
    const writing = missing.filter(([, { name }]) => tools.get(name)?.writes);
    await Promise.allSettled(writing.map(([index]) => running.get(index) ?? Promise.resolve()));
    yield* take();
    // Another attempt may go on with it.
    if (signal.aborted && !isStored) yield { type: "round", soFar: finishedIn(progress) };
    throw error;
  }
}

function contextOf(options: TurnOptions, progress: Progress, signal: AbortSignal): ToolContext {
  const { request, toolContext, tools } = options;
  const sawOthers = toolContext.seesOthers || progress.messages.length > 0;
  let named: ReadonlySet<string> | undefined;
  const isNamed = (address: string): boolean => {
    const { instructions, messages } = request;
    named ??= new Set(namedAddresses([...messages, ...progress.messages], [instructions]).map(exactKey));
    return named.has(exactKey(address));
  };
  const bringsOthers = progress.tools.some((name) => tools.get(name)?.speaksForItself !== true);
  return {
    ...toolContext,
    seesOthers: toolContext.seesOthers || bringsOthers,
    signal,
    mayOpen: (address) => !sawOthers || isNamed(address),
  };
}

/** Puts what a tool came to where it belongs. */
function* takeIn(
  { result, output, error }: CallOutcome,
  {
    calling,
    index,
    options,
    progress,
  }: {
    readonly calling: Calling;
    readonly index: number;
    readonly options: TurnOptions;
    readonly progress: Progress;
  },
): Generator<TurnEvent, void, undefined> {
  if (error !== undefined) progress.toolErrors.push(error);
  if (output?.fees) payIn(progress)(output.fees);
  const before = calling.results.filter((each) => each !== null);
  const seen = [...options.request.messages, ...progress.messages, { role: "tool", parts: before } as const];
  const { text, passages } = withPassages(result.text, output?.passages ?? [], nextPassage(seen));
  calling.results[index] = { ...result, text, ...(passages.length > 0 && { passages }) };
  if (!output?.note) return;
  progress.notes.push(output.note);
  yield { type: "note", note: output.note };
}
