import { runAction } from "./actions.ts";
import type { Asking, Made } from "./asking.ts";
import type { Action } from "./chat.ts";
import { countMessages, type CountTokens, estimateTokens, loadTokenCounter } from "./conversation/tokens.ts";
import type { Prompt } from "./conversation/prompt.ts";
import type { ModelChoice } from "./core.ts";
import type { Words } from "./words/words.ts";

/** In percent, once each until the context is a new one. */
const levels = [80, 50] as const;

/** The cut is kept, so that the next request starts at the same turn; the person is told once. */
export async function forgetOldest(asking: Asking, prompt: Prompt): Promise<void> {
  const { conversation, reply, words, replaces, from } = asking;
  if (!conversation.binding.toldTrimmed) {
    reply.notice(words.context.trimmed(prompt.dropped));
    offerRoom(asking);
  }
  // An answer in the middle must not cut away what came after it.
  if (replaces || from !== undefined || prompt.cutAfter === undefined) return;
  // Who knows that it is full need not be told that it gets so.
  await conversation.bind({ trimmed: prompt.cutAfter, toldTrimmed: true, toldFull: levels[0] });
}

/** Who changes a question that a summary tells of is told that it goes. */
export async function tellVoidSummary({ conversation, reply, words, replaces }: Asking): Promise<void> {
  if (!replaces) return;
  const summary = await conversation.summary();
  if (summary && replaces.id > summary.after && replaces.id <= summary.through)
    reply.notice(words.context.summaryVoid);
}

/** Tells that the context fills up, where that is new; gives the level to remember once the answer is stored. */
export async function tellFullness(
  asking: Asking,
  made: Made,
  model: ModelChoice,
): Promise<number | undefined> {
  const { conversation, persona, reply, words, replaces, from } = asking;
  if (replaces || from !== undefined || persona.context === 0 || made.prepared.prompt.dropped > 0)
    return undefined;
  const told = conversation.binding.toldFull ?? 0;
  // The guess errs on the high side: what is said to a person is counted.
  if (levelOf(fullness(made, model, guessedTokens(made))) <= told) return undefined;
  const percent = fullness(made, model, countedTokens(made, await loadTokenCounter()));
  const level = levelOf(percent);
  if (level <= told) return undefined;
  reply.notice(words.context.full(Math.min(100, Math.floor(percent))));
  offerRoom(asking);
  return level;
}

const levelOf = (percent: number): number => levels.find((level) => percent >= level) ?? 0;

/** In percent: of the model's window, or of the room that history may take, whichever is fuller once this turn is history. */
function fullness(
  { prepared: { prompt }, result }: Made,
  { window, windowKnown }: ModelChoice,
  tokens: number,
): number {
  const { room } = prompt.history;
  const ofHistory = room > 0 ? tokens / room : 1;
  const ofWindow = windowKnown ? result.windowTokens / window : 0;
  return Math.max(ofHistory, ofWindow) * 100;
}

/** What history takes with this turn: what was there before was counted for the request. */
function guessedTokens({ prepared: { prompt }, result }: Made): number {
  const asked = prompt.parts.find(({ name }) => name === "message")?.tokens ?? 0;
  return prompt.history.tokens + asked + countMessages(result.messages, estimateTokens);
}

function countedTokens({ prepared: { prompt, question }, result }: Made, count: CountTokens): number {
  const before = prompt.turns.flatMap((turn) => turn.messages);
  return countMessages([...before, question, ...result.messages], count);
}

function offerRoom({ reply, words }: Asking): void {
  reply.offer(startAfreshAction(words));
  reply.offer(compactAction(words));
}

export const startAfreshAction = (words: Words): Action => runAction(words.context.startAfresh, "new");
export const compactAction = (words: Words): Action => runAction(words.context.compact, "compact");
