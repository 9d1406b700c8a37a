import { askedText } from "../conversation/question.ts";
import type { StoredTurn } from "../store/store.ts";
import { shorten } from "../text/shorten.ts";
import type { Words } from "../words/words.ts";

const lineLength = 60;

/** An exchange by the words of its question, in one short line. */
export function questionLine({ messages: [question] }: StoredTurn, words: Words): string {
  const text =
    question?.role === "user" ? askedText(question, { isSigned: false }).replaceAll(/\s+/gu, " ").trim() : "";
  return text === "" ? words.branching.picture : shorten(text, lineLength);
}
