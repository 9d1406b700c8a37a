import { randomUUID } from "node:crypto";
import { againAction } from "./actions.ts";
import type { Action, Adapter, Answer, Inbound } from "./chat.ts";
import { askedText } from "./conversation/question.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import type { Scopes } from "./conversation/scopes.ts";
import type { Core } from "./core.ts";
import { type Delivery, underClaim } from "./delivery.ts";
import { Undelivered, UserError } from "./errors.ts";
import { chatOf, type Posted } from "./posted.ts";
import { createPostLog, type PostLog } from "./post-log.ts";
import { ProviderError } from "./providers/provider.ts";
import { Reply, type ReplyOptions } from "./reply.ts";
import type { Slots } from "./slots.ts";
import type { BegunJob, ConversationKey, Posts, StoredTurn } from "./store/store.ts";
import { saidBefore } from "./turn-progress.ts";
import { Unanswered } from "./unanswered.ts";
import { wordsFor, type Words } from "./words/words.ts";

/** What is being worked on in this process. */
export interface Desk {
  readonly core: Core;
  readonly scopes: Scopes;
  /** By platform. */
  readonly adapters: Map<string, Adapter>;
  /** The transient adapters by the event that they wait for: each asks for itself alone. */
  readonly asking: Map<string, Adapter>;
  readonly running: Map<ConversationKey, Running>;
  /** Answers at once. */
  readonly slots: Slots;
  /** For what may be bringing the process down: one at a time. */
  readonly alone: Slots;
  /** Ended when this process begins nothing more. */
  readonly ending: AbortSignal;
  readonly posted: Posted;
  deliveryOf(adapter: Adapter): Delivery;
}

/** What a conversation is being answered now. */
export interface Running {
  readonly stop: AbortController;
  /** Whom it is written for. */
  readonly author: string;
  /** The messages it answers. */
  readonly messages: readonly string[];
  /** Something came in that has to wait for it. */
  expectOthers(): void;
}

/** A job that is being worked on, with its reply. */
export interface Assignment {
  readonly key: ConversationKey;
  readonly adapter: Adapter;
  readonly inbound: Inbound;
  readonly job: BegunJob;
  readonly log: PostLog;
  readonly reply: Reply;
  /** The bot's sentences in the language of the person. */
  readonly words: Words;
  /** Ended when another process may be at it: nothing is called or stored any more. */
  readonly claim: AbortSignal;
  /** The answer that it takes the place of, also where people see it. */
  readonly earlier: StoredTurn | undefined;
  /** Work on it was begun before. */
  readonly isRepeated: boolean;
}

/** Rises with time, and leaves room for the name of a message beside it in a key. */
export const newJobId = (): string => newTurnId().replaceAll("-", "");

/** Opens the reply of a job where its messages stand already, if they do. */
export async function assign(
  desk: Desk,
  {
    key,
    adapter,
    inbound,
    job,
    claim,
    earlier,
    isRepeated = false,
  }: Pick<Assignment, "key" | "adapter" | "inbound" | "job" | "claim"> &
    Partial<Pick<Assignment, "earlier" | "isRepeated">>,
): Promise<Assignment> {
  const { outbox } = desk.core.store;
  // What is said in place of a picture's text is in the language of the picture.
  const spoken = earlier && inbound.type === "message" ? { ...inbound, text: "" } : inbound;
  const words = await wordsFor(spoken, () => lastQuestion(desk.core, key, inbound));
  const log = createPostLog(job.posts, (posts, options) => outbox.posts(job, posts, options));
  const opened = { key, adapter, inbound, job, log, words, claim };
  const conclude = concluding(desk, opened);
  const reply = openReply(desk, opened, { conclude, isInPlace: earlier !== undefined && !isRepeated });
  return { ...opened, reply, earlier, isRepeated };
}

/** Few enough to be read at once, and enough to find one's own among others'. */
const lastQuestions = 5;

/** What the person last asked here, in their own words. */
async function lastQuestion(
  { store }: Core,
  key: ConversationKey,
  { author, place }: Inbound,
): Promise<string | undefined> {
  const turns = await store.turns.list(key, { limit: lastQuestions });
  const question = turns.findLast(({ person }) => person === author.id)?.messages[0];
  return question?.role === "user" ? askedText(question, { isSigned: place !== "dm" }) : undefined;
}

const concluding =
  (
    { core }: Desk,
    { key, job }: Pick<Assignment, "key" | "job">,
  ): ((answer: Answer, posts: Posts) => Promise<void>) =>
  (answer, posts) =>
    core.store.outbox.conclude(key, job, { answer, posts });

function openReply(
  desk: Desk,
  {
    adapter,
    inbound,
    job,
    log,
    words,
    claim,
  }: Pick<Assignment, "adapter" | "inbound" | "job" | "log" | "words" | "claim">,
  options: Pick<ReplyOptions, "conclude" | "prefix" | "isInPlace">,
): Reply {
  const { settings, log: lines } = desk.core;
  const { thread, id: cause, context } = inbound;
  const question = inbound.type === "message" ? inbound.messageId : undefined;
  const isReply = question !== undefined && settingsOf(thread, settings).answers !== "plain";
  return new Reply({
    ...options,
    adapter,
    delivery: underClaim(desk.deliveryOf(adapter), claim, desk.core.coordinator),
    settleMs: settings.settleMs,
    claim,
    isConcluded: () => desk.core.store.outbox.isConcluded(job),
    ending: desk.ending,
    restMs: settings.restMs,
    thread,
    job: job.id,
    log,
    words,
    cause,
    ...(context !== undefined && { context }),
    ...(question !== undefined && { question }),
    ...(isReply && { replyTo: question }),
    posted: desk.posted,
    // What was posted while the store was asked is in the memory by then.
    known: async () => [...(await desk.core.store.outbox.known(chatOf(thread))), ...desk.posted.near(thread)],
    onNotStored: (err) => lines.error({ err, thread }, "an answer can't be stored; I keep trying"),
    onMissedFrame: (err) => lines.debug({ err, thread }, "frame missed"),
  });
}

/** A message of the bot's own beside an answer. */
export interface Said {
  /** Names it among those of its answer: what is said again under the same name stands in the same place. */
  readonly name: string;
  readonly text: string;
  readonly actions?: readonly Action[];
}

/** Posts a message beside the answer, in the same place however often the answer is begun. */
export async function say(
  desk: Desk,
  assignment: Assignment,
  { name, text, actions = [] }: Said,
): Promise<void> {
  const reply = openReply(desk, assignment, { prefix: `${name}.` });
  reply.append(text);
  await reply.finish("done", { actions });
}

/**
 * The one catch: what a person can act on is said as it is; anything else is logged under an id that they are given. Gives the
 * id of the turn that keeps the question, where one does.
 */
export async function apologise(
  desk: Desk,
  assignment: Assignment,
  thrown: unknown,
): Promise<string | undefined> {
  const { words } = assignment;
  // Of this attempt, and not what it was to take the place of.
  const { text } = assignment.reply;
  const unanswered = thrown instanceof Unanswered ? thrown : undefined;
  const sentence = sentenceFor(desk, assignment, { error: unanswered?.cause ?? thrown, text });
  const reply = await replyForTrouble(desk, assignment);
  reply.notice(sentence);
  if (!unanswered) {
    await reply.finish("failed");
    return undefined;
  }
  const { turn, files, keep } = unanswered;
  reply.notice(words.reading.kept(files));
  const said = [text.trim(), sentence].filter((each) => each !== "").join("\n\n");
  await reply.finish("failed", {
    actions: [againAction(turn, words)],
    conclude: (answer, posts) => keep(said, { answer, posts }),
  });
  return turn;
}

function sentenceFor(
  { core: { log } }: Desk,
  { inbound, words }: Assignment,
  { error, text }: { readonly error: unknown; readonly text: string },
): string {
  const id = randomUUID().slice(0, 8);
  if (error instanceof UserError) return error.in(words);
  if (error instanceof ProviderError) {
    log.warn({ err: error, id, event: inbound.id, thread: inbound.thread }, "model failed");
    const broke = error.kind === "unreachable" && text !== "";
    return broke ? words.brokenOff : words.provider(error.kind, error.retryAfterMs);
  }
  log.error({ err: error, id, event: inbound.id, thread: inbound.thread }, "failed");
  return words.unexpected(id);
}

/**
 * Where a person reads why there is no answer: where it would stand. One that stands there already does not make room for the
 * news that there is no new one, which comes beside it; where a new one was begun in its place, it stands there again.
 */
export async function replyForTrouble(desk: Desk, assignment: Assignment): Promise<Reply> {
  const { reply, job, log, earlier, isRepeated } = assignment;
  if (reply.isUnstorable) {
    const again = openReply(desk, assignment, { conclude: concluding(desk, assignment) });
    again.revise(reply.text);
    return again;
  }
  if (!earlier || reply.text !== "" || job.posts["0"] === undefined) return reply;
  // What was begun may also have been that news.
  if (isRepeated && log.names(beside).length === 0) {
    reply.revise(saidBefore(earlier.messages));
    return reply;
  }
  await reply.leave();
  return openReply(desk, assignment, { prefix: beside });
}

/** Begins the names of the messages that stand beside an earlier answer. */
const beside = "e";

/** Whether the platform will never take it: nothing is gained by trying again. */
export const isHopeless = (error: unknown): boolean =>
  error instanceof Undelivered && error.cause instanceof UserError;
