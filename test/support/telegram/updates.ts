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
  readonly evict: () => void;
}

/** The queue behind `getUpdates`: an update stays until an offset confirms it, and only one reader may wait. */
export function createUpdates() {
  let queue: Entry[] = [];
  let waiter: Waiter | undefined;
  let allowed: readonly string[] = [];
  let repeatNext = false;

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
      waiter?.finish();
    },
    /** `gone` settles when the reader hangs up. */
    async poll(
      args: { offset?: number; limit?: number; timeout?: number; allowed_updates?: readonly string[] },
      gone: Promise<unknown>,
    ): Promise<Update[]> {
      allowed = args.allowed_updates ?? allowed;
      const { offset = 0, limit = 100, timeout = 0 } = args;
      queue = queue.filter(({ update, isRepeat }) => isRepeat || update.update_id >= offset);
      waiter?.evict();
      if (!queue.some(isDue) && timeout > 0) {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        const mine: Waiter = {
          finish: resolve,
          evict: () =>
            reject(
              new Refused(
                409,
                "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
              ),
            ),
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

const isSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => true), Promise.resolve(false)]);
