import type { Inbound, ThreadId } from "../chat.ts";
import type { Core } from "../core.ts";
import { channelOf, settingsOf } from "./place-settings.ts";
import type { Scope } from "./scope.ts";

/** Which messages share a context, place by place. */
export interface Scopes {
  /** What was chosen for the thread, else for its channel, else what the configuration says. */
  of(inbound: Pick<Inbound, "thread" | "place">): Promise<Scope>;
  /** The one that may have held before, where one was chosen or configured. */
  before(inbound: Pick<Inbound, "thread" | "place">): Promise<Scope | undefined>;
  /** Holds from the next message on, in all processes. */
  choose(place: ThreadId, scope: Scope): Promise<void>;
}

/** More places than speak at once; the others are read again when they do. */
const mostRemembered = 10_000;
/** Another process may have changed it while its signal was lost, in milliseconds. */
const rememberedMs = 60_000;

/** Stands on the way of every message: what was read is remembered until some process changes it. */
export function createScopes({
  store,
  coordinator,
  settings,
}: Pick<Core, "store" | "coordinator" | "settings">): Scopes {
  const documents = store.documents<Scope>("scope");
  const remembered = new Map<
    ThreadId,
    { readonly chosen: Promise<Scope | undefined>; readonly at: number }
  >();
  coordinator.listen((signal) => {
    if (signal.type === "scope") remembered.delete(signal.place);
  });
  coordinator.onLost(() => remembered.clear());

  function chosenFor(place: ThreadId): Promise<Scope | undefined> {
    const known = remembered.get(place);
    if (known && performance.now() - known.at < rememberedMs) return known.chosen;
    const chosen = documents.get(place);
    remembered.delete(place);
    remembered.set(place, { chosen, at: performance.now() });
    chosen.catch(() => remembered.delete(place));
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
    return chosen;
  }

  /** Undefined where neither a command nor the configuration says. */
  async function setIn({ thread, place }: Pick<Inbound, "thread" | "place">): Promise<Scope | undefined> {
    if (place === "dm") return undefined;
    const chosen = await Promise.all([...new Set([thread, channelOf(thread)])].map(chosenFor));
    return chosen.find((scope) => scope !== undefined) ?? settingsOf(thread, settings).scope;
  }

  return {
    of: async (inbound) => (await setIn(inbound)) ?? "shared",
    async before(inbound) {
      const now = await setIn(inbound);
      return now && (now === "user" ? "shared" : "user");
    },
    async choose(place, scope) {
      await documents.set(place, scope);
      remembered.delete(place);
      await coordinator.publish({ type: "scope", place });
    },
  };
}
