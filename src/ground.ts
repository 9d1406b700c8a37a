import type { Coordinator } from "./coordinator.ts";
import type { Log } from "./log.ts";
import { findStore, openCoordinator, type StoreOptions } from "./store/open.ts";
import type { Store } from "./store/store.ts";

/** What stands before anything is heard or answered: where it is kept, and who else works on it. */
export interface Ground {
  readonly log: Log;
  readonly coordinator: Coordinator;
  /** There once it is up to date, which may be after the first has been heard. */
  readonly store: Promise<Store>;
  /** As `Database.lost`. */
  readonly lost: Promise<unknown> | undefined;
  /** Lets go of both. */
  close(): Promise<void>;
}

/**
 * Throws UserError when the store can't be used; with `waiting`, a database that is away is waited for until that ends. The
 * caller closes what it gets.
 */
export async function openGround(options: StoreOptions, log: Log, waiting?: AbortSignal): Promise<Ground> {
  // On Postgres it connects while the store does.
  const coordinator = await openCoordinator(options, log);
  try {
    const find = () => findStore(options);
    const found = await find().catch(async (error: unknown) => {
      if (!options.databaseUrl || !waiting) throw error;
      const { whenThere } = await import("./store/when-there.ts");
      return whenThere(find, { log, signal: waiting });
    });
    return {
      log,
      coordinator,
      store: found.ready,
      lost: found.lost,
      async close() {
        await coordinator.close();
        await found.close();
      },
    };
  } catch (error) {
    await coordinator.close();
    throw error;
  }
}
