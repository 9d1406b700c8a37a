import { randomUUID } from "node:crypto";
import { answer, type Answered } from "./answer.ts";
import type { Adapter, Inbound, InboundCommand, InboundMessage } from "./chat.ts";
import { choosePersona } from "./personas/choose.ts";
import { findCommand } from "./commands/all.ts";
import { type Conversation, openConversation } from "./conversation/conversation.ts";
import { conversationKey } from "./conversation/scope.ts";
import type { Core } from "./core.ts";
import { UserError } from "./errors.ts";
import { createLanes } from "./lanes.ts";
import { ProviderError } from "./providers/provider.ts";
import { Reply } from "./reply.ts";
import type { ConversationKey } from "./store/store.ts";
import { words } from "./words.ts";

/** The conversation core behind any number of adapters. */
export interface Bot {
  /** Deals with what a person did: one at a time per conversation, conversations side by side. Never rejects. */
  receive(adapter: Adapter, inbound: Inbound): Promise<void>;
  /** Stops running answers, keeping what they said, and settles when all is quiet. */
  stop(): Promise<void>;
}

/** One thing a person did, with what is at hand to deal with it. */
interface Handling<Event extends Inbound = Inbound> {
  readonly adapter: Adapter;
  readonly inbound: Event;
  readonly conversation: Conversation;
  readonly reply: Reply;
  readonly arrived: number;
}

export function createBot(core: Core): Bot {
  const lanes = createLanes();
  const running = new Map<ConversationKey, AbortController>();

  async function receive(adapter: Adapter, inbound: Inbound): Promise<void> {
    const arrived = performance.now();
    const key = conversationKey(inbound);
    const reply = new Reply({
      adapter,
      thread: inbound.thread,
      onMissedFrame: (error) => core.log.warn({ err: error, thread: inbound.thread }, "frame missed"),
    });
    try {
      // A stop must not wait behind the answer it stops.
      if (inbound.type === "command" && inbound.name === "stop") return await stopAnswer(key, reply);
      await lanes.run(key, async () => {
        const conversation = await openConversation(core.store, key);
        if (inbound.type === "command")
          await runCommand(core, { adapter, inbound, conversation, reply, arrived });
        else await answerMessage({ adapter, inbound, conversation, reply, arrived });
      });
    } catch (error) {
      await apologise(core, { reply, inbound, error });
    }
  }

  async function stopAnswer(key: ConversationKey, reply: Reply): Promise<void> {
    const answering = running.get(key);
    if (answering) return answering.abort();
    reply.notice(words.nothingRuns);
    await reply.finish("done");
  }

  async function answerMessage(handling: Handling<InboundMessage>): Promise<void> {
    const { adapter, inbound, conversation, reply } = handling;
    const { persona, text, notice } = choosePersona(core.personas, inbound, conversation.binding);
    if (notice) reply.notice(notice);
    reply.introduce(persona.name);
    const stop = new AbortController();
    running.set(conversation.key, stop);
    try {
      reply.status("thinking");
      const answered = await answer(core, {
        ...handling,
        message: { ...inbound, text },
        persona,
        signal: stop.signal,
        say: (words) => say(adapter, inbound, words),
      });
      logTurn(core, inbound, persona.id, answered);
    } finally {
      running.delete(conversation.key);
    }
  }

  return {
    receive,
    async stop() {
      for (const answering of running.values()) answering.abort();
      await lanes.idle();
    },
  };
}

async function runCommand(
  core: Core,
  { inbound, conversation, reply }: Handling<InboundCommand>,
): Promise<void> {
  const command = findCommand(inbound.name);
  reply.append(await command.run({ core, conversation, inbound, argument: inbound.argument.trim() }));
  await reply.finish("done");
}

/** Posts a message of the bot's own. */
async function say(adapter: Adapter, { thread }: Inbound, text: string): Promise<void> {
  const message = { state: "done", text, thinking: "", sources: [], notices: [], footer: "off" } as const;
  for (const part of adapter.render(message)) await adapter.post(thread, part);
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
  { log }: Core,
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
