import type { StoreOptions } from "./store/open.ts";
import { openCoordinator, openStore } from "./store/open.ts";
import type { Core } from "./core.ts";
import type { Log } from "./log.ts";

/** What stands before anything is heard or answered: where it is kept, and who else works on it. */
export type Ground = Pick<Core, "store" | "coordinator" | "log">;

/** The caller closes both. Throws UserError when the store can't be used. */
export async function openGround(options: StoreOptions, log: Log): Promise<Ground> {
  const store = await openStore(options);
  return { store, coordinator: await openCoordinator(options, log), log };
}
