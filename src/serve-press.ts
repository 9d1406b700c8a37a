import { readToken } from "./actions.ts";
import type { InboundMessage, InboundPress } from "./chat.ts";
import type { Core } from "./core.ts";
import type { Assignment, Desk } from "./desk.ts";
import { UserError } from "./errors.ts";
import { serveQuestion } from "./serve-question.ts";
import type { ConversationKey, StoredTurn } from "./store/store.ts";
import { words } from "./words.ts";

/** Whether what a button asks for takes the place of the answer that it stands under. */
export const isAnsweredInPlace = (token: string): boolean => readToken(token)?.name === "again";

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
    throw new UserError(words.oldButton);
  // Another's press would bring another's memory to this question.
  if (turn.person !== inbound.author.id) throw new UserError(words.notYourButton);
  const { token: _, messageId: __, ...place } = inbound;
  const message: InboundMessage = {
    ...place,
    type: "message",
    text: "",
    attachments: [],
    persona: turn.persona,
  };
  if (pressed.name === "again")
    return serveQuestion(desk, assignment, { message, signal, replaces: turn, reread });
  const [last] = await desk.core.store.turns.list(assignment.key, { limit: 1 });
  if (last?.id !== turn.id) throw new UserError(words.notLastAnswer);
  return serveQuestion(desk, assignment, { message: { ...message, text: words.goOn }, signal });
}
