import { askAgain } from "./again.ts";
import type { InboundPress } from "./chat.ts";
import { type Assignment, type Desk, say } from "./desk.ts";
import { UserError } from "./errors.ts";
import { serveQuestion } from "./serve-question.ts";
import type { StoredTurn } from "./store/store.ts";
import { type Correction, hintName, pictureShownBy, transcriptName } from "./transcripts/find-correction.ts";
import { fixAction, hintMessage, transcriptMessage } from "./transcripts/tell.ts";
import { pictureTexts, withPictureText } from "./transcripts/transcript.ts";

/** Shows the corrected text in the place of the wrong one, and answers its question anew, in place. */
export async function serveCorrection(
  desk: Desk,
  assignment: Assignment,
  { turn, picture, lines, signal }: Correction & { readonly signal: AbortSignal },
): Promise<string | undefined> {
  const { inbound, words } = assignment;
  const asked = askAgain(inbound, turn, { signal });
  if (!asked.reread) return undefined;
  const reread = withPictureText(asked.reread, { picture, lines });
  const of = pictureTexts(asked.reread).length;
  const corrected = { picture, lines, doubtful: [], isCorrected: true } as const;
  const text = transcriptMessage(corrected, { words, of });
  await say(desk, assignment, { name: transcriptName(picture), text, actions: [fixAction(words)] });
  await removeHint(desk, assignment, picture);
  return serveQuestion(desk, assignment, { ...asked, reread });
}

/** It has served its purpose; that it could not be taken away is nobody's trouble. */
async function removeHint(
  { core }: Desk,
  { adapter, inbound, log }: Assignment,
  picture: number,
): Promise<void> {
  for (const name of log.names(`${hintName(picture)}.`)) {
    const id = log.find(name);
    if (id === undefined || id === null || !adapter.remove) continue;
    await adapter
      .remove(inbound.thread, id)
      .then(() => log.gone(name))
      .catch((err: unknown) => core.log.debug({ err }, "a hint stays"));
  }
}

/** Tells how to correct the text that the pressed button stands under. Throws UserError where there is none any more. */
export async function tellHowToFix(
  desk: Desk,
  assignment: Assignment,
  turn: StoredTurn | undefined,
): Promise<string> {
  const { messageId, author } = assignment.inbound as InboundPress;
  const [question] = turn?.messages ?? [];
  const shown = turn && pictureShownBy(turn, messageId);
  const text =
    question?.role === "user"
      ? pictureTexts(question).find(({ picture }) => picture === shown?.picture)
      : undefined;
  if (!turn || !text) throw new UserError(({ files }) => files.cantFix);
  if (turn.person !== author.id) throw new UserError((words) => words.notYourButton);
  const { words, adapter } = assignment;
  const hint = hintMessage(text, { words, isNext: adapter.namesNoReplied === true });
  await say(desk, assignment, { name: hintName(text.picture), text: hint });
  return turn.id;
}
