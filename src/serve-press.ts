import { markOf, otherAction, othersFor, type Pressed, readToken } from "./actions.ts";
import type { InboundMessage, InboundPress } from "./chat.ts";
import type { Core } from "./core.ts";
import type { Assignment, Desk } from "./desk.ts";
import { UserError } from "./errors.ts";
import { baseOf } from "./platform/inbound.ts";
import type { UserMessage } from "./message.ts";
import { type Asked, serveQuestion } from "./serve-question.ts";
import type { ConversationKey, StoredTurn } from "./store/store.ts";

/** Whether what a button asks for takes the place of the answer that it stands under. */
export const isAnsweredInPlace = (token: string): boolean =>
  ["again", "one", "with"].includes(readToken(token)?.name ?? "");

/** The turn that a button stands under. */
export async function turnBehind(
  { store }: Core,
  key: ConversationKey,
  { token }: InboundPress,
): Promise<StoredTurn | undefined> {
  const pressed = readToken(token);
  return pressed && pressed.name !== "stop" ? store.turns.find(key, { id: pressed.turn }) : undefined;
}

/** Does what a button under an answer asks for. Throws UserError where it can't be done any more, or not by this person. */
export async function servePress(
  desk: Desk,
  assignment: Assignment,
  { turn, signal }: { turn: StoredTurn | undefined; signal: AbortSignal },
): Promise<string | undefined> {
  const inbound = assignment.inbound as InboundPress;
  const pressed = readToken(inbound.token);
  const [reread] = turn?.messages ?? [];
  if (!pressed || pressed.name === "stop" || !turn || reread?.role !== "user")
    throw new UserError((words) => words.oldButton);
  // Another's press would bring another's memory to this question.
  if (turn.person !== inbound.author.id) throw new UserError((words) => words.notYourButton);
  if (pressed.name === "other") return offerOthers(desk, assignment, turn);
  if (pressed.name === "more") return goOn(desk, assignment, { turn, signal });
  if (pressed.name === "with") await removeOffer(desk, assignment, inbound);
  const asked = askAgain(desk, { inbound, turn, reread, pressed, signal });
  return serveQuestion(desk, assignment, asked);
}

/** The question of a turn as it was read then, for whoever is to answer it now. */
function askAgain(
  { core }: Desk,
  again: {
    readonly inbound: InboundPress;
    readonly turn: StoredTurn;
    readonly reread: UserMessage;
    readonly pressed: Pressed;
    readonly signal: AbortSignal;
  },
): Asked {
  const { inbound, turn, reread, pressed, signal } = again;
  const message = messageOf(inbound, turn);
  const common = { signal, replaces: turn, reread };
  if (pressed.name === "one") return { message, ...common, council: "none" };
  if (pressed.name !== "with") {
    // Who presses it has read what it costs, or has had one already.
    const council = turn.council && { names: turn.council, isAgreed: true };
    return { message, ...common, ...(council && { council }) };
  }
  const other = othersFor(core, turn).find((each) => markOf(each) === pressed.mark);
  if (!other) throw new UserError((words) => words.oldButton);
  return other.type === "model"
    ? { message, ...common, model: other.alias }
    : { message: { ...message, persona: other.persona.id }, ...common };
}

function messageOf(inbound: InboundPress, { persona }: StoredTurn): InboundMessage {
  return { ...baseOf(inbound), type: "message", text: "", attachments: [], persona };
}

async function goOn(
  desk: Desk,
  assignment: Assignment,
  { turn, signal }: { turn: StoredTurn; signal: AbortSignal },
): Promise<string | undefined> {
  const [last] = await desk.core.store.turns.list(assignment.key, { limit: 1 });
  if (last?.id !== turn.id) throw new UserError((words) => words.notLastAnswer);
  const message = { ...messageOf(assignment.inbound as InboundPress, turn), text: assignment.words.goOn };
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
