import type { Adapter, Inbound, InboundCommand, InboundEdit, InboundPress, MessageId } from "./chat.ts";
import { newTurnId } from "./conversation/turn-id.ts";
import type { Signal } from "./coordinator.ts";
import type { Core } from "./core.ts";
import type { Desk } from "./desk.ts";
import type { Dispatch } from "./dispatch.ts";
import { gatherPart, isPart, type Part } from "./gather-part.ts";
import type { Lanes } from "./lanes.ts";
import { addressOf } from "./platform/inbound.ts";
import { isStop, stopAtOnce } from "./stop.ts";
import type { ConversationKey } from "./store/store.ts";
import { withdraw } from "./withdraw.ts";
import { wordsFor } from "./words/words.ts";

/** What comes in, and where it goes. */
export interface Reception {
  readonly desk: Desk;
  readonly dispatch: Dispatch;
  /** Keeps the order of what comes in at once. */
  readonly lanes: Lanes;
  /** Whether this process deals with it as well. */
  readonly answers: boolean;
}

interface Handed {
  readonly adapter: Adapter;
  readonly inbound: Inbound;
  /** Why it is not dealt with. */
  readonly refusal?: string | undefined;
}

/** Stores what a person did, or does what must not wait behind what they wait for. Rejects when it can't be stored. */
export async function take(reception: Reception, key: ConversationKey, handed: Handed): Promise<void> {
  const { access } = reception.desk.core;
  const { adapter, inbound } = handed;
  const settled = (): void => adapter.settled?.(inbound);
  if (inbound.type === "deleted") {
    // Whoever may use the bot or not: what was stored was theirs.
    for (const signal of await withdraw(reception.desk, { adapter, inbound }))
      await tell(reception.desk.core, signal);
    return settled();
  }
  const turned = await access.admit(inbound, adapter);
  if (turned && turned.say === undefined) return settled();
  // Who may not use the bot is told why, in their turn.
  if (turned) return enqueue(reception, key, { ...handed, refusal: turned.say });
  if (isPart(inbound)) return takePart(reception, key, { adapter, inbound });
  if (addressOf(inbound) === "follow-up" && !(await takesPart(reception, key))) return settled();
  switch (inbound.type) {
    case "message":
      break;
    case "edited":
      return takeEdit(reception, key, { adapter, inbound });
    case "command":
    case "press":
      if (isStop(inbound)) return takeStop(reception, key, { adapter, inbound });
      break;
  }
  await enqueue(reception, key, handed);
}

async function enqueue(reception: Reception, key: ConversationKey, handed: Handed): Promise<void> {
  const { desk, dispatch } = reception;
  const isTaken = takesAtOnce(reception, key);
  const stored = put(reception, key, handed);
  // Claimed while it is being stored: on Postgres both are a way to the server and back.
  if (isTaken) dispatch.wake(key, stored);
  if (await stored)
    await announce(reception, key, { ...handed, ...(isTaken && { by: desk.core.coordinator.process }) });
}

/** `by`: the process that is at it already. */
async function announce(
  reception: Reception,
  key: ConversationKey,
  { by, ...handed }: Handed & { readonly by?: string },
): Promise<void> {
  const { desk } = reception;
  if (handed.inbound.type === "message" && isRush(reception)) giveSign(desk, handed);
  await tell(desk.core, { type: "wake", conversation: key, ...(by !== undefined && { by }) });
}

/** So few answers at once are written by whoever hears the question; with more, the other processes are asked as well. */
const fewAtOnce = 4;

/** Whether this process works on it without being told to. */
const takesAtOnce = ({ dispatch, answers }: Reception, key: ConversationKey): boolean =>
  answers && dispatch.busy() < fewAtOnce && !dispatch.isBusy(key);

/** More came at once than is answered at once. */
const isRush = ({ desk, dispatch, lanes }: Reception): boolean =>
  desk.slots.areTaken || dispatch.busy() + lanes.busy() >= desk.core.settings.parallel;

/** With many ahead it may take a while until work on it begins: until then it is seen that it was heard. */
function giveSign(desk: Desk, { adapter, inbound }: Handed): void {
  const { thread, id: cause, context } = inbound;
  const options = { cause, key: newTurnId(), ...(context !== undefined && { context }) };
  desk
    .deliveryOf(adapter)
    .send(thread, { urgency: "status" }, async () => {
      const words = await wordsFor(inbound);
      await adapter.status?.(thread, words.thinking, { ...options, language: words.language });
    })
    .catch((err: unknown) => desk.core.log.debug({ err, thread }, "no sign given"));
}

/** Names an event among those of all platforms. */
export const eventId = ({ platform }: Adapter, { id }: { readonly id: string }): string =>
  `${platform}:${id}`;

/** What names an event, and where it stands among the others. */
const newEvent = (adapter: Adapter, inbound: Inbound) => ({
  id: eventId(adapter, inbound),
  seq: newTurnId(),
  at: Date.now(),
});

/** False when it is there already. */
function put(
  { desk }: Reception,
  key: ConversationKey,
  { adapter, inbound, refusal }: Handed,
): Promise<boolean> {
  const { store, coordinator } = desk.core;
  return store.inbox.put(key, {
    ...newEvent(adapter, inbound),
    inbound,
    ...(refusal !== undefined && { refusal }),
    ...(adapter.transient && { holder: coordinator.process }),
  });
}

/** What is stored is found also without a word; a stop that nobody hears is noted in its job. */
export async function tell(core: Core, signal: Signal): Promise<void> {
  await core.coordinator
    .publish(signal)
    .catch((err: unknown) => core.log.warn({ err }, "the other processes were not told"));
}

/** Nobody has to name the bot in a thread that it takes part in. */
async function takesPart({ desk }: Reception, key: ConversationKey): Promise<boolean> {
  const { inbox, turns } = desk.core.store;
  return (await inbox.knows(key)) || (await turns.list(key, { limit: 1 })).length > 0;
}

/** Where there is nothing to stop, it is a command like any other. */
async function takeStop(
  reception: Reception,
  key: ConversationKey,
  { adapter, inbound }: { adapter: Adapter; inbound: InboundCommand | InboundPress },
): Promise<void> {
  const { core } = reception.desk;
  const stop = { ...newEvent(adapter, inbound), inbound };
  const stopping = await stopAtOnce(core, key, { adapter, stop });
  if (stopping.type === "known") return;
  if (stopping.type === "command")
    return enqueue(reception, key, { adapter, inbound, refusal: stopping.refusal });
  if (stopping.tell) await tell(core, stopping.tell);
  adapter.settled?.(inbound);
}

/** What waits is changed where it stands; what is being answered, or has been, is answered anew in place. */
async function takeEdit(
  reception: Reception,
  key: ConversationKey,
  { adapter, inbound }: { adapter: Adapter; inbound: InboundEdit },
): Promise<void> {
  const { store } = reception.desk.core;
  const { messageId: message } = inbound;
  if (await store.inbox.change(key, { ...newEvent(adapter, inbound), inbound }))
    return adapter.settled?.(inbound);
  if (await put(reception, key, { adapter, inbound })) await tellEdited(reception.desk.core, key, message);
}

async function tellEdited(core: Core, key: ConversationKey, message: MessageId): Promise<void> {
  await tell(core, { type: "stop", conversation: key, reason: "edited", message });
  await tell(core, { type: "wake", conversation: key });
}

/** Each part of an album is stored as it comes; what all of them say is dealt with as one. */
async function takePart(
  reception: Reception,
  key: ConversationKey,
  { adapter, inbound }: { readonly adapter: Adapter; readonly inbound: Part },
): Promise<void> {
  const { core } = reception.desk;
  const came = await gatherPart(core.store.inbox, key, {
    part: { ...newEvent(adapter, inbound), inbound, album: eventId(adapter, inbound.album) },
    takesPart: () => takesPart(reception, key),
  });
  if (came.type === "late") return enqueue(reception, key, { adapter, ...came });
  if (came.type === "edit") return takeEdit(reception, key, { adapter, inbound: came.inbound });
  if (came.type === "edited") return tellEdited(core, key, came.message);
  adapter.settled?.(inbound);
  if (came.type === "asked") await announce(reception, key, { adapter, inbound });
}
