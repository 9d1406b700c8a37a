import { Withdrawn } from "./asking.ts";
import { asBegun, type Batch, nextBatch } from "./batch.ts";
import type { Adapter, MessageId } from "./chat.ts";
import { sendsFiles } from "./commands/all.ts";
import { apologise, assign, type Assignment, type Desk, newJobId, replyForTrouble } from "./desk.ts";
import type { Settings } from "./core.ts";
import type { Outcome } from "./dispatch.ts";
import { DatabaseAway, TakenUpAgain, Undelivered } from "./errors.ts";
import { holdOthers, removeHeld } from "./hold.ts";
import { type LookAhead, lookAhead, lookAtPlace, type Place } from "./look-ahead.ts";
import { pause } from "./pause.ts";
import { close, endEarly } from "./serve-end.ts";
import { serveCommand } from "./serve-command.ts";
import { serveCorrection } from "./serve-correction.ts";
import { isAnsweredInPlace, servePress, turnBehind } from "./serve-press.ts";
import { answerAgain, serveQuestion } from "./serve-question.ts";
import type { ConversationKey, Posts, StoredTurn } from "./store/store.ts";
import { type Correction, findCorrection } from "./transcripts/find-correction.ts";
import { mostUsdOf } from "./turn-calls.ts";

/** How much of what waits is looked at: more than anyone writes while one answer is made. */
const mostPending = 50;
/** How often work on something is begun, and breaks off, before it is given up. */
const mostAttempts = 8;
/**
 * What broke off so often is worked on alone: if it is what brings the process down, it takes nobody along any more,
 * and if it is not, it comes to its end.
 */
const aloneFrom = 3;
/** How long it waits for that, in milliseconds. */
const aloneMs = 60_000;

/** Deals with the next thing that a conversation waits for, until `claim` ends. What goes wrong is told in the chat. Rejects when the database is away. */
export async function serve(desk: Desk, key: ConversationKey, claim: AbortSignal): Promise<Outcome> {
  const taken = await takeBatch(desk, key);
  if (!taken) return "nothing";
  const { batch } = taken;
  const { inbox } = desk.core.store;
  const ids = batch.events.map(({ id }) => id);
  const adapter = adapterFor(desk, batch);
  if (!adapter) return { againInMs: 60_000 };
  if (isAbandoned(desk, batch)) {
    await inbox.end(ids);
    return "done";
  }
  // Of what was begun, nothing half-said is left.
  if (batch.attempts === 0 && (await desk.core.access.isBlocked(batch.inbound))) {
    await inbox.end(ids);
    await removeHeld(desk, { key, adapter, thread: batch.inbound.thread });
    for (const { inbound } of batch.events) adapter.settled?.(inbound);
    return "done";
  }
  const correction = await correctionIn(desk, key, { batch, adapter });
  const replaced = correction?.turn ?? (await replacedTurn(desk, key, batch));
  if (batch.inbound.type === "edited" && !replaced && batch.job === undefined) {
    await inbox.end(ids);
    return "done";
  }
  if (claim.aborted) return "nothing";
  return work(desk, { ...taken, key, ids, adapter, replaced, correction, claim });
}

function adapterFor({ asking, adapters }: Desk, { events, inbound }: Batch): Adapter | undefined {
  const [first] = events;
  return asking.get(first?.id ?? "") ?? adapters.get(inbound.thread.split(":", 1)[0] ?? "");
}

interface Taken {
  readonly batch: Batch;
  /** Nothing else waited in the conversation. */
  readonly isAll: boolean;
  readonly place: Place | undefined;
}

/** With a pause for albums and for those who write in bursts, what comes within it joins the question. */
async function takeBatch(desk: Desk, key: ConversationKey): Promise<Taken | undefined> {
  const { store, settings } = desk.core;
  let newest = { at: 0, seen: 0 };
  for (;;) {
    const reading = store.inbox.pending(key, mostPending);
    // Who has to stand in line is looked up when it is their turn.
    const place = desk.slots.areTaken ? undefined : lookAtPlace(desk.core, key);
    const pending = await reading;
    const batch = nextBatch(pending);
    if (!batch) return undefined;
    const isAll = pending.length < mostPending && batch.events.length === pending.length;
    const pauseMs = pauseBefore(batch, settings);
    if (pauseMs === 0) return { batch, isAll, place };
    const at = Math.max(...batch.events.map((event) => event.at));
    if (at > newest.at) newest = { at, seen: performance.now() };
    // Where it came in, the clock may be ahead.
    const left = pauseMs - Math.max(Date.now() - at, performance.now() - newest.seen);
    if (left <= 0) return { batch, isAll, place };
    await pause(left, desk.ending);
    if (desk.ending.aborted) return undefined;
  }
}

/** An album's parts come one by one, each as soon as the platform hears that the one before is stored. */
const albumMs = 500;

/** How long it waits for more since the last of it came, in milliseconds. */
function pauseBefore({ inbound, attempts, isStopped, events }: Batch, { burstMs }: Settings): number {
  if (attempts > 0 || isStopped) return 0;
  const more = inbound.type === "message" ? burstMs : 0;
  return events.some((event) => event.inbound.album) ? Math.max(albumMs, more) : more;
}

/** Whoever waited for it is gone with the process that took it. */
function isAbandoned({ core: { coordinator } }: Desk, { events: [first] }: Batch): boolean {
  if (first?.holder === undefined || first.holder === coordinator.process) return false;
  return !coordinator.isShared || Date.now() - first.at > 600_000;
}

async function replacedTurn(
  { core }: Desk,
  key: ConversationKey,
  { inbound }: Batch,
): Promise<StoredTurn | undefined> {
  if (inbound.type === "press") return turnBehind(core, key, inbound);
  return inbound.type === "edited" ? core.store.turns.find(key, { asked: inbound.messageId }) : undefined;
}

/** What a message, or one that was changed, corrects of what was read in a picture. */
async function correctionIn(
  { core }: Desk,
  key: ConversationKey,
  { batch: { inbound, parts }, adapter }: { readonly batch: Batch; readonly adapter: Adapter },
): Promise<Correction | undefined> {
  const [message, ...more] = inbound.type === "edited" ? [inbound.message] : parts;
  if (!message || more.length > 0) return undefined;
  return findCorrection(core, key, { message, namesReplied: adapter.namesNoReplied !== true });
}

interface Work extends Taken {
  readonly key: ConversationKey;
  readonly ids: readonly string[];
  readonly adapter: Adapter;
  readonly replaced: StoredTurn | undefined;
  readonly correction: Correction | undefined;
  readonly claim: AbortSignal;
}

async function work(desk: Desk, given: Work): Promise<Outcome> {
  const { key, batch, ids, adapter, claim } = given;
  const stop = new AbortController();
  const leaveIt = (): void => stop.abort(claim.reason);
  claim.addEventListener("abort", leaveIt);
  const {
    thread,
    author: { id: author },
  } = batch.inbound;
  const holding = holdOthers(desk, { key, adapter, thread, isAhead: new Set(ids), author, claim });
  desk.running.set(key, { stop, author, messages: messagesOf(batch), expectOthers: () => holding.expect() });
  const leave = batch.attempts < aloneFrom ? undefined : await takeAlone(desk, stop.signal);
  try {
    const ahead = aheadOf(desk, given);
    const assignment = await begin(desk, given);
    if (!assignment) return "done";
    try {
      await takeUp(desk, assignment);
      const turn = await dealWith(desk, assignment, { ...given, ahead, signal: stop.signal });
      // What came after the answer was finished is not answered by it.
      const { job } = assignment;
      const events = job.answer ? batch.events.filter((event) => event.job === job.id) : batch.events;
      await close(desk, assignment, { events, adapter, turn });
      return given.isAll && events.length === batch.events.length ? "last" : "done";
    } catch (error) {
      return await endEarly(desk, assignment, { error, batch, ids });
    } finally {
      // What is still being stored must not come after what the next attempt stores.
      await assignment.log.quiet();
    }
  } finally {
    leave?.();
    claim.removeEventListener("abort", leaveIt);
    await holding.end();
    desk.running.delete(key);
  }
}

/** Only of what is sure to be answered, and at once. */
function aheadOf({ core, slots }: Desk, { key, batch, correction, place }: Work): LookAhead | undefined {
  const { inbound, refusal } = batch;
  if (inbound.type !== "message" || refusal !== undefined || correction || slots.areTaken) return undefined;
  return lookAhead(core, key, { message: inbound, place });
}

/** Undefined when its events have been dealt with meanwhile. */
async function begin(
  desk: Desk,
  { key, batch, ids, adapter, replaced, claim }: Work,
): Promise<Assignment | undefined> {
  const earlier = replaced && replacesPosts(batch, replaced) ? replaced : undefined;
  const posts: Posts = earlier?.posts ?? {};
  const id = batch.job ?? newJobId();
  const attempts = batch.events[0]?.attempts;
  const job = await desk.core.store.outbox.begin(key, { id, events: ids, posts, attempts });
  const isRepeated = batch.events.some((event) => event.attempts > 0);
  const inbound = job && asBegun(batch, job);
  return inbound && assign(desk, { key, adapter, inbound, job, claim, earlier, isRepeated });
}

/** Ends what earlier attempts left. Throws Withdrawn where nobody asks any more, and nothing of an answer is seen. */
async function takeUp({ core }: Desk, { job, reply, isRepeated }: Assignment): Promise<void> {
  // Whether or not it is gone on with: nobody else is left to tell.
  const openUsd = mostUsdOf(job.rounds?.open, core.tools);
  if (isRepeated) await core.limits.accountForLost({ ...job, openUsd });
  if (job.isWithdrawn && !job.answer && reply.isUnseen) throw new Withdrawn();
}

async function takeAlone({ alone }: Desk, stop: AbortSignal): Promise<(() => void) | undefined> {
  const patience = AbortSignal.any([stop, AbortSignal.timeout(aloneMs)]);
  return alone.take(patience).catch(() => undefined);
}

/** Nobody but who asked gets an answer changed. */
const replacesPosts = ({ inbound }: Batch, { person }: StoredTurn): boolean =>
  person === inbound.author.id && (inbound.type !== "press" || isAnsweredInPlace(inbound.token));

const messagesOf = ({ inbound, parts }: Batch): readonly MessageId[] =>
  inbound.type === "edited"
    ? [inbound.messageId]
    : parts.flatMap(({ messageId }) => (messageId === undefined ? [] : [messageId]));

/** What a person did becomes an answer, or says why not; gives the id of the turn that was stored with it. */
async function dealWith(
  desk: Desk,
  assignment: Assignment,
  {
    batch,
    replaced,
    correction,
    ahead,
    signal,
  }: Pick<Work, "batch" | "replaced" | "correction"> & {
    readonly ahead: LookAhead | undefined;
    readonly signal: AbortSignal;
  },
): Promise<string | undefined> {
  const { job, reply, inbound, claim } = assignment;
  if (job.answer && !sendsFiles(inbound)) {
    await reply.show(job.answer);
    return job.turn;
  }
  try {
    const refusal = refusalOf(desk, assignment, batch);
    if (refusal !== undefined) {
      const told = await replyForTrouble(desk, assignment);
      told.notice(refusal);
      await told.finish(job.isStopped ? "stopped" : "failed");
    } else if (correction) return await serveCorrection(desk, assignment, { ...correction, signal });
    else if (inbound.type === "command") return await serveCommand(desk, assignment, signal);
    else if (inbound.type === "press") return await servePress(desk, assignment, { turn: replaced, signal });
    else if (inbound.type === "edited")
      return await answerAgain(desk, assignment, { message: inbound.message, replaced, signal });
    else if (inbound.type === "message")
      return await serveQuestion(desk, assignment, { message: inbound, ahead, signal });
  } catch (error) {
    // Without its claim, or the database, nothing is wrong with the question: it is taken up again.
    if (isEnding(error) || claim.aborted || error instanceof DatabaseAway) throw error;
    return apologise(desk, assignment, error);
  }
  return undefined;
}

/** Nobody has to be told of it. */
const isEnding = (error: unknown): boolean =>
  error instanceof TakenUpAgain || error instanceof Withdrawn || error instanceof Undelivered;

/** Why it is not dealt with. */
function refusalOf(
  { core: { settings } }: Desk,
  { job, inbound, words }: Assignment,
  { refusal, attempts, events }: Batch,
): string | undefined {
  if (refusal !== undefined) return refusal;
  if (job.isStopped) return words.stopped;
  if (attempts >= mostAttempts) return words.gaveUp;
  const ageMs = Date.now() - (inbound.at ?? events[0]?.at ?? Date.now());
  return ageMs > settings.tooOldMs ? words.tooOld(Math.round(ageMs / 60_000)) : undefined;
}
