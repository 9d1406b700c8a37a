import type { InboundMessage } from "./chat.ts";
import {
  type Conversation,
  openConversation,
  readPlace,
  type ReadPlace,
} from "./conversation/conversation.ts";
import { settingsOf } from "./conversation/place-settings.ts";
import { isOwn } from "./conversation/scope.ts";
import type { Core } from "./core.ts";
import { type About, readAbout } from "./memory/personal.ts";
import type { ConversationKey } from "./store/store.ts";

/** What an answer needs to know of its place and of who asks. */
export interface LookedUp {
  readonly conversation: Conversation;
  readonly about: Promise<About>;
}

/** What is known by a conversation's key alone, being read. */
export interface Place extends ReadPlace {
  readonly since: number;
}

/** The rest of it, being read. */
export interface LookAhead {
  readonly since: number;
  readonly found: Promise<LookedUp>;
}

/** After so long it may have changed, in milliseconds: who had to wait in line is looked up anew. */
const freshMs = 250;

const isFresh = ({ since }: { readonly since: number }): boolean => performance.now() - since < freshMs;

/** Begins to read what most of what waits in a conversation will need, while that is read. */
export const lookAtPlace = ({ store }: Core, key: ConversationKey): Place => ({
  since: performance.now(),
  ...readPlace(store, key),
});

/** Begins to read what an answer will need, while its job is begun: on Postgres each is a way to the server and back. */
export function lookAhead(
  core: Core,
  key: ConversationKey,
  { message, place }: { readonly message: InboundMessage; readonly place: Place | undefined },
): LookAhead {
  const given = place && isFresh(place) ? place : lookAtPlace(core, key);
  const found = read(core, key, { message, place: given }).then((read) => {
    read.conversation.lookAhead();
    return read;
  });
  // Whoever uses it is told.
  found.catch(() => undefined);
  return { since: given.since, found };
}

/** What was read ahead, where that was a moment ago. */
export const lookUp = (
  core: Core,
  key: ConversationKey,
  { message, ahead }: { readonly message: InboundMessage; readonly ahead?: LookAhead | undefined },
): Promise<LookedUp> => (ahead && isFresh(ahead) ? ahead.found : read(core, key, { message }));

async function read(
  core: Core,
  key: ConversationKey,
  { message, place }: { readonly message: InboundMessage; readonly place?: Place },
): Promise<LookedUp> {
  const about = readAbout(core, message.author);
  about.catch(() => undefined);
  const setting = {
    ...settingsOf(message.thread, core.settings),
    ...(isOwn(key, message) && { owner: message.author.id }),
  };
  return { conversation: await openConversation(core.store, key, setting, place), about };
}
