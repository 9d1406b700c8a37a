import { setTimeout as sleep } from "node:timers/promises";
import type { Update } from "@grammyjs/types";
import { Refused } from "./checks.ts";

interface Entry {
  readonly update: Update;
  /** Comes once more after it was confirmed. */
  readonly isRepeat: boolean;
}

/** A poll that hangs until something happens. */
interface Waiter {
  readonly finish: () => void;
  readonly evict: (why: string) => void;
}

/** Brings an update to a webhook; whether it was taken. */
export type Bring = (update: Update) => Promise<boolean>;

/** The queue behind `getUpdates`: an update stays until an offset confirms it, and only one reader may wait. */
export function createUpdates() {
  let queue: Entry[] = [];
  let waiter: Waiter | undefined;
  let allowed: readonly string[] = [];
  let repeatNext = false;
  let bring: Bring | undefined;
  const bringing = new Set<number | undefined>();

  const nextOf = (chat: number | undefined): Entry | undefined =>
    bring && queue.find(({ update }) => chatOf(update) === chat);

  /** One after the other in a chat; what is not taken comes again after a pause that grows. */
  async function bringAll(chat: number | undefined): Promise<void> {
    if (bringing.has(chat)) return;
    bringing.add(chat);
    let pauseMs = 50;
    for (let entry = nextOf(chat); entry; entry = nextOf(chat)) {
      const brought = entry;
      if (await bring?.(brought.update)) queue = queue.filter((other) => other !== brought);
      else await sleep((pauseMs *= 2));
    }
    bringing.delete(chat);
  }

  const isDue = ({ update, isRepeat }: Entry): boolean =>
    !isRepeat || !queue.some((other) => !other.isRepeat && other.update.update_id === update.update_id);

  function take(limit: number): Update[] {
    const due = queue.filter(isDue).slice(0, limit);
    queue = queue.filter((entry) => !(entry.isRepeat && due.includes(entry)));
    return due.map(({ update }) => update);
  }

  return {
    repeatNext: () => void (repeatNext = true),
    push(update: Update): void {
      const [, kind = ""] = Object.keys(update);
      if (allowed.length > 0 && !allowed.includes(kind)) return;
      queue.push({ update, isRepeat: false });
      if (repeatNext) queue.push({ update, isRepeat: true });
      repeatNext = false;
      if (bring) void bringAll(chatOf(update));
      else waiter?.finish();
    },
    /** From now on updates are brought, or, without `how`, asked for. */
    webhook(how: Bring | undefined, kinds: readonly string[] = allowed): void {
      bring = how;
      allowed = kinds;
      if (!bring) return;
      waiter?.evict("terminated by setWebhook request");
      for (const { update } of queue) void bringAll(chatOf(update));
    },
    /** `gone` settles when the reader hangs up. */
    async poll(
      args: { offset?: number; limit?: number; timeout?: number; allowed_updates?: readonly string[] },
      gone: Promise<unknown>,
    ): Promise<Update[]> {
      if (bring) throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active");
      allowed = args.allowed_updates ?? allowed;
      const { offset = 0, limit = 100, timeout = 0 } = args;
      queue = queue.filter(({ update, isRepeat }) => isRepeat || update.update_id >= offset);
      waiter?.evict(
        "terminated by other getUpdates request; make sure that only one bot instance is running",
      );
      if (!queue.some(isDue) && timeout > 0) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const mine: Waiter = {
          finish: resolve,
          evict: (why) => reject(new Refused(409, `Conflict: ${why}`)),
        };
        waiter = mine;
        const timer = setTimeout(resolve, timeout * 1000);
        void gone.then(() => resolve());
        await promise.finally(() => {
          clearTimeout(timer);
          if (waiter === mine) waiter = undefined;
        });
        if (await isSettled(gone)) return [];
      }
      return take(limit);
    },
    /** Lets a waiting reader go, so that its connection can be closed. */
    release: () => waiter?.finish(),
  };
}

function chatOf(update: Update): number | undefined {
  const { message, edited_message, callback_query, stopped_message_generation } = update;
  return (message ?? edited_message ?? callback_query?.message ?? stopped_message_generation)?.chat.id;
}

const isSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), Promise.resolve(false)]);
