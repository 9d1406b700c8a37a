import { runAction } from "./actions.ts";
import type { Asking } from "./asking.ts";
import { askedText } from "./conversation/question.ts";
import { isOwn } from "./conversation/scope.ts";
import { type Exchange, leavesTopic } from "./conversation/topic.ts";
import type { Core } from "./core.ts";
import type { Prepared } from "./prepare.ts";
import type { StoredTurn } from "./store/store.ts";

/** Less of an earlier topic than this is in nobody's way, in tokens. */
const leastHistory = 1_500;
/** After so many more exchanges it may be said again. */
const pauseTurns = 4;

/** Under an answer that left the topic, offers once to start afresh with that exchange alone. */
export async function hintAtTopic(
  { settings }: Pick<Core, "settings">,
  { conversation, message, reply, words, ...asking }: Asking,
  { prompt }: Pick<Prepared, "prompt">,
): Promise<void> {
  const last = prompt.turns.at(-1);
  if (!settings.topicHints || !last || !isOwn(conversation.key, message)) return;
  const isPlain = !message.quoted && message.attachments.length === 0 && !asking.replaces;
  if (!isPlain || isTool(asking.persona) || asking.from !== undefined) return;
  const history = prompt.parts.find(({ name }) => name === "history")?.tokens ?? 0;
  if (history < leastHistory || wasSaid(conversation.binding.topicAfter, prompt.turns)) return;
  const exchange = { question: message.text, answer: reply.text };
  if (!leavesTopic(exchange, prompt.turns.map(exchangeOf))) return;
  reply.notice(words.branching.otherTopic);
  reply.offer(runAction(words.branching.startAfresh, "new", `keep ${last.id}`));
  await conversation.bind({ topicAfter: last.id });
}

/** One that shows by examples what becomes of each message, or looks back only so far, is no conversation about a topic. */
const isTool = ({ examples, context }: Asking["persona"]): boolean =>
  examples.length > 0 || context !== undefined;

/** Whether it was said a few exchanges ago, unless that was at an earlier attempt at this one. */
function wasSaid(after: string | undefined, turns: readonly StoredTurn[]): boolean {
  if (after === undefined || after === turns.at(-1)?.id) return false;
  return turns.filter(({ id }) => id > after).length < pauseTurns;
}

function exchangeOf({ messages: [question, ...rest] }: StoredTurn): Exchange {
  const answers = rest.flatMap((message) => (message.role === "assistant" ? message.parts : []));
  return {
    question: question?.role === "user" ? askedText(question, { isSigned: false }) : "",
    answer: answers.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n"),
  };
}
