import { actionsFor } from "./actions.ts";
import type { Answer, Attachment, InboundMessage, Receipt } from "./chat.ts";
import type { Conversation } from "./conversation/conversation.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { Core, ModelChoice } from "./core.ts";
import { UserError } from "./errors.ts";
import type { UserMessage } from "./message.ts";
import type { Persona } from "./personas/schema.ts";
import { forgetOldest, prepare, type Prepared } from "./prepare.ts";
import type { Reply } from "./reply.ts";
import type { FinishedRounds, Posts, StoredTurn } from "./store/store.ts";
import { runTurn, type Spent, type TurnEvent, type TurnResult } from "./turn.ts";
import { addUsage } from "./turn-progress.ts";
import { words } from "./words.ts";

/** One message on its way to an answer. */
export interface Asking {
  readonly message: InboundMessage;
  readonly persona: Persona;
  readonly conversation: Conversation;
  readonly reply: Reply;
  /** Aborted when the person stops the answer. */
  readonly signal: AbortSignal;
  /** When the message arrived, by `performance.now()`. */
  readonly arrived: number;
  /** The stored turn that this answer takes the place of. */
  readonly replaces?: StoredTurn;
  /** The question as it was read before, when only its answer is to be new. */
  readonly question?: UserMessage;
  /** Answers in place of the persona's or the conversation's own. */
  readonly model?: string;
  /** Downloads what came with the message. */
  download(attachment: Attachment, signal: AbortSignal): Promise<Uint8Array>;
  /** Posts a message of its own before the answer. */
  say(text: string): Promise<void>;
  /** Accounts for it under this name, the same at every attempt. */
  readonly job: string;
  /** What an earlier attempt at this answer finished. */
  readonly resume?: FinishedRounds;
  /** Stores what need not be done again. */
  keepRounds(rounds: FinishedRounds): Promise<void>;
  /** Stores the final form together with the turn. */
  conclude(final: {
    readonly answer: Answer;
    readonly posts: Posts;
    readonly turn: StoredTurn;
  }): Promise<void>;
}

/** The signal's reason when the question was taken back: where nothing was said yet, nothing is. */
export class Withdrawn extends Error {}

/** The signal's reason when this attempt ends so that another one can follow: nothing of this one is kept. */
export class TakenUpAgain extends Error {}

/** What a turn came to, for the log. */
export interface Answered {
  readonly turn: string;
  readonly outcome: TurnResult["outcome"];
  readonly receipt: Receipt;
  readonly toolErrors: readonly unknown[];
}

/**
 * Answers one message: reads what came with it, asks the model, shows the answer as it grows, stores the turn whole.
 * Throws UserError and ProviderError for what the person should hear; the reply is then not finished yet.
 */
export async function answer(core: Core, asking: Asking): Promise<Answered> {
  const { persona, conversation, message, reply, signal } = asking;
  const account = { id: asking.job, inbound: message, persona: persona.id };
  // A flood of messages costs neither downloads nor reading.
  await core.limits.reserve(account);
  const model = await core.models.choose(
    asking.model ?? conversation.bound.model ?? persona.model ?? "smart",
  );
  const prepared = await prepare(core, asking, model);
  if (!prepared.prompt.fits) throw new UserError(words.tooLong(prepared.prompt.tokens, model.window));
  if (prepared.question.parts.length === 0) throw new UserError(words.nothingAsked);
  if (prepared.prompt.dropped > 0) await forgetOldest(asking, prepared.prompt);
  const call = { model: model.name, promptTokens: prepared.prompt.tokens, request: prepared.prompt.request };
  await core.limits.reserve(account, {
    ...call,
    ...(asking.resume && { before: asking.resume.spent.map(({ usage }) => usage).reduce(addUsage) }),
  });
  const result = await converse(core, asking, { prepared, model });
  if (signal.reason instanceof TakenUpAgain) throw signal.reason;
  if (signal.reason instanceof Withdrawn && reply.isUnseen) throw signal.reason;
  noticeOutcome(core, reply, result);
  const receipt = await writeReceipt(core, asking, { result, model });
  const turn = asking.replaces?.id ?? newTurnId();
  const isKept = result.messages.length > 0;
  const cutShort = result.outcome === "stopped" || result.outcome === "timeout";
  if (isKept) {
    await core.limits.settle(account, {
      turn,
      conversation: conversation.key,
      model: result.model,
      usage: result.usage,
      ...(receipt.costUsd !== undefined && { costUsd: receipt.costUsd }),
      tools: result.tools,
      ...(cutShort && { cutShort: { promptTokens: call.promptTokens, said: reply.text } }),
    });
  } else await core.limits.release(account);
  await reply.finish(cutShort ? "stopped" : "done", {
    // Without a model there is nothing behind the answer.
    ...(result.model !== "" && { receipt }),
    footer: persona.footer ?? core.settings.footer,
    ...(isKept && {
      actions: actionsFor(turn, { outcome: result.outcome, seesHistory: persona.context !== 0 }),
      conclude: (answer: Answer, posts: Posts) =>
        asking.conclude({ answer, posts, turn: turnOf(asking, { turn, prepared, result, receipt }) }),
    }),
  });
  return { turn, outcome: result.outcome, receipt, toolErrors: result.toolErrors };
}

function turnOf(
  { message, persona, replaces }: Asking,
  done: { turn: string; prepared: Prepared; result: TurnResult; receipt: Receipt },
): StoredTurn {
  const { turn, prepared, result, receipt } = done;
  // A button's press is no question of its own: the turn stays the answer to the message that asked it.
  const asked = message.messageId ?? replaces?.asked;
  return {
    id: turn,
    at: new Date(),
    person: message.author.id,
    persona: persona.id,
    model: result.model,
    messages: [prepared.question, ...result.messages],
    usage: result.usage,
    ...(receipt.costUsd !== undefined && { costUsd: receipt.costUsd }),
    outcome: result.outcome === "length" || result.outcome === "done" ? result.outcome : "stopped",
    ...(asked !== undefined && { asked }),
    // Known once all of it stands.
    posts: {},
  };
}

async function converse(
  core: Core,
  asking: Asking,
  { prepared, model }: { prepared: Prepared; model: ModelChoice },
): Promise<TurnResult> {
  const { persona, message, reply, signal, resume } = asking;
  const turn = runTurn({
    stream: model.stream,
    request: prepared.prompt.request,
    tools: prepared.tools,
    toolContext: {
      person: message.author.id,
      words: `${message.author.name}: ${message.text}`,
      seesOthers: prepared.seesOthers,
      persona: persona.id,
      place: message.place,
      images: prepared.question.parts.filter((part) => part.type === "image"),
      languages: persona.languages,
    },
    rounds: core.settings.rounds,
    seconds: core.settings.seconds,
    signal,
    ...(resume && { resume }),
  });
  for (;;) {
    const step = await turn.next();
    if (step.done) return step.value;
    if (step.value.type === "round") await asking.keepRounds(step.value.soFar);
    else if (step.value.type !== "thinking" || core.settings.showThinking) show(reply, step.value);
  }
}

function show(reply: Reply, event: Exclude<TurnEvent, { type: "round" }>): void {
  switch (event.type) {
    case "text":
      reply.append(event.text);
      break;
    case "thinking":
      reply.think(event.text);
      break;
    case "source":
      reply.addSource(event.source);
      break;
    case "tool":
      reply.status(event.status);
      break;
    case "answering":
      for (const { model, kind } of event.failed) reply.notice(words.fallback(model, kind, event.model));
      break;
  }
}

function noticeOutcome(core: Core, reply: Reply, { outcome }: TurnResult): void {
  if (outcome === "stopped") reply.notice(words.stopped);
  else if (outcome === "timeout") reply.notice(words.timedOut(core.settings.seconds));
  else if (outcome === "length") reply.notice(words.cut);
  else if (outcome === "refused") reply.notice(words.refused);
  else if (reply.text.trim() === "") reply.notice(words.empty);
}

async function writeReceipt(
  core: Core,
  { arrived }: Asking,
  { result, model }: { result: TurnResult; model: ModelChoice },
): Promise<Receipt> {
  const counted = result.usage.inputTokens + result.usage.outputTokens > 0;
  const costUsd = counted ? await costOf(core, result.spent) : undefined;
  return {
    model: result.model,
    usage: result.usage,
    ...(costUsd !== undefined && { costUsd }),
    ...(counted && model.windowKnown && { windowShare: result.windowTokens / model.window }),
    tools: result.tools,
    elapsedMs: performance.now() - arrived,
  };
}

/** Of all the models that had a part in it; undefined when one of their prices is not known. */
async function costOf({ models }: Core, spent: readonly Spent[]): Promise<number | undefined> {
  const costs = await Promise.all(spent.map(({ model, usage }) => models.cost(model, usage)));
  let sum = 0;
  for (const cost of costs) {
    if (cost === undefined) return undefined;
    sum += cost;
  }
  return sum;
}
