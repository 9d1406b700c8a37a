import { accountOf } from "./account.ts";
import { stopAction } from "./actions.ts";
import { answer } from "./answer.ts";
import { answerByCouncil } from "./council/answer.ts";
import { namesIn, type Wish } from "./council/members.ts";
import { type Answered, type Asking, Withdrawn } from "./asking.ts";
import type { Adapter, InboundMessage } from "./chat.ts";
import type { Conversation } from "./conversation/conversation.ts";
import type { Core } from "./core.ts";
import { type Assignment, type Desk, replyForTrouble, say } from "./desk.ts";
import { AskedAnew, TakenUpAgain, UserError } from "./errors.ts";
import { movedBy, type ReadingStep } from "./files/bookmark.ts";
import { type LookAhead, lookUp } from "./look-ahead.ts";
import type { UserMessage } from "./message.ts";
import { choosePersona } from "./personas/choose.ts";
import { replyToOlder } from "./reply-to-older.ts";
import { speakerOf } from "./personas/speaker.ts";
import type { Persona } from "./personas/schema.ts";
import type { BegunJob, StoredTurn } from "./store/store.ts";
import type { Origin } from "./tools/tool.ts";
import { put } from "./words/words.ts";

/** A question with the answer it may have had before. */
export interface Asked {
  readonly message: InboundMessage;
  /** Aborted when the answer is to end. */
  readonly signal: AbortSignal;
  /** Its stored turn, when it is answered again. */
  readonly replaces?: StoredTurn;
  /** The question as it was read then, when it has not changed. */
  readonly reread?: UserMessage;
  /** It moves the bookmark of what is read together. */
  readonly reading?: ReadingStep;
  /** Answers in place of the persona's or the conversation's own. */
  readonly model?: string;
  /** Whether one model answers, or a council: else the message or the persona says. */
  readonly council?: Wish | "none";
  /** What it needs to know, being read already. */
  readonly ahead?: LookAhead | undefined;
}

/** A question that was changed after it was answered gets its answer changed in place. */
export function answerAgain(
  desk: Desk,
  assignment: Assignment,
  {
    message,
    replaced,
    signal,
  }: { message: InboundMessage; replaced: StoredTurn | undefined; signal: AbortSignal },
): Promise<string | undefined> {
  return serveQuestion(desk, assignment, { message, signal, ...(replaced && { replaces: replaced }) });
}

/** Answers one question from its persona to its stored turn, whose id it gives. */
export async function serveQuestion(
  desk: Desk,
  assignment: Assignment,
  asked: Asked,
): Promise<string | undefined> {
  const { reply, words } = assignment;
  const { signal } = asked;
  try {
    const leave = await takeSlot(desk, assignment, signal);
    try {
      return await converse(desk, assignment, asked);
    } finally {
      leave();
    }
  } catch (error) {
    if (!signal.aborted || error !== signal.reason || error instanceof TakenUpAgain) throw error;
    if (error instanceof Withdrawn && reply.isUnseen) throw error;
    // Stopped before the model was asked, while files were fetched or pictures read.
    const told = await replyForTrouble(desk, assignment);
    told.notice(words.stopped);
    await told.finish("stopped");
    return undefined;
  }
}

/**
 * Waits for a place among the answers that are written at once; who waits long is told how many are ahead. Until then the
 * sign that the bot gave when the question came has to do: a thousand people's signs, repeated, would be all it does.
 */
async function takeSlot(
  { slots, core }: Desk,
  { reply, words, earlier, inbound: { author } }: Assignment,
  signal: AbortSignal,
): Promise<() => void> {
  const hadToWait = slots.areTaken;
  if (!hadToWait) reply.status(words.thinking);
  const ahead = slots.aheadOf(author.id) + 1;
  // An earlier answer is read until there is a new one.
  const tell = (): void => (earlier ? reply.status(words.ahead(ahead)) : reply.hold(words.ahead(ahead)));
  const timer = setTimeout(tell, core.settings.patienceMs);
  try {
    const leave = await slots.take(signal, author.id);
    if (hadToWait) reply.status(words.thinking);
    return leave;
  } finally {
    clearTimeout(timer);
  }
}

async function converse(desk: Desk, assignment: Assignment, asked: Asked): Promise<string | undefined> {
  const { core } = desk;
  const { key, adapter, inbound, job, reply, words } = assignment;
  const { replaces, reread, signal, model, reading } = asked;
  const { outbox } = core.store;
  const { conversation, about } = await lookUp(core, key, asked);
  const { persona, names, message, from } = await addressed(core, assignment, { asked, conversation });
  reply.introduce(speakerOf(persona), [stopAction(words)]);
  core.log.debug({ event: message.id, text: message.text }, "question");
  const question = nameOf(job);
  let stored: string | undefined;
  const asking: Asking = {
    job: job.id,
    attempt: job.attempt,
    message,
    persona,
    conversation,
    about,
    reply,
    words,
    arrived: performance.now() - Math.max(0, Date.now() - (inbound.at ?? Date.now())),
    signal,
    ...(replaces && { replaces }),
    ...(from !== undefined && { from }),
    ...(reread && { question: reread }),
    ...(model !== undefined && { model }),
    ...(reading && { reading }),
    ...finishedOf(job, question),
    download: (attachment, signal) => adapter.download(attachment, signal),
    origin: () => originOf(core, adapter, message),
    say: (said) => say(desk, assignment, said),
    keepRounds: (rounds) => outbox.rounds(job, { ...rounds, question }),
    keepCouncil: (progress) => outbox.council(job, { ...progress, question }),
    async conclude({ bookmark, ...final }) {
      // Noted first: no file is ever overlooked, and a move counts once its turn is stored.
      if (final.files?.length && !conversation.binding.hasFiles) await conversation.bind({ hasFiles: true });
      if (bookmark)
        await conversation.bind({
          bookmark: movedBy(final.turn.id, bookmark, conversation.binding.bookmark),
        });
      stored = final.turn.id;
      await outbox.conclude(key, job, { ...final, replaces: replaces !== undefined });
    },
  };
  const wish = wishOf(asked, persona, names);
  try {
    const answered = wish === "none" ? answer(core, asking) : answerByCouncil(core, asking, wish);
    logTurn(core, message, persona.id, await answered);
  } catch (error) {
    await giveBack(core, asking).catch((err: unknown) => core.log.warn({ err }, "not given back"));
    throw error;
  }
  return stored;
}

/** Of one that came to no answer: what it took is accounted for by now. */
async function giveBack({ limits }: Core, asking: Asking): Promise<void> {
  const { reason }: { reason: unknown } = asking.signal;
  if (reason instanceof Withdrawn) await limits.takeBack(accountOf(asking));
  await limits.release(accountOf(asking));
  if (reason instanceof AskedAnew) await limits.recount(accountOf(asking));
}

/** Who is to answer, and the message without what only says so; `from`: the turn that this one answer goes on from. */
async function addressed(
  core: Core,
  assignment: Assignment,
  { asked, conversation }: { readonly asked: Asked; readonly conversation: Conversation },
) {
  const { reply, words } = assignment;
  const { names, text: said } = namesIn(asked.message, core.models.aliases());
  const { persona, text, notice } = choosePersona(
    core.personas,
    { ...asked.message, text: said },
    conversation.bound,
  );
  if (notice) {
    reply.notice(put(notice, words));
    // Told once: from now on the default is simply the one that answers.
    await conversation.bind({ persona: undefined });
  }
  // One that never looks back has nowhere to go on from.
  const looksBack = persona.context !== 0 && !asked.replaces;
  const { message, from } = looksBack
    ? await replyToOlder(core, assignment, { conversation, message: asked.message })
    : { message: asked.message, from: undefined };
  return { persona, names, message: { ...message, text }, from };
}

/** Names the question of a job by the events it is made of: an edit is one more, what was taken back is none any more. */
const nameOf = ({ inbounds }: BegunJob): string => [...inbounds.keys()].toSorted().join(" ");

/** What earlier attempts finished, of the same question. What was stored without its name is of the one there is. */
function finishedOf({ rounds, council }: BegunJob, question: string): Pick<Asking, "resume" | "council"> {
  const isSame = (kept: { readonly question?: string } | undefined): boolean =>
    kept !== undefined && (kept.question ?? question) === question;
  return {
    ...(isSame(rounds) && { resume: rounds }),
    ...(isSame(council) && { council }),
  };
}

/** A button says who answers; else the message or the persona may want a council. */
function wishOf(
  { council, model, message }: Asked,
  persona: Persona,
  names: readonly string[],
): NonNullable<Asked["council"]> {
  if (council) return council;
  const isAsked = message.council === true || persona.council !== false;
  return isAsked && model === undefined ? { names } : "none";
}

/** Without its address, what was said there is known all the same. */
async function originOf({ log }: Core, adapter: Adapter, message: InboundMessage): Promise<Origin> {
  const link = await adapter.linkTo?.(message).catch((err: unknown) => {
    log.debug({ err }, "no address of a message");
    return undefined;
  });
  return { placeName: message.channelName, ...(link !== undefined && { link }) };
}

function logTurn({ log }: Core, inbound: InboundMessage, persona: string, answered: Answered): void {
  const { turn, outcome, receipt, toolErrors } = answered;
  // A sentence for the model alone is how a tool says no.
  for (const err of toolErrors)
    log[err instanceof UserError && err.cause === undefined ? "debug" : "warn"]({ err, turn }, "tool failed");
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
