import { type Batch, nextBatch } from "./batch.ts";
import type { Adapter, ThreadId } from "./chat.ts";
import { assign, type Desk, newJobId } from "./desk.ts";
import type { ConversationKey, Job } from "./store/store.ts";
import { findCorrection } from "./transcripts/find-correction.ts";

/** What waits behind the answer being written. */
interface Waiting {
  readonly key: ConversationKey;
  readonly adapter: Adapter;
  readonly thread: ThreadId;
  /** The events being answered, which nobody has to be told of. */
  readonly isAhead: ReadonlySet<string>;
  /** Who is being answered: they see that, and what they add joins their next question. */
  readonly author: string;
  readonly claim: AbortSignal;
  /** The jobs of stopped questions whose person knows that they are. */
  readonly toldOfStop: Set<string>;
}

/**
 * Tells those who wait behind an answer how many are ahead of them, where their own answer will stand. `end` settles
 * when none is being told any more: their answer must know where that sentence stands before it begins.
 */
export function holdOthers(
  desk: Desk,
  waiting: Omit<Waiting, "toldOfStop">,
): { expect(): void; end(): Promise<void> } {
  let isEnded = false;
  let timer: NodeJS.Timeout | undefined;
  let telling = Promise.resolve();
  const toldOfStop = new Set<string>();
  const tell = (): void => {
    timer = undefined;
    telling = telling
      .then(() => tellAll(desk, { ...waiting, toldOfStop }, () => isEnded))
      .catch((err: unknown) => desk.core.log.debug({ err }, "not told to wait"));
  };
  return {
    expect: () => void (timer ??= setTimeout(tell, desk.core.settings.patienceMs).unref()),
    end() {
      clearTimeout(timer);
      isEnded = true;
      return telling;
    },
  };
}

async function tellAll(desk: Desk, waiting: Waiting, isEnded: () => boolean): Promise<void> {
  try {
    await tellWaiting(desk, waiting, isEnded);
  } finally {
    // Some may have taken their question back meanwhile, when nobody knew yet what was to be taken away.
    await removeHeld(desk, waiting);
  }
}

/** The same where no answer is written yet, for this process writes as many as it can: `ahead` of the first of them. */
export async function holdAll(
  desk: Desk,
  { key, claim }: Pick<Waiting, "key" | "claim">,
  ahead: number,
): Promise<void> {
  const adapter = desk.adapters.get(key.split(":", 1)[0] ?? "");
  if (!adapter || adapter.transient) return;
  const waiting = {
    key,
    adapter,
    claim,
    isAhead: new Set<string>(),
    author: "",
    toldOfStop: new Set<string>(),
  };
  await tellWaiting(desk, waiting, () => desk.ending.aborted, ahead - 1);
}

async function tellWaiting(
  desk: Desk,
  waiting: Omit<Waiting, "thread">,
  isEnded: () => boolean,
  before = 0,
): Promise<void> {
  const { key, adapter, isAhead, claim, toldOfStop } = waiting;
  const { inbox, outbox } = desk.core.store;
  let pending = (await inbox.pending(key, 20)).filter(({ id }) => !isAhead.has(id));
  let ahead = before;
  while (pending.length > 0 && !isEnded() && !claim.aborted) {
    const batch = nextBatch(pending);
    if (!batch) return;
    const events = batch.events.map(({ id }) => id);
    pending = pending.filter(({ id }) => !events.includes(id));
    const { inbound, job = newJobId(), refusal, isStopped } = batch;
    if (refusal === undefined && !isStopped) ahead++;
    if (!(await isToBeTold(desk, waiting, batch))) continue;
    const begun = await outbox.begin(key, { id: job, events, posts: {}, isHeld: true });
    if (!begun || wasTold(begun)) continue;
    const { reply, words, log } = await assign(desk, { key, adapter, inbound, job: begun, claim });
    // What is not answered need not wait to say so.
    await reply.place(begun.isStopped ? words.stopped : (refusal ?? words.ahead(ahead)));
    if (begun.isStopped) toldOfStop.add(job);
    await log.saved();
  }
}

/** Unless that broke off: then the answer to what they asked next would stand above this one. */
const wasTold = ({ posts, isStopped }: Job): boolean => typeof posts["0"] === "string" && !isStopped;

/** Takes away what tells people that they wait who do not any more. */
export async function removeHeld(
  desk: Desk,
  { key, adapter, thread }: Pick<Waiting, "key" | "adapter" | "thread">,
): Promise<void> {
  const { store, log } = desk.core;
  for (const { id, posts } of await store.outbox.abandoned(key)) {
    const messages = Object.values(posts);
    // What is on its way now is taken away by whoever posts it.
    if (messages.includes(null)) continue;
    for (const message of messages.filter((each) => each !== null))
      await desk
        .deliveryOf(adapter)
        .send(thread, { urgency: "interactive", repeatable: true }, async () =>
          adapter.remove?.(thread, message),
        )
        .catch((err: unknown) => log.debug({ err, thread }, "a sentence stays"));
    await store.outbox.discard(id);
  }
}

/** Whether its person is told something before its turn comes: that they wait, or that it is not answered. */
async function isToBeTold(
  { core }: Desk,
  { key, adapter, author, toldOfStop }: Pick<Waiting, "key" | "adapter" | "author" | "toldOfStop">,
  { inbound, job, attempts, refusal }: Batch,
): Promise<boolean> {
  if (inbound.author.id === author || attempts > 0 || toldOfStop.has(job ?? "")) return false;
  if (inbound.type !== "message") return refusal !== undefined;
  // Its answer will stand where the one that it corrects does.
  const namesReplied = adapter.namesNoReplied !== true;
  return !(await findCorrection(core, key, { message: inbound, namesReplied }));
}
