import type { ThreadId } from "./chat.ts";
import type { Coordinator } from "./coordinator.ts";
import { chatOf } from "./posted.ts";
import { ClaimLost, MessageGone, RateLimited, UserError } from "./errors.ts";

/** What goes first when a chat takes one call at a time. */
export type Urgency = "final" | "interactive" | "status" | "frame";

const urgencies: readonly Urgency[] = ["final", "interactive", "status", "frame"];

/** How often a final call is tried: with its growing pauses, a quarter of a minute. */
const finalAttempts = 5;

/** The pause before a second try after a trouble that may pass, in milliseconds; it doubles each time. */
const firstPauseMs = 1_000;

/** A call that would have to wait for longer is given back, in milliseconds: whoever waits with it for its chat keeps others from being answered. */
const longestWaitMs = 30_000;

export interface SendOptions {
  readonly urgency: Urgency;
  /**
   * Doing it twice shows the same as doing it once, so that it is tried again as often as any. What is not gets one
   * second try when nobody knows whether it was done: an answer that stands there twice is better than none.
   */
  readonly repeatable?: boolean;
}

/** One platform's calls, one at a time per chat, the most urgent first. */
export interface Delivery {
  /**
   * Runs a call when its turn comes. While the platform asks a chat to wait, frames and statuses are dropped
   * (rejected with RateLimited) and the others wait their time, unless that is long; those are tried again after a
   * trouble that may pass.
   */
  send<Result>(thread: ThreadId, options: SendOptions, call: () => Promise<Result>): Promise<Result>;
  /** Rests a chat, as the platform asked another process. */
  freeze(chat: string, ms: number): void;
  /** How many chats have calls waiting or a pause: of others, nothing is kept. */
  readonly chats: number;
}

export interface DeliveryOptions {
  readonly wait?: (ms: number) => Promise<void>;
  /** Told when the platform asks to leave a chat alone for so long. */
  readonly onFrozen?: (chat: string, ms: number) => void;
}

interface Job {
  readonly urgency: Urgency;
  readonly run: () => Promise<void>;
  readonly drop: (error: RateLimited) => void;
}

interface Chat {
  readonly jobs: Job[];
  busy: boolean;
  /** When the platform takes calls again, by `performance.now()`. */
  frozenUntil: number;
}

export function createDelivery({ wait = sleep, onFrozen }: DeliveryOptions = {}): Delivery {
  const chats = new Map<string, Chat>();
  const chatNamed = (name: string): Chat => chats.get(name) ?? { jobs: [], busy: false, frozenUntil: 0 };

  function forget(name: string, chat: Chat): void {
    if (!chat.busy && performance.now() >= chat.frozenUntil && chats.get(name) === chat) chats.delete(name);
  }

  const work = (name: string, chat: Chat): Promise<void> => drain(chat, wait, () => forget(name, chat));

  function freeze(name: string, ms: number): void {
    const chat = chatNamed(name);
    chats.set(name, chat);
    chat.frozenUntil = Math.max(chat.frozenUntil, performance.now() + ms);
    setTimeout(() => forget(name, chat), ms + 1).unref();
  }

  return {
    get chats() {
      return chats.size;
    },
    freeze,
    send<Result>(
      thread: ThreadId,
      { urgency, repeatable = false }: SendOptions,
      call: () => Promise<Result>,
    ) {
      const name = chatOf(thread);
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const attempts = isDroppable(urgency) ? 1 : finalAttempts;
      let attempt = 0;
      let isRepeated = false;
      const enqueue = (): void => {
        // A second try may find another entry than the first: the one before is let go when nothing waits.
        const chat = chatNamed(name);
        chats.set(name, chat);
        chat.jobs.push({ urgency, run, drop: reject });
        if (!chat.busy) void work(name, chat);
      };
      const run = async (): Promise<void> => {
        try {
          resolve(await call());
        } catch (error) {
          attempt++;
          if (error instanceof RateLimited) {
            freeze(name, error.retryAfterMs);
            onFrozen?.(name, error.retryAfterMs);
          }
          const isLost = !repeatable && isRepeated && !(error instanceof RateLimited);
          if (attempt >= attempts || isLost || isForGood(error)) reject(error);
          else if (error instanceof RateLimited) enqueue();
          // Only this call rests: the chat's others may well go through.
          else {
            isRepeated = true;
            void wait(firstPauseMs * 2 ** (attempt - 1)).then(enqueue);
          }
        }
      };
      enqueue();
      return promise;
    },
  };
}

/** Runs a chat's calls until there are none, and then at once `onQuiet`: a call that comes later finds what that left. */
async function drain(chat: Chat, wait: (ms: number) => Promise<void>, onQuiet: () => void): Promise<void> {
  chat.busy = true;
  for (let job = next(chat.jobs); job; job = next(chat.jobs)) {
    const frozenMs = chat.frozenUntil - performance.now();
    if (frozenMs > (isDroppable(job.urgency) ? 0 : longestWaitMs)) job.drop(new RateLimited(frozenMs));
    else {
      if (frozenMs > 0) await wait(frozenMs);
      await job.run();
    }
  }
  chat.busy = false;
  onQuiet();
}

const isDroppable = (urgency: Urgency): boolean => urgency === "frame" || urgency === "status";

/** What no second try mends. */
const isForGood = (error: unknown): boolean =>
  error instanceof UserError || error instanceof MessageGone || error instanceof ClaimLost;

/** The oldest of the most urgent. */
function next(jobs: Job[]): Job | undefined {
  for (const urgency of urgencies) {
    const index = jobs.findIndex((job) => job.urgency === urgency);
    if (index >= 0) return jobs.splice(index, 1)[0];
  }
  return undefined;
}

/** A delivery that calls nothing any more once the claim is lost, however long a call waited for its turn or its next try, or the process was suspended. */
export const underClaim = (
  delivery: Delivery,
  claim: AbortSignal,
  { confirm }: Pick<Coordinator, "confirm">,
): Pick<Delivery, "send"> => ({
  send: (thread, options, call) =>
    delivery.send(thread, options, async () => {
      claim.throwIfAborted();
      await confirm();
      claim.throwIfAborted();
      return call();
    }),
});

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
