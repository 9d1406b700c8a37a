import { randomUUID } from "node:crypto";
import { stopAction } from "./actions.ts";
import { answer, type Answered, superseded } from "./answer.ts";
import type { Adapter, Answer, Inbound } from "./chat.ts";
import { openConversation } from "./conversation/conversation.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import type { Core } from "./core.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { UserError } from "./errors.ts";
import type { Lanes } from "./lanes.ts";
import type { UserMessage } from "./message.ts";
import { choosePersona } from "./personas/choose.ts";
import { speakerOf } from "./personas/speaker.ts";
import { ProviderError } from "./providers/provider.ts";
import type { Recent } from "./recent.ts";
import { Reply } from "./reply.ts";
import type { ConversationKey, StoredTurn } from "./store/store.ts";
import type { Waiting, WaitingQuestion } from "./waiting.ts";
import { words } from "./words.ts";

/** What is being worked on. */
export interface Desk {
  readonly core: Core;
  readonly lanes: Lanes;
  readonly waiting: Waiting;
  readonly running: Map<ConversationKey, Running>;
  readonly deliveries: WeakMap<Adapter, Delivery>;
  readonly recent: Recent;
  /** The newest edit of each question whose new answer waits, by conversation and message. */
  readonly edits: Map<string, symbol>;
  /** Nothing new is begun any more. */
  isStopping: boolean;
}

export interface Running {
  readonly stop: AbortController;
  readonly question: WaitingQuestion;
  readonly reply: Reply;
}

/** A question with the answer it may have had before. */
export interface Asked {
  readonly question: WaitingQuestion;
  /** Its stored turn, when it is answered again. */
  readonly replaces?: StoredTurn;
  /** The question as it was read then, when it has not changed. */
  readonly reread?: UserMessage;
}

/** Answers one question from its persona to its stored turn; whatever goes wrong is told in the chat. Never rejects. */
export async function answerQuestion(desk: Desk, key: ConversationKey, asked: Asked): Promise<void> {
  const { core, running } = desk;
  if (desk.isStopping) return;
  const { question, replaces, reread } = asked;
  const { adapter, message, arrived } = question;
  const replacedPosts = question.replaces ?? replaces?.posts;
  const reply = openReply(desk, { adapter, inbound: message, ...(replacedPosts && { replacedPosts }) });
  const stop = new AbortController();
  running.set(key, { stop, question, reply });
  try {
    const conversation = await openConversation(core.store, key, settingsOf(message.thread, core.settings));
    const { persona, text, notice } = choosePersona(core.personas, message, conversation.bound);
    if (notice) {
      reply.notice(notice);
      // Told once: from now on the default is simply the one that answers.
      await conversation.bind({ persona: undefined });
    }
    reply.introduce(speakerOf(persona), [stopAction]);
    core.log.debug({ event: message.id, text }, "question");
    reply.status(words.thinking);
    const answered = await answer(core, {
      message: { ...message, text },
      persona,
      conversation,
      reply,
      arrived,
      signal: stop.signal,
      ...(replaces && { replaces }),
      ...(reread && { question: reread }),
      download: (attachment, signal) => adapter.download(attachment, signal),
      say: (text) => say(desk, { adapter, inbound: message }, text),
    });
    if (answered) logTurn(core, message, persona.id, answered);
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason) await endUnanswered(desk, reply, stop.signal);
    else await apologise(desk, { reply, inbound: message, error });
  } finally {
    if (running.get(key)?.stop === stop) running.delete(key);
  }
}

/** Stopped before the model was asked, while files were fetched or pictures read. */
async function endUnanswered({ core: { log } }: Desk, reply: Reply, signal: AbortSignal): Promise<void> {
  if (signal.reason === superseded) return reply.abandon();
  reply.notice(words.stopped);
  await reply.finish("stopped").catch((err: unknown) => log.error({ err }, "not told"));
}

function deliveryOf({ deliveries }: Desk, adapter: Adapter): Delivery {
  const delivery = deliveries.get(adapter) ?? createDelivery();
  deliveries.set(adapter, delivery);
  return delivery;
}

/** A reply to what a person did, in its thread. */
export function openReply(
  desk: Desk,
  {
    adapter,
    inbound,
    replacedPosts,
  }: { adapter: Adapter; inbound: Inbound; replacedPosts?: readonly string[] },
): Reply {
  const isPlain = settingsOf(inbound.thread, desk.core.settings).answers === "plain";
  const replyTo = inbound.type === "message" && !isPlain ? inbound.messageId : undefined;
  return new Reply({
    adapter,
    delivery: deliveryOf(desk, adapter),
    thread: inbound.thread,
    job: newTurnId(),
    cause: inbound.id,
    ...(inbound.context !== undefined && { context: inbound.context }),
    ...(replyTo !== undefined && { replyTo }),
    ...(replacedPosts && { replaces: replacedPosts }),
    onMissedFrame: (err) => desk.core.log.debug({ err, thread: inbound.thread }, "frame missed"),
  });
}

/** Posts a message of the bot's own. */
async function say(
  desk: Desk,
  { adapter, inbound }: { adapter: Adapter; inbound: Inbound },
  text: string,
): Promise<void> {
  const { thread, id: cause, context } = inbound;
  const message: Answer = {
    state: "done",
    text,
    thinking: "",
    sources: [],
    notices: [],
    footer: "off",
    actions: [],
  };
  for (const part of adapter.render(message)) {
    await deliveryOf(desk, adapter).send(thread, { urgency: "final" }, () =>
      adapter.post(thread, part, { cause, key: newTurnId(), ...(context !== undefined && { context }) }),
    );
  }
}

function logTurn({ log }: Core, inbound: Inbound, persona: string, answered: Answered): void {
  const { turn, outcome, receipt, toolErrors } = answered;
  for (const err of toolErrors) log.warn({ err, turn }, "tool failed");
  log.info(
    {
      turn,
      event: inbound.id,
      thread: inbound.thread,
      person: inbound.author.id,
      persona,
      model: receipt.model,
      ms: Math.round(receipt.elapsedMs),
      ...receipt.usage,
      costUsd: receipt.costUsd,
      tools: receipt.tools,
      outcome,
    },
    "turn",
  );
}

/** The one catch: what a person can act on is said as it is; anything else is logged under an id that they are given. */
export async function apologise(
  { core: { log } }: Desk,
  { reply, inbound, error }: { reply: Reply; inbound: Inbound; error: unknown },
): Promise<void> {
  const id = randomUUID().slice(0, 8);
  if (error instanceof UserError) reply.notice(error.message);
  else if (error instanceof ProviderError) {
    log.warn({ err: error, id, event: inbound.id, thread: inbound.thread }, "model failed");
    const broke = error.kind === "unreachable" && reply.text !== "";
    reply.notice(broke ? words.brokenOff : words.provider(error.kind, error.retryAfterMs));
  } else {
    log.error({ err: error, id, event: inbound.id, thread: inbound.thread }, "failed");
    reply.notice(words.unexpected(id));
  }
  await reply
    .finish("failed")
    .catch((err: unknown) => log.error({ err, id, thread: inbound.thread }, "not told"));
}
