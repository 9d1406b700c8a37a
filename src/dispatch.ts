import type { Coordinator } from "./coordinator.ts";
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

/** How many conversations are claimed at once: the others wait in the inbox, where they take no memory. */
const mostClaims = 1_000;
/** How often a process looks for what another one put there without a word, in milliseconds. */
const lookEveryMs = 1_000;

export function createDispatch(options: DispatchOptions): Dispatch {
  const { coordinator, log } = options;
  const busy = new Map<ConversationKey, Promise<void>>();
  const again = new Set<ConversationKey>();
  const resting = createRests((conversation) => wake(conversation));
  const absence = createAbsence(log);
  let isClosed = false;
  let isCrowded = false;

  function wake(conversation: ConversationKey, stored?: Promise<boolean>): void {
    if (isClosed || resting.has(conversation)) return;
    if (busy.has(conversation)) return void again.add(conversation);
    if (busy.size >= mostClaims) return void (isCrowded = true);
    busy.set(conversation, serve(conversation, stored));
  }

  async function serve(conversation: ConversationKey, stored?: Promise<boolean>): Promise<void> {
    // Whoever had it stored is told when that fails.
    const isStored = stored?.catch(() => false) ?? true;
    try {
      await whileClaimed(coordinator, conversation, async (claim) => {
        if (await isStored) await drain(conversation, claim);
      });
    } catch (err) {
      // What could not even be stored comes again, and is not to find it resting.
      if (err instanceof DatabaseAway) absence.begin(err);
      else log.warn({ err, conversation }, "could not be worked on now");
      if (await isStored) resting.begin(conversation, 2_000);
    }
    busy.delete(conversation);
    if (again.delete(conversation)) wake(conversation);
    if (isCrowded && busy.size < mostClaims / 2) {
      isCrowded = false;
      await look();
    }
  }

  async function drain(conversation: ConversationKey, claim: AbortSignal): Promise<void> {
    // What waits behind the work that a lost claim ended is for whoever claims the conversation next.
    for (;;) {
      if (isClosed || claim.aborted) return;
      again.delete(conversation);
      const outcome = await options.work(conversation, claim);
      // What came meanwhile has woken it; looking all the same would cost a query an answer.
      if (outcome === "nothing" || (outcome === "last" && !again.has(conversation))) return;
      if (typeof outcome === "object") return resting.begin(conversation, outcome.againInMs);
    }
  }

  async function look(): Promise<void> {
    const platforms = options.platforms();
    if (isClosed || platforms.length === 0) return;
    for (const conversation of await findWaiting(options.inbox, platforms, absence)) wake(conversation);
  }

  const looking = coordinator.isShared ? setInterval(() => void look(), lookEveryMs).unref() : undefined;
  return {
    wake,
    look,
    busy: () => busy.size,
    isBusy: (conversation) => busy.has(conversation),
    close() {
      isClosed = true;
      clearInterval(looking);
      resting.close();
    },
    idle: () => untilIdle(busy),
  };
}

async function findWaiting(
  inbox: DispatchOptions["inbox"],
  platforms: readonly string[],
  absence: Absence,
): Promise<readonly ConversationKey[]> {
  try {
    const found = await inbox.conversations(platforms, mostClaims);
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
