import type { AnsweringEvent, ModelEvent, Spent, SpentEvent } from "../turn.ts";
import { attempt, type Candidate, type Deadlines } from "./attempt.ts";
import { goOn } from "./continuation.ts";
import { type Chosen, type Death, inLine, type LineOptions } from "./line.ts";
import { type ModelRequest, ProviderError, type StreamEvent, type Usage } from "./provider.ts";
import { passes } from "./retry.ts";
import { soundUsage } from "./usage.ts";
import { createSeam, type Seam } from "./seam.ts";

export interface FailoverOptions extends Deadlines, Omit<LineOptions, "onSkip"> {
  /** Called for each call that failed; `model` is `provider/model`. */
  readonly onFailure?: (model: string, error: ProviderError) => void;
}

/** One answer, from however many calls. */
interface Answer {
  readonly request: Omit<ModelRequest, "model">;
  readonly options: FailoverOptions;
  readonly signal: AbortSignal;
  /** The text that was passed on. */
  said: string;
  /** The model that was chosen. */
  first?: string;
  /** The seam of the call that thought last: the next one's thoughts are a new paragraph. */
  thinker?: Seam;
  /** The last failure of each model that has not answered since. */
  readonly failed: Map<string, ProviderError>;
  /** The models whose failure the consumer knows. */
  readonly told: Set<string>;
  /** Whether calls that failed take something that the consumer doesn't know of. */
  owes: boolean;
  /** What they told of it. */
  spent: Spent[];
}

/**
 * Streams one answer from the first candidate that gives it; the next is asked only when those before it have failed.
 * When a stream dies in mid-answer, the same model (once) or the next goes on where it stopped: the text events of all
 * calls, joined, are one text. Each call that begins to answer is announced by an `answering` event, and what calls took
 * that died by a `spent` event, before another one is made; their text stands, but not their tool calls and thoughts. When
 * all fail, or the vendor declines the content, throws: what the first one failed of, as a rule, or `unreachable` when part
 * of an answer was said.
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
    failed: new Map(),
    told: new Set(),
    owes: false,
    spent: [],
  };
  const onSkip = (model: string, why: ProviderError): void => {
    answer.first ??= model;
    answer.failed.set(model, why);
  };
  const line = inLine(candidates, { ...options, onSkip }, signal);
  try {
    for (let turn = await line.next(); !turn.done;) {
      const { model, pass } = turn.value;
      answer.first ??= model;
      let death: Death | undefined;
      try {
        const next = goOn(request, answer.said);
        if (answer.owes) yield { ...bill(answer), next };
        death = yield* call(answer, turn.value, next);
      } finally {
        pass.leave();
      }
      if (!death) return;
      answer.failed.set(model, death.error);
      options.onFailure?.(model, death.error);
      if (death.error.kind === "refused") throw death.error;
      turn = await line.next(death);
    }
    throw givenUp(answer);
  } catch (error) {
    if (answer.owes) yield bill(answer);
    throw error;
  } finally {
    await line.return();
  }
}

/** Calls the candidate once and passes on what it answers. Runs for every token: nothing more may stand in the way. */
async function* call(
  answer: Answer,
  { candidate, model, pass }: Chosen,
  request: Omit<ModelRequest, "model">,
): AsyncGenerator<ModelEvent, Death | undefined, undefined> {
  const seam = createSeam(answer.said);
  const attempted = attempt(candidate, request, answer.options, answer.signal);
  let hadBegun = false;
  let usage: Usage | undefined;
  try {
    for await (const sent of attempted.events) {
      attempted.pause();
      const event = sent.type === "usage" ? { ...sent, usage: soundUsage(sent.usage) } : sent;
      if (event.type === "usage") usage = event.usage;
      else if (!hadBegun) {
        hadBegun = true;
        pass.succeed();
        yield announce(answer, model, candidate);
        if (usage) yield { type: "usage", usage };
      }
      if (event.type === "text") {
        const text = seam.push(event.text);
        answer.said += text;
        if (text !== "") yield text === event.text ? event : { type: "text", text };
      } else if (hadBegun) yield* passOn(answer, seam, signed(event, model));
      attempted.resume(event);
    }
    return undefined;
  } catch (thrown) {
    const error = attempted.explain(thrown);
    if (!(error instanceof ProviderError)) throw error;
    pass.fail(error, questionIn(answer.request));
    if (usage) answer.spent.push({ model, usage });
    answer.owes ||= hadBegun || usage !== undefined;
    return { error, hadBegun };
  } finally {
    attempted.end();
  }
}

const hasPictures = ({ messages }: Answer["request"]): boolean =>
  messages.some(({ role, parts }) => role === "user" && parts.some(({ type }) => type === "image"));

/** The words of what is asked, in every round alike. */
function questionIn({ messages }: Answer["request"]): string {
  const asked = messages.findLast(({ role }) => role === "user");
  return asked?.parts.map((part) => (part.type === "text" ? part.text : "")).join("\n") ?? "";
}

/** The failures that are not told yet, but for those of the model itself: nobody took over from it. */
function announce(answer: Answer, model: string, { sees = true }: Candidate): AnsweringEvent {
  const { failed, told, first, request } = answer;
  failed.delete(model);
  const news = [...failed].filter(([other]) => !told.has(other));
  for (const [other] of news) told.add(other);
  const isBlind = !sees && model !== first && hasPictures(request);
  return {
    type: "answering",
    model,
    failed: news.map(([model, { kind }]) => ({ model, kind })),
    ...(isBlind && { isBlind }),
  };
}

/** What is not told yet of what calls took that failed. */
function bill(answer: Answer): SpentEvent {
  const { spent } = answer;
  answer.owes = false;
  answer.spent = [];
  return { type: "spent", spent };
}

/** A thought goes back to whose it is alone. */
function signed(event: StreamEvent, by: string): StreamEvent {
  if (event.type !== "thought" || !event.part.replay) return event;
  return { ...event, part: { ...event.part, replay: { ...event.part.replay, by } } };
}

/** The text is over when the model calls a tool or stops: what was held back of it comes first. */
function* passOn(answer: Answer, seam: Seam, event: StreamEvent): Generator<StreamEvent> {
  if (event.type === "thinking") {
    if (answer.thinker && answer.thinker !== seam) yield { type: "thinking", text: "\n\n" };
    answer.thinker = seam;
  }
  const text = event.type === "tool-call" || event.type === "stop" ? seam.end() : "";
  answer.said += text;
  if (text !== "") yield { type: "text", text };
  yield event;
}

/**
 * The failure of the model that was chosen, whatever those that stand in complain of. But who needs no more than to ask
 * again in a moment is not told that all of it is too long.
 */
function mostTelling({ first = "", failed }: Answer): ProviderError | undefined {
  const [earliest] = failed.values();
  const own = failed.get(first) ?? earliest;
  return own?.kind === "too-long" ? (failed.values().find(passes) ?? own) : own;
}

function givenUp(answer: Answer): Error {
  const failure = mostTelling(answer);
  if (!failure) return new Error("No model to ask.");
  if (answer.said === "") return failure;
  const message = "the answer broke off, and no model goes on with it";
  return new ProviderError("unreachable", { provider: failure.provider, message, cause: failure });
}
