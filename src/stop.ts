import { readToken } from "./actions.ts";
import { Withdrawn } from "./asking.ts";
import type { Adapter, Inbound, InboundCommand, InboundPress } from "./chat.ts";
import type { Signal } from "./coordinator.ts";
import type { Core } from "./core.ts";
import type { Running } from "./desk.ts";
import { AskedAnew } from "./errors.ts";
import type { ConversationKey, Stop } from "./store/store.ts";
import { wordsFor } from "./words/words.ts";

/** What is left to do of a stop. */
export type Stopping =
  /** To be dealt with like anything else; `refusal`: why it isn't. */
  | { readonly type: "command"; readonly refusal?: string }
  /** It has done what it can; `tell`: what all processes are to be told. */
  | { readonly type: "over"; readonly tell?: Signal }
  /** It came before. */
  | { readonly type: "known" };

export const isStop = (inbound: Inbound): inbound is InboundCommand | InboundPress =>
  inbound.type === "press"
    ? readToken(inbound.token)?.name === "stop"
    : inbound.type === "command" && inbound.name === "stop";

/**
 * Stops what the person means by it, without waiting behind the answer that it stops. An answer is stopped by who asked, and by
 * who may administrate where it stands.
 */
export async function stopAtOnce(
  { store: { inbox }, access }: Core,
  conversation: ConversationKey,
  { adapter, stop }: { readonly adapter: Adapter; readonly stop: Stop },
): Promise<Stopping> {
  const { inbound } = stop;
  let stopped = await inbox.stop(conversation, stop);
  if (stopped.type === "others") {
    if (!(await access.mayAdminister(inbound, adapter)))
      return { type: "command", refusal: (await wordsFor(inbound)).notYourAnswer };
    stopped = await inbox.stop(conversation, stop, { isManager: true });
  }
  if (stopped.type === "known") return { type: "known" };
  if (stopped.type === "waiting") return { type: "over", tell: { type: "wake", conversation } };
  if (stopped.type === "answer") {
    const { person } = stopped;
    return { type: "over", tell: { type: "stop", conversation, reason: "stopped", person } };
  }
  // Under an answer that is finished by now, nobody needs to be told so.
  return { type: inbound.type === "press" ? "over" : "command" };
}

/** Ends what is running if it is what the signal means: what is written by now may be another answer. */
export function heedStop(
  { stop, messages, author }: Running,
  { reason, message = messages[0], person = author }: Extract<Signal, { type: "stop" }>,
): void {
  const isMeant = (message === undefined || messages.includes(message)) && author === person;
  if (isMeant) stop.abort(reasons[reason]());
}

const reasons = {
  stopped: (): undefined => undefined,
  edited: () => new AskedAnew(),
  deleted: () => new Withdrawn(),
};
