import { readToken } from "./actions.ts";
import { superseded } from "./answer.ts";
import type { Adapter, Inbound, InboundCommand, InboundEdit, InboundMessage, InboundPress } from "./chat.ts";
import { findCommand } from "./commands/all.ts";
import { openConversation } from "./conversation/conversation.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import { conversationKey } from "./conversation/scope.ts";
import type { Core } from "./core.ts";
import { answerQuestion, apologise, type Desk, openReply } from "./desk.ts";
import { UserError } from "./errors.ts";
import { createLanes } from "./lanes.ts";
import { createRecent } from "./recent.ts";
import type { ConversationKey } from "./store/store.ts";
import { createWaiting, joinMessages, type WaitingQuestion } from "./waiting.ts";
import { words } from "./words.ts";

/** The conversation core behind any number of adapters. */
export interface Bot {
  /** Deals with what a person did: one at a time per conversation, conversations side by side. Never rejects. */
  receive(adapter: Adapter, inbound: Inbound): Promise<void>;
  /** Stops running answers, keeping what they said, and settles when all is quiet. */
  stop(): Promise<void>;
}

/** What a person did, and where. */
interface Handed<Event extends Inbound> {
  readonly adapter: Adapter;
  readonly inbound: Event;
}

export function createBot(core: Core): Bot {
  const desk: Desk = {
    core,
    lanes: createLanes(),
    waiting: createWaiting(),
    running: new Map(),
    deliveries: new WeakMap(),
    recent: createRecent(20_000),
    edits: new Map(),
    isStopping: false,
  };
  return {
    async receive(adapter, inbound) {
      // Platforms repeat events when a connection breaks or an acknowledgement comes late.
      if (desk.isStopping || !desk.recent.isNew(`${adapter.platform}:${inbound.id}`)) return;
      const key = conversationKey(inbound, settingsOf(inbound.thread, core.settings).scope);
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
      desk.isStopping = true;
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
  { adapter, inbound }: Handed<InboundCommand>,
): Promise<void> {
  const reply = openReply(desk, { adapter, inbound });
  desk.waiting.seal(key);
  // A stop must not wait behind the answer it stops.
  if (inbound.name === "stop") {
    const running = desk.running.get(key);
    running?.stop.abort();
    if (!running) reply.notice(words.nothingRuns);
    return running ? undefined : reply.finish("done");
  }
  await desk.lanes.run(key, async () => {
    try {
      const conversation = await openConversation(
        desk.core.store,
        key,
        settingsOf(inbound.thread, desk.core.settings),
      );
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
  { adapter, inbound }: Handed<InboundPress>,
): Promise<void> {
  const pressed = readToken(inbound.token);
  if (pressed?.name === "stop") return desk.running.get(key)?.stop.abort();
  if (!pressed) throw new UserError(words.oldButton);
  const { turns } = desk.core.store;
  await desk.lanes.run(key, async () => {
    const arrived = performance.now();
    // Read in the lane: what was answered meanwhile has its say.
    const turn = await turns.find(key, { id: pressed.turn });
    const [reread] = turn?.messages ?? [];
    if (!turn || reread?.role !== "user") throw new UserError(words.oldButton);
    // Another's press would bring another's memory to this question.
    if (turn.person !== inbound.author.id) throw new UserError(words.notYourButton);
    const { token: _, messageId: __, ...place } = inbound;
    const message: InboundMessage = {
      ...place,
      type: "message",
      text: "",
      attachments: [],
      persona: turn.persona,
    };
    if (pressed.name === "again") {
      return answerQuestion(desk, key, { question: { adapter, message, arrived }, replaces: turn, reread });
    }
    const [last] = await turns.list(key, { limit: 1 });
    if (last?.id !== turn.id) throw new UserError(words.notLastAnswer);
    return answerQuestion(desk, key, {
      question: { adapter, message: { ...message, text: words.goOn }, arrived },
    });
  });
}

async function takeEdit(
  desk: Desk,
  key: ConversationKey,
  { adapter, inbound }: Handed<InboundEdit>,
): Promise<void> {
  const { message, messageId } = inbound;
  if (desk.waiting.change(key, message)) return;
  const arrived = performance.now();
  const running = desk.running.get(key);
  const parts = running ? (running.question.joined ?? [running.question.message]) : [];
  const isRunning = parts.some((part) => part.messageId === messageId);
  if (isRunning) running?.stop.abort(superseded);
  const question = `${key} ${messageId}`;
  const latest = Symbol(question);
  desk.edits.set(question, latest);
  await desk.lanes.run(key, async () => {
    // Of several edits in a row, the last one counts.
    if (desk.edits.get(question) !== latest) return;
    desk.edits.delete(question);
    const changed = joinMessages(
      isRunning ? parts.map((part) => (part.messageId === messageId ? message : part)) : [message],
    );
    // Read in the lane: an answer that was just finished is the one to replace.
    const turn = await desk.core.store.turns.find(key, { asked: changed.messageId ?? messageId });
    const posts = turn?.posts ?? (isRunning ? running?.reply.posts : undefined);
    if (!posts) return;
    const asked = { adapter, message: changed, arrived, replaces: posts };
    await answerQuestion(desk, key, { question: asked, ...(turn && { replaces: turn }) });
  });
}

function stopAnswerTo({ running }: Desk, key: ConversationKey, messageId: string): void {
  const answering = running.get(key);
  if (answering?.question.message.messageId === messageId) answering.stop.abort();
}
