import { randomUUID } from "node:crypto";
import { answer, superseded, type Answered } from "./answer.ts";
import { readToken, stopAction } from "./actions.ts";
import type {
  Adapter,
  Answer,
  Inbound,
  InboundCommand,
  InboundEdit,
  InboundMessage,
  InboundPress,
} from "./chat.ts";
import { findCommand } from "./commands/all.ts";
import { openConversation } from "./conversation/conversation.ts";
import { conversationKey } from "./conversation/scope.ts";
import type { Core } from "./core.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { UserError } from "./errors.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import type { UserMessage } from "./message.ts";
import { choosePersona } from "./personas/choose.ts";
import { ProviderError } from "./providers/provider.ts";
import { Reply } from "./reply.ts";
import type { ConversationKey, StoredTurn } from "./store/store.ts";
import { createWaiting, type Waiting, type WaitingQuestion } from "./waiting.ts";
import { words } from "./words.ts";

/** The conversation core behind any number of adapters. */
export interface Bot {
  /** Deals with what a person did: one at a time per conversation, conversations side by side. Never rejects. */
  receive(adapter: Adapter, inbound: Inbound): Promise<void>;
  /** Stops running answers, keeping what they said, and settles when all is quiet. */
  stop(): Promise<void>;
}

/** What is being worked on. */
interface Desk {
  readonly core: Core;
  readonly lanes: Lanes;
  readonly waiting: Waiting;
  readonly running: Map<ConversationKey, Running>;
  readonly deliveries: WeakMap<Adapter, Delivery>;
}

interface Running {
  readonly stop: AbortController;
  readonly question: WaitingQuestion;
  readonly reply: Reply;
}

/** A question with the answer it may have had before. */
interface Asked {
  readonly question: WaitingQuestion;
  /** Its stored turn, when it is answered again. */
  readonly replaces?: StoredTurn;
  /** The question as it was read then, when it has not changed. */
  readonly reread?: UserMessage;
}

export function createBot(core: Core): Bot {
  const desk: Desk = {
    core,
    lanes: createLanes(),
    waiting: createWaiting(),
    running: new Map(),
    deliveries: new WeakMap(),
  };
  return {
    async receive(adapter, inbound) {
      const key = conversationKey(inbound);
      try {
        if (inbound.type === "message")
          await takeMessage(desk, key, { adapter, message: inbound, arrived: performance.now() });
        else if (inbound.type === "command") await takeCommand(desk, key, { adapter, inbound });
        else if (inbound.type === "press") await takePress(desk, key, { adapter, inbound });
        else if (inbound.type === "edited") await takeEdit(desk, key, { adapter, inbound });
        else if (!desk.waiting.drop(key, inbound.messageId)) stopAnswerTo(desk, key, inbound.messageId);
      } catch (error) {
        await apologise(desk, { reply: openReply(desk, { adapter, inbound }), inbound, error });
      }
    },
    async stop() {
      for (const { stop } of desk.running.values()) stop.abort();
      await desk.lanes.idle();
    },
  };
}

async function takeMessage(desk: Desk, key: ConversationKey, question: WaitingQuestion): Promise<void> {
  if (question.message.address === "follow-up" && !(await takesPart(desk, key))) return;
  desk.waiting.add(key, question);
  await desk.lanes.run(key, () => answerNext(desk, key));
}

/** Nobody has to name the bot in a thread that it has answered in. */
async function takesPart({ core, running }: Desk, key: ConversationKey): Promise<boolean> {
  return running.has(key) || (await core.store.turns.list(key, { limit: 1 })).length > 0;
}

async function answerNext(desk: Desk, key: ConversationKey): Promise<void> {
  const question = desk.waiting.take(key);
  if (question) await answerQuestion(desk, key, { question });
}

async function takeCommand(
  desk: Desk,
  key: ConversationKey,
  { adapter, inbound }: { adapter: Adapter; inbound: InboundCommand },
) {
  const reply = openReply(desk, { adapter, inbound });
  // A stop must not wait behind the answer it stops.
  if (inbound.name === "stop") {
    const running = desk.running.get(key);
    running?.stop.abort();
    if (!running) reply.notice(words.nothingRuns);
    return running ? undefined : reply.finish("done");
  }
  await desk.lanes.run(key, async () => {
    try {
      const conversation = await openConversation(desk.core.store, key);
      const command = findCommand(inbound.name);
      reply.append(
        await command.run({ core: desk.core, conversation, inbound, argument: inbound.argument.trim() }),
      );
      await reply.finish("done");
    } catch (error) {
      await apologise(desk, { reply, inbound, error });
    }
  });
}

async function takePress(
  desk: Desk,
  key: ConversationKey,
  { adapter, inbound }: { adapter: Adapter; inbound: InboundPress },
) {
  const pressed = readToken(inbound.token);
  if (pressed?.name === "stop") return desk.running.get(key)?.stop.abort();
  const turn = pressed && (await desk.core.store.turns.find(key, { id: pressed.turn }));
  if (!pressed || !turn) throw new UserError(words.oldButton);
  const { token: _, messageId: __, ...place } = inbound;
  const message: InboundMessage = {
    ...place,
    type: "message",
    text: "",
    attachments: [],
    persona: turn.persona,
  };
  const arrived = performance.now();
  if (pressed.name === "more") {
    return takeMessage(desk, key, { adapter, message: { ...message, text: words.goOn }, arrived });
  }
  const [reread] = turn.messages;
  if (reread?.role !== "user") throw new UserError(words.oldButton);
  await desk.lanes.run(key, () =>
    answerQuestion(desk, key, { question: { adapter, message, arrived }, replaces: turn, reread }),
  );
}

async function takeEdit(
  desk: Desk,
  key: ConversationKey,
  { adapter, inbound }: { adapter: Adapter; inbound: InboundEdit },
) {
  const { message, messageId } = inbound;
  if (desk.waiting.change(key, message)) return;
  const arrived = performance.now();
  const running = desk.running.get(key);
  if (running?.question.message.messageId === messageId) {
    running.stop.abort(superseded);
    return desk.lanes.run(key, () =>
      answerQuestion(desk, key, { question: { adapter, message, arrived, replaces: running.reply.posts } }),
    );
  }
  const turn = await desk.core.store.turns.find(key, { asked: messageId });
  if (turn)
    await desk.lanes.run(key, () =>
      answerQuestion(desk, key, { question: { adapter, message, arrived }, replaces: turn }),
    );
}

function stopAnswerTo({ running }: Desk, key: ConversationKey, messageId: string): void {
  const answering = running.get(key);
  if (answering?.question.message.messageId === messageId) answering.stop.abort();
}

async function answerQuestion(desk: Desk, key: ConversationKey, asked: Asked): Promise<void> {
  const { core, running } = desk;
  const { question, replaces, reread } = asked;
  const { adapter, message, arrived } = question;
  const replacedPosts = question.replaces ?? replaces?.posts;
  const reply = openReply(desk, { adapter, inbound: message, ...(replacedPosts && { replacedPosts }) });
  const stop = new AbortController();
  try {
    const conversation = await openConversation(core.store, key);
    const { persona, text, notice } = choosePersona(core.personas, message, conversation.bound);
    if (notice) reply.notice(notice);
    reply.introduce(persona.name, [stopAction]);
    running.set(key, { stop, question, reply });
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
      say: (text) => say(desk, { adapter, inbound: message }, text),
    });
    if (answered) logTurn(core, message, persona.id, answered);
  } catch (error) {
    await apologise(desk, { reply, inbound: message, error });
  } finally {
    if (running.get(key)?.stop === stop) running.delete(key);
  }
}

function deliveryOf({ deliveries }: Desk, adapter: Adapter): Delivery {
  const delivery = deliveries.get(adapter) ?? createDelivery();
  deliveries.set(adapter, delivery);
  return delivery;
}

function openReply(
  desk: Desk,
  {
    adapter,
    inbound,
    replacedPosts,
  }: { adapter: Adapter; inbound: Inbound; replacedPosts?: readonly string[] },
): Reply {
  const replyTo = inbound.type === "message" ? inbound.messageId : undefined;
  return new Reply({
    adapter,
    delivery: deliveryOf(desk, adapter),
    thread: inbound.thread,
    cause: inbound.id,
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
  const { thread, id: cause } = inbound;
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
    await deliveryOf(desk, adapter).send(thread, "final", () => adapter.post(thread, part, { cause }));
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
async function apologise(
  { core: { log } }: Desk,
  { reply, inbound, error }: { reply: Reply; inbound: Inbound; error: unknown },
): Promise<void> {
  const id = randomUUID().slice(0, 8);
  if (error instanceof UserError) reply.notice(error.message);
  else {
    log.error({ err: error, id, event: inbound.id, thread: inbound.thread }, "failed");
    reply.notice(
      error instanceof ProviderError ? words.provider(error.kind, error.retryAfterMs) : words.unexpected(id),
    );
  }
  await reply
    .finish("failed")
    .catch((err: unknown) => log.error({ err, id, thread: inbound.thread }, "not told"));
}
