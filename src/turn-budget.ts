import { UserError } from "./errors.ts";
import type { Message, ToolCallPart, ToolResultPart } from "./message.ts";
import type { ModelRequest, StreamEvent, Usage } from "./providers/provider.ts";
import { thinkingRoom } from "./providers/thinking.ts";
import type { TurnOptions } from "./turn.ts";
import { type Progress, usageOf } from "./turn-progress.ts";

type Request = Omit<ModelRequest, "model">;

/** Holds back what a turn is to take next, beside what it took. Throws UserError where a limit is in the way. */
export type Hold = (next: {
  /** Of the model's next call. */
  readonly request: Request;
  /** What tools take before it at most, in US dollars. */
  readonly feesUsd: number;
}) => Promise<void>;

/** So long an answer gets that there is no budget to go on with, in tokens. */
const lastTokens = 500;

/** The bound is for what people read: providers give thinking its own room. */
export const saidTokens = ({ outputTokens, thinkingTokens }: Usage): number => outputTokens - thinkingTokens;

/** So many characters, in UTF-16 units, no language has to a token, over a whole answer. */
const charactersPerToken = 8;
/** Of any answer, in tokens: short ones may be a table's lines, or space. */
const margin = 256;

/**
 * Tells when a model says or thinks more than its bound in tokens can be: some servers don't heed it, and only their
 * count at the end would tell.
 */
export function watchLength({ maxOutputTokens = Infinity }: Request): (event: StreamEvent) => boolean {
  const mostSaid = (maxOutputTokens + margin) * charactersPerToken;
  const mostThought = mostSaid + thinkingRoom("max") * charactersPerToken;
  let said = 0;
  let thought = 0;
  return (event) => {
    if (event.type === "text") said += event.text.length;
    if (event.type === "thinking") thought += event.text.length;
    return said > mostSaid || thought > mostThought;
  };
}

/** What the next call is asked when nothing is in its way. */
export function requestOf({ request }: TurnOptions, progress: Progress): TurnOptions["request"] {
  const { maxOutputTokens: max } = request;
  return {
    ...request,
    messages: [...request.messages, ...progress.messages],
    ...(max !== undefined && { maxOutputTokens: max - saidTokens(usageOf(progress)) }),
    // Demanded once: else it would never come to an answer.
    ...(request.webSearch && progress.messages.length > 0 && { webSearch: true }),
  };
}

/**
 * What a model is asked in a further round: undefined where there is no budget even for the last words of an answer,
 * which is then to end with what it has.
 */
export async function nextCall(
  request: Request,
  hold: Hold | undefined,
  progress: Progress,
): Promise<Request | undefined> {
  if (await fits(hold, progress, { request, feesUsd: 0 })) return request;
  progress.isEnding = true;
  const { maxOutputTokens = Infinity } = request;
  const last = {
    ...request,
    messages: askedToEnd(request.messages),
    maxOutputTokens: Math.min(maxOutputTokens, lastTokens),
  };
  return (await fits(hold, progress, { request: last, feesUsd: 0 })) ? last : undefined;
}

/** The calls whose tools there is no budget for, of those of one round. Of paid ones, as many as fit are run, by halves. */
export async function tooDear(
  calls: readonly ToolCallPart[],
  request: Request,
  { hold, tools }: TurnOptions,
  progress: Progress,
): Promise<ReadonlySet<ToolCallPart>> {
  const priceOf = ({ name }: ToolCallPart): number => tools.get(name)?.mostUsd ?? 0;
  const paid = calls.filter((call) => priceOf(call) > 0);
  let count = paid.length;
  while (count > 0) {
    const feesUsd = paid.slice(0, count).reduce((sum, call) => sum + priceOf(call), 0);
    if (await fits(hold, progress, { request, feesUsd })) break;
    count = Math.floor(count / 2);
  }
  return new Set(paid.slice(count));
}

/** What a model reads of a call that there was no budget for. */
export const notPaid = ({ id, name }: ToolCallPart): ToolResultPart => ({
  type: "tool-result",
  id,
  name,
  text: "Not run: the budget has no room for what it costs. Answer with what you have.",
  failed: true,
});

/** Holds back what comes next; notes why not where there is no room for it. */
export async function fits(
  hold: Hold | undefined,
  progress: Progress,
  next: Parameters<Hold>[0],
): Promise<boolean> {
  try {
    await hold?.(next);
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    progress.limit = error;
    return false;
  }
}

/** Said under the last of what its tools found, and not kept. */
function askedToEnd(messages: readonly Message[]): readonly Message[] {
  const last = messages.at(-1);
  if (last?.role !== "tool") return messages;
  const parts = last.parts.map((part, index) =>
    index < last.parts.length - 1 ? part : { ...part, text: `${part.text}\n\n${endNow}` },
  );
  return [...messages.slice(0, -1), { ...last, parts }];
}

const endNow = "No more tool calls in this answer. Answer now, briefly, with what you have.";
