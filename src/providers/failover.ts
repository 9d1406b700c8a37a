import type { AnsweringEvent, ModelEvent, Spent } from "../turn.ts";
import { attempt, type Candidate, type Deadlines, SilenceError } from "./attempt.ts";
import type { Breaker } from "./breaker.ts";
import { goOn } from "./continuation.ts";
import { type Chosen, inLine } from "./line.ts";
import {
  type ModelRequest,
  ProviderError,
  type ProviderFailure,
  type StreamEvent,
  type Usage,
} from "./provider.ts";
import { retryWaitMs, sleep } from "./retry.ts";
import { createSeam, type Seam } from "./seam.ts";

export interface FailoverOptions extends Deadlines {
  /** The circuits of all models by `provider/model`, shared by all answers. */
  readonly breakers: (model: string) => Breaker;
  /** How often the same model is asked again after a passing trouble before its first token. Default: 2. */
  readonly retries?: number;
  /** Called for each call that failed; `model` is `provider/model`. */
  readonly onFailure?: (model: string, error: ProviderError) => void;
  /** From 0 to 1; for tests. */
  readonly random?: () => number;
  /** For tests. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** One answer, from however many calls. */
interface Answer {
  readonly request: Omit<ModelRequest, "model">;
  readonly options: FailoverOptions;
  readonly signal: AbortSignal;
  /** The text that was passed on. */
  said: string;
  /** Whether a call that failed had thoughts which were passed on. */
  thought: boolean;
  /** The last failure of each model that has not answered since. */
  readonly failed: Map<string, ProviderError>;
  /** The models whose failure the consumer knows. */
  readonly told: Set<string>;
  /** What calls that failed have used, as far as the consumer doesn't know. */
  spent: Spent[];
}

/**
 * Streams one answer from the first candidate that gives it; the next is asked only when those before it have failed.
 * When a stream dies in mid-answer, the same model (once) or the next goes on where it stopped: the text events of all
 * calls, joined, are one text. Each call that begins to answer is announced by an `answering` event; what came before
 * it stands, but for the tool calls and thoughts of the call that died. When all fail, or the vendor declines the
 * content, throws: the error that says most, or `unreachable` when part of an answer was said.
 */
export async function* streamWithFailover(
  candidates: Iterable<Candidate> | AsyncIterable<Candidate>,
  request: Omit<ModelRequest, "model">,
  options: FailoverOptions,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent, void, undefined> {
  const answer: Answer = {
    request,
    options,
    signal,
    said: "",
    thought: false,
    failed: new Map(),
    told: new Set(),
    spent: [],
  };
  const last: Candidate[] = [];
  const onSkip = (model: string, why: ProviderError): void => void answer.failed.set(model, why);
  for await (const chosen of inLine(candidates, last, { breakers: options.breakers, onSkip }, signal)) {
    const end = yield* askRepeatedly(answer, chosen);
    if (end === "done") return;
    // Put there once: it is not in line again after that.
    if (end === "later" && !last.includes(chosen.candidate)) last.push(chosen.candidate);
  }
  throw givenUp(answer);
}

/** Asks one candidate until it has answered or is to be left, for now (`later`) or for good (`next`). */
async function* askRepeatedly(
  answer: Answer,
  chosen: Chosen,
): AsyncGenerator<ModelEvent, "done" | "later" | "next", undefined> {
  const { retries = 2, sleep: wait = sleep } = answer.options;
  let { pass } = chosen;
  let left = retries;
  for (;;) {
    const death = yield* call(answer, { ...chosen, pass });
    if (!death) return "done";
    noteDeath(answer, chosen.model, death);
    if (left === 0) return "next";
    // One that fell silent is not waited for again while there are others.
    if (death.error instanceof SilenceError) return death.hadBegun ? "later" : "next";
    const waitMs = retryWaitMs(death.error, death.hadBegun ? 0 : retries - left, answer.options.random);
    if (waitMs === undefined) return "next";
    // In mid-answer it gets one more chance.
    left = death.hadBegun ? 0 : left - 1;
    await wait(waitMs, answer.signal);
    const next = chosen.breaker.enter();
    if (!next) return "next";
    pass = next;
  }
}

/** Throws where nobody else is to be asked. */
function noteDeath({ failed, options }: Answer, model: string, { error }: Death): void {
  failed.set(model, error);
  options.onFailure?.(model, error);
  if (error.kind === "refused") throw error;
}

/** How a call failed, and whether it had begun to answer. */
interface Death {
  readonly error: ProviderError;
  readonly hadBegun: boolean;
}

/** Calls the candidate once and passes on what it answers. */
async function* call(
  answer: Answer,
  { candidate, model, pass }: Chosen,
): AsyncGenerator<ModelEvent, Death | undefined, undefined> {
  const seam = createSeam(answer.said);
  let hadBegun = false;
  let usage: Usage | undefined;
  try {
    const request = goOn(answer.request, answer.said);
    for await (const event of attempt(candidate, request, answer.options, answer.signal)) {
      if (event.type === "usage") usage = event.usage;
      if (!hadBegun && event.type === "usage") continue;
      if (!hadBegun) {
        hadBegun = true;
        pass.succeed();
        yield announce(answer, model);
        if (usage) yield { type: "usage", usage };
      }
      yield* passOn(answer, seam, event);
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    pass.fail(error);
    if (usage) answer.spent.push({ model, usage });
    return { error, hadBegun };
  } finally {
    pass.leave();
  }
}

/** The failures that are not told yet, but for those of the model itself: nobody took over from it. */
function announce(answer: Answer, model: string): AnsweringEvent {
  const { failed, told, spent } = answer;
  failed.delete(model);
  const news = [...failed].filter(([other]) => !told.has(other));
  for (const [other] of news) told.add(other);
  answer.spent = [];
  return {
    type: "answering",
    model,
    failed: news.map(([model, { kind }]) => ({ model, kind })),
    ...(spent.length > 0 && { spent }),
  };
}

function* passOn(answer: Answer, seam: Seam, event: StreamEvent): Generator<StreamEvent> {
  if (event.type === "text") {
    yield* say(answer, seam.push(event.text));
    return;
  }
  if (event.type === "tool-call" || event.type === "stop") yield* say(answer, seam.end());
  yield event;
}

function* say(answer: Answer, text: string): Generator<StreamEvent> {
  if (text === "") return;
  answer.said += text;
  yield { type: "text", text };
}

/** What a person can do something about comes first; what passes by itself last. */
const telling: readonly ProviderFailure[] = [
  "refused",
  "too-long",
  "auth",
  "no-model",
  "unknown",
  "rate-limit",
  "overloaded",
  "unreachable",
];

function givenUp({ failed, said }: Answer): Error {
  const [first] = [...failed.values()].toSorted((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind));
  if (!first) return new Error("No model to ask.");
  if (said === "") return first;
  const message = "the answer broke off, and no model goes on with it";
  return new ProviderError("unreachable", { provider: first.provider, message, cause: first });
}
