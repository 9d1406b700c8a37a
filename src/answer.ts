import { accountOf, reserveCall, settle } from "./account.ts";
import { type Asking, isCutShort, type Made, Withdrawn } from "./asking.ts";
import { actionsFor } from "./actions.ts";
import type { Answer, Receipt } from "./chat.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { Core, ModelChoice } from "./core.ts";
import { TakenUpAgain, UserError } from "./errors.ts";
import { forgetOldest, prepare, type Prepared } from "./prepare.ts";
import type { Reply } from "./reply.ts";
import type { Posts, StoredTurn } from "./store/store.ts";
import { runTurn, type Spent, type TurnEvent, type TurnResult } from "./turn.ts";
import { words } from "./words.ts";

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
  // A flood of messages costs neither downloads nor reading.
  await core.limits.reserve(accountOf(asking));
  const { persona, conversation } = asking;
  const model = await core.models.choose(
    asking.model ?? conversation.bound.model ?? persona.model ?? "smart",
  );
  const prepared = await prepareWhole(core, asking, model);
  await reserveCall(core, asking, { prepared, model });
  const result = await converse(core, asking, { prepared, model });
  throwIfLeft(asking);
  noticeOutcome(core, asking.reply, result);
  const receipt = await writeReceipt(core, asking, { result, model });
  const done = { turn: asking.replaces?.id ?? newTurnId(), prepared, result, receipt };
  await settle(core, asking, done);
  await finish(core, asking, done);
  return { turn: done.turn, outcome: result.outcome, receipt, toolErrors: result.toolErrors };
}

/** Throws UserError for what no model can answer. */
async function prepareWhole(core: Core, asking: Asking, model: ModelChoice): Promise<Prepared> {
  const prepared = await prepare(core, asking, model);
  const { prompt, question } = prepared;
  if (!prompt.fits) throw new UserError(words.tooLong(prompt.tokens, model.window));
  if (question.parts.length === 0) throw new UserError(words.nothingAsked);
  if (prompt.dropped > 0) await forgetOldest(asking, prompt);
  return prepared;
}

/** Nothing is kept of what another attempt makes again, nor said to who took the question back. */
function throwIfLeft({ signal, reply }: Asking): void {
  const isLeft =
    signal.reason instanceof TakenUpAgain || (signal.reason instanceof Withdrawn && reply.isUnseen);
  if (isLeft) throw signal.reason;
}

async function finish({ settings }: Core, asking: Asking, made: Made): Promise<void> {
  const { persona, reply } = asking;
  const { turn, result, receipt } = made;
  await reply.finish(isCutShort(result) ? "stopped" : "done", {
    // Without a model there is nothing behind the answer.
    ...(result.model !== "" && { receipt }),
    footer: persona.footer ?? settings.footer,
    ...(result.messages.length > 0 && {
      actions: actionsFor(turn, { outcome: result.outcome, seesHistory: persona.context !== 0 }),
      conclude: (answer: Answer, posts: Posts) =>
        asking.conclude({ answer, posts, turn: turnOf(asking, made) }),
    }),
  });
}

function turnOf(
  { message, persona, replaces }: Asking,
  { turn, prepared, result, receipt }: Made,
): StoredTurn {
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
