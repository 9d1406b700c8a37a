import { commandBehind } from "./actions.ts";
import type { Adapter, Inbound } from "./chat.ts";
import { questionBehind } from "./commands/asking.ts";
import { meantBy } from "./commands/written.ts";
import { createPosted } from "./posted.ts";
import { createScopes } from "./conversation/scopes.ts";
import type { Signal } from "./coordinator.ts";
import type { Core } from "./core.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import type { Desk } from "./desk.ts";
import { createDispatch } from "./dispatch.ts";
import { TakenUpAgain } from "./errors.ts";
import { holdAll } from "./hold.ts";
import { eventId, type Reception, take, tell } from "./intake.ts";
import { createLanes } from "./lanes.ts";
import { pause } from "./pause.ts";
import { serve } from "./serve.ts";
import { createSlots } from "./slots.ts";
import { heedStop } from "./stop.ts";
import { whereabouts } from "./whereabouts.ts";
import type { Sentence } from "./words/words.ts";

/** The conversation core behind any number of adapters. */
export interface Bot {
  /** Takes up what was left of these platforms' conversations, and from now on what other processes put there. */
  work(adapters: readonly Adapter[]): Promise<void>;
  /** Stores what a person did; it is dealt with afterwards: one at a time per conversation, conversations side by side. Rejects when it can't be stored. */
  receive(adapter: Adapter, inbound: Inbound): Promise<void>;
  /** Whether who did this may use the bot there. */
  welcomes(adapter: Adapter, inbound: Inbound): Promise<boolean>;
  /** Gives running answers their grace, hands the rest back for the next start, and settles when all is quiet. */
  stop(): Promise<void>;
  /** Settles once it has been stopped. */
  readonly ended: Promise<void>;
}

/** `answers: false`: only takes what comes in, for other processes to answer. */
export function createBot(core: Core, { answers = true }: { answers?: boolean } = {}): Bot {
  const ending = new AbortController();
  const desk = createDesk(core, ending.signal);
  const { coordinator, settings, store } = core;
  const dispatch = createDispatch({
    inbox: store.inbox,
    coordinator,
    log: core.log,
    platforms: () => [...desk.adapters.keys()],
    work: (key, claim) => serve(desk, key, claim),
    hold: (key, claim, ahead) => holdAll(desk, { key, claim }, ahead),
    claims: settings.claims,
    patienceMs: settings.patienceMs,
  });
  const reception: Reception = { desk, dispatch, lanes: createLanes(), answers };
  // What this process is at already, only the others have to hear; one that answers nobody calls platforms all the same.
  const isForUs = (signal: Signal): boolean =>
    signal.type === "frozen" || (answers && !(signal.type === "wake" && signal.by === coordinator.process));
  coordinator.listen((signal) => isForUs(signal) && heed(reception, signal));
  const ended = Promise.withResolvers<void>();
  return {
    ended: ended.promise,
    async work(adapters) {
      for (const adapter of adapters) desk.adapters.set(adapter.platform, adapter);
      await dispatch.look();
    },
    async receive(adapter, happened) {
      if (ending.signal.aborted) throw new Error("the bot is stopping");
      const meant = meantBy(commandBehind(happened));
      if (!meant) return adapter.settled?.(happened);
      const inbound = questionBehind(meant);
      if (adapter.transient) desk.asking.set(eventId(adapter, inbound), adapter);
      if (!desk.adapters.has(adapter.platform)) desk.adapters.set(adapter.platform, adapter);
      // By thread: whose conversation it is may have to be looked up first.
      await reception.lanes.run(inbound.thread, async () => {
        await take(reception, await whereabouts(desk, inbound), { adapter, inbound });
      });
      // Work on it has begun meanwhile; the platform is told that it was taken when the disk has it.
      await store.secure();
    },
    welcomes: async (adapter, inbound) => (await core.access.admit(inbound, adapter)) === undefined,
    async stop() {
      ending.abort();
      dispatch.close();
      await reception.lanes.idle();
      const quiet = new AbortController();
      const idle = dispatch.idle().finally(() => quiet.abort());
      stopTransient(desk);
      await pause(settings.graceMs, quiet.signal);
      handBack(desk, (words) => words.restarting);
      await idle;
      ended.resolve();
    },
  };
}

function createDesk(core: Core, ending: AbortSignal): Desk {
  const deliveries = new WeakMap<Adapter, Delivery>();
  return {
    core,
    scopes: createScopes(core),
    adapters: new Map(),
    asking: new Map(),
    running: new Map(),
    slots: createSlots(core.settings.parallel),
    alone: createSlots(1),
    ending,
    posted: createPosted(),
    deliveryOf(adapter) {
      const delivery =
        deliveries.get(adapter) ??
        createDelivery({
          onFrozen: (chat, ms) => void tell(core, { type: "frozen", chat, ms }),
        });
      deliveries.set(adapter, delivery);
      return delivery;
    },
  };
}

/** Another attempt goes on where the running ones end; `sentence` is what people read meanwhile. */
function handBack({ running }: Desk, sentence?: Sentence): void {
  for (const { stop } of running.values()) stop.abort(new TakenUpAgain(sentence));
}

/** Whoever asked in a terminal leaves with it. */
function stopTransient({ running, adapters }: Desk): void {
  for (const [key, { stop }] of running)
    if (adapters.get(key.split(":", 1)[0] ?? "")?.transient) stop.abort();
}

/** What another process, or this one, tells all. */
function heed({ desk, dispatch }: Reception, signal: Signal): void {
  switch (signal.type) {
    case "frozen": {
      const adapter = desk.adapters.get(signal.chat.split(":", 1)[0] ?? "");
      if (adapter) desk.deliveryOf(adapter).freeze(signal.chat, signal.ms);
      break;
    }
    case "wake":
      desk.running.get(signal.conversation)?.expectOthers();
      dispatch.wake(signal.conversation);
      break;
    case "stop": {
      const running = desk.running.get(signal.conversation);
      if (running) heedStop(running, signal);
      break;
    }
    case "forget":
      for (const [key, { stop, author }] of desk.running)
        if (author === signal.person && key !== signal.but) stop.abort();
      break;
    case "scope":
      break;
  }
}
