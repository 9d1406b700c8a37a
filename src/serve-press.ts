import { markOf, otherAction, othersFor, readToken } from "./actions.ts";
import { askAgain } from "./again.ts";
import type { InboundMessage, InboundPress } from "./chat.ts";
import type { Core } from "./core.ts";
import type { Assignment, Desk } from "./desk.ts";
import { UserError } from "./errors.ts";
import { baseOf } from "./platform/inbound.ts";
import { tellHowToFix } from "./serve-correction.ts";
import { serveQuestion } from "./serve-question.ts";
import type { ConversationKey, StoredTurn } from "./store/store.ts";

/** Whether what a button asks for takes the place of the answer that it stands under. */
export const isAnsweredInPlace = (token: string): boolean =>
  ["again", "one", "with", "fix"].includes(readToken(token)?.name ?? "");

/** The turn that a button stands under. */
export async function turnBehind(
  { store }: Core,
  key: ConversationKey,
  { token, messageId }: InboundPress,
): Promise<StoredTurn | undefined> {
  const pressed = readToken(token);
  if (!pressed || pressed.name === "stop") return undefined;
  return store.turns.find(key, pressed.name === "fix" ? { shown: messageId } : { id: pressed.turn });
}

/** Does what a button under an answer asks for. Throws UserError where it can't be done any more, or not by this person. */
export async function servePress(
  desk: Desk,
  assignment: Assignment,
  { turn, signal }: { turn: StoredTurn | undefined; signal: AbortSignal },
): Promise<string | undefined> {
  const inbound = assignment.inbound as InboundPress;
  const pressed = readToken(inbound.token);
  if (pressed?.name === "fix") return tellHowToFix(desk, assignment, turn);
  if (!pressed || pressed.name === "stop" || !turn) throw new UserError((words) => words.oldButton);
  // Another's press would bring another's memory to this question.
  if (turn.person !== inbound.author.id) throw new UserError((words) => words.notYourButton);
  if (pressed.name === "other") return offerOthers(desk, assignment, turn);
  if (pressed.name === "more") return goOn(desk, assignment, { turn, signal });
  if (pressed.name !== "with") {
    const isAlone = pressed.name === "one";
    return serveQuestion(desk, assignment, askAgain(inbound, turn, { signal, isAlone }));
  }
  await removeOffer(desk, assignment, inbound);
  const by = othersFor(desk.core, turn).find((each) => markOf(each) === pressed.mark);
  if (!by) throw new UserError((words) => words.oldButton);
  return serveQuestion(desk, assignment, askAgain(inbound, turn, { signal, by }));
}

async function goOn(
  desk: Desk,
  assignment: Assignment,
  { turn, signal }: { turn: StoredTurn; signal: AbortSignal },
): Promise<string | undefined> {
  const [last] = await desk.core.store.turns.list(assignment.key, { limit: 1 });
  if (last?.id !== turn.id) throw new UserError((words) => words.notLastAnswer);
  const message: InboundMessage = {
    ...baseOf(assignment.inbound),
    type: "message",
    text: assignment.words.goOn,
    isComposed: true,
    attachments: [],
    persona: turn.persona,
  };
  return serveQuestion(desk, assignment, { message, signal, council: "none" });
}

async function offerOthers(
  { core }: Desk,
  { reply, words }: Assignment,
  turn: StoredTurn,
): Promise<undefined> {
  reply.append(words.whoElse);
  await reply.finish("done", { actions: othersFor(core, turn).map((other) => otherAction(turn.id, other)) });
}

/** The offer has served its purpose; that it could not be taken away is nobody's trouble. */
async function removeOffer({ core }: Desk, { adapter }: Assignment, inbound: InboundPress): Promise<void> {
  await adapter
    .remove?.(inbound.thread, inbound.messageId)
    .catch((err: unknown) => core.log.debug({ err }, "an offer stays"));
}
