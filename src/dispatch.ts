import type { Coordinator } from "./coordinator.ts";
import { createCrowd } from "./crowd.ts";
import { DatabaseAway } from "./errors.ts";
import type { Log } from "./log.ts";
import type { ConversationKey, Inbox } from "./store/store.ts";

/**
 * What one piece of work came to: there was none, it is done, the same and nothing else was waiting when it began, or it is to
 * be tried again after so long.
 */
export type Outcome = "nothing" | "done" | "last" | { readonly againInMs: number };

export interface DispatchOptions {
  readonly inbox: Pick<Inbox, "conversations">;
  readonly coordinator: Coordinator;
  readonly log: Log;
  /** The platforms whose conversations this process can serve. */
  platforms(): readonly string[];
  /** Deals with the next thing of a conversation that this process has claimed, until `claim` ends. */
  work(conversation: ConversationKey, claim: AbortSignal): Promise<Outcome>;
  /** Tells those who wait in a conversation that is claimed for that alone how many are ahead. */
  hold(conversation: ConversationKey, claim: AbortSignal, ahead: number): Promise<void>;
  /** How many conversations are claimed at once: the others wait in the inbox, where they take no memory. */
  readonly claims: number;
  /** After so long, who waits for a claim is told so, in milliseconds. */
  readonly patienceMs: number;
}

/** Hands conversations to work: one piece at a time in each, conversations side by side. */
export interface Dispatch {
  /** There may be something to deal with; with `stored`, in a conversation that is not busy: if that says that it is new. */
  wake(conversation: ConversationKey, stored?: Promise<boolean>): void;
  /** Looks for what nobody woke it for: what an earlier process left, or another one put there. */
  look(): Promise<void>;
  /** How many conversations are claimed, or being claimed. */
  busy(): number;
  isBusy(conversation: ConversationKey): boolean;
  /** Begins nothing more. */
  close(): void;
  /** Settles when no work runs. */
  idle(): Promise<void>;
}

/** How often a process looks for what another one put there without a word, in milliseconds. */
const lookEveryMs = 1_000;

export function createDispatch(options: DispatchOptions): Dispatch {
  const { coordinator, log, claims, patienceMs } = options;
  const busy = new Map<ConversationKey, Promise<void>>();
  const again = new Set<ConversationKey>();
  const resting = createRests((conversation) => wake(conversation));
  const absence = createAbsence(log);
  const crowd = createCrowd({ patienceMs, most: claims, busy: () => busy.size, tell });
  let isClosed = false;

  function wake(conversation: ConversationKey, stored?: Promise<boolean>): void {
    if (isClosed || resting.has(conversation)) return;
    if (busy.has(conversation)) return void again.add(conversation);
    if (busy.size >= claims) return crowd.add(conversation);
    const state: State = { again, resting, absence, isClosed: () => isClosed };
    void occupy(conversation, serve(options, conversation, { ...state, stored }));
  }

  /** Claims a conversation for a piece of work of which nobody else in this process begins another meanwhile. */
  function occupy(conversation: ConversationKey, work: Promise<void>): Promise<void> {
    const occupied = work.then(() => {
      busy.delete(conversation);
      if (again.delete(conversation)) wake(conversation);
      return crowd.findsRoom() ? look() : undefined;
    });
    busy.set(conversation, occupied);
    return occupied;
  }

  async function tell(conversation: ConversationKey, ahead: number): Promise<void> {
    if (isClosed || busy.has(conversation) || resting.has(conversation)) return;
    const hold = (claim: AbortSignal): Promise<void> => options.hold(conversation, claim, ahead);
    const telling = whileClaimed(coordinator, conversation, hold).catch((err: unknown) =>
      log.debug({ err, conversation }, "not told to wait"),
    );
    await occupy(conversation, telling);
  }

  async function look(): Promise<void> {
    const platforms = options.platforms();
    if (isClosed || platforms.length === 0) return;
    for (const conversation of await findWaiting(options, platforms, absence)) wake(conversation);
  }

  const looking = coordinator.isShared ? setInterval(() => void look(), lookEveryMs).unref() : undefined;
  return {
    wake,
    look,
    busy: () => busy.size,
    isBusy: (conversation) => busy.has(conversation),
    close() {
      isClosed = true;
      crowd.close();
      clearInterval(looking);
      resting.close();
    },
    idle: () => untilIdle(busy),
  };
}

/** What a dispatch keeps in mind beside its claims. */
interface State {
  /** What was woken while it was busy. */
  readonly again: Set<ConversationKey>;
  readonly resting: ReturnType<typeof createRests>;
  readonly absence: Absence;
  readonly isClosed: () => boolean;
}

/** Never rejects. */
async function serve(
  options: DispatchOptions,
  conversation: ConversationKey,
  { stored, ...state }: State & { readonly stored: Promise<boolean> | undefined },
): Promise<void> {
  const { coordinator, log } = options;
  // Whoever had it stored is told when that fails.
  const isStored = stored?.catch(() => false) ?? true;
  try {
    await whileClaimed(coordinator, conversation, async (claim) => {
      if (await isStored) await drain(options, conversation, { ...state, claim });
    });
  } catch (err) {
    // What could not even be stored comes again, and is not to find it resting.
    if (err instanceof DatabaseAway) state.absence.begin(err);
    else log.warn({ err, conversation }, "could not be worked on now");
    if (await isStored) state.resting.begin(conversation, 2_000);
  }
}

/** Deals with one thing after the other, until there is none. */
async function drain(
  options: DispatchOptions,
  conversation: ConversationKey,
  { claim, again, resting, isClosed }: State & { readonly claim: AbortSignal },
): Promise<void> {
  // What waits behind the work that a lost claim ended is for whoever claims the conversation next.
  for (;;) {
    if (isClosed() || claim.aborted) return;
    again.delete(conversation);
    const outcome = await options.work(conversation, claim);
    // What came meanwhile has woken it; looking all the same would cost a query an answer.
    if (outcome === "nothing" || (outcome === "last" && !again.has(conversation))) return;
    if (typeof outcome === "object") return resting.begin(conversation, outcome.againInMs);
  }
}

async function findWaiting(
  { inbox, claims }: DispatchOptions,
  platforms: readonly string[],
  absence: Absence,
): Promise<readonly ConversationKey[]> {
  try {
    const found = await inbox.conversations(platforms, claims);
    absence.end();
    return found;
  } catch (err) {
    absence.begin(err);
    return [];
  }
}

type Absence = ReturnType<typeof createAbsence>;

/** A database that is away for an hour is no news to every conversation every second: it is told once, and once that it is back. */
function createAbsence(log: Log) {
  let isTold = false;
  return {
    begin(err: unknown): void {
      log[isTold ? "debug" : "warn"]({ err }, "the database can't be used now; I keep trying");
      isTold = true;
    },
    end(): void {
      if (isTold) log.info("the database can be used again");
      isTold = false;
    },
  };
}

async function untilIdle(busy: ReadonlyMap<unknown, Promise<void>>): Promise<void> {
  while (busy.size > 0) await Promise.all(busy.values());
}

/** Does nothing where another process works on it. */
async function whileClaimed(
  coordinator: Coordinator,
  conversation: ConversationKey,
  work: (claim: AbortSignal) => Promise<void>,
): Promise<void> {
  const claim = await coordinator.claim(conversation);
  if (!claim) return;
  try {
    await work(claim);
  } finally {
    await coordinator.release(conversation);
  }
}

/** Conversations that are left alone for a while. */
function createRests(wake: (conversation: ConversationKey) => void) {
  const timers = new Map<ConversationKey, NodeJS.Timeout>();
  let isClosed = false;
  return {
    has: (conversation: ConversationKey): boolean => timers.has(conversation),
    begin(conversation: ConversationKey, ms: number): void {
      if (isClosed) return;
      const end = (): void => {
        timers.delete(conversation);
        wake(conversation);
      };
      timers.set(conversation, setTimeout(end, ms).unref());
    },
    close(): void {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
