import type { Paragraph, Root } from "mdast";
import type { Answer, Speaker } from "../chat.ts";
import { foldDetails } from "./details.ts";
import { parseMarkdown } from "./document.ts";
import { once } from "./once.ts";
import { foldsOf, underAnswer } from "./under-answer.ts";

/**
 * The whole of an answer as one document, for platforms that can fold: the speaker's name, what was said, and under it
 * what stands behind it; above it, what was said before. While the answer grows, it only gets longer at its end. `memo`: as in
 * `parseMarkdown`, for the answer's text.
 */
export function answerDocument(answer: Answer, memo?: object): Root {
  const { persona, text, state } = answer;
  const growing = state === "growing";
  const body = foldDetails(parseMarkdown(text, { growing, memo }).children);
  return {
    type: "root",
    children: [
      ...(persona ? [nameOf(persona)] : []),
      ...foldsOf(answer),
      ...body,
      ...(growing ? [] : underAnswer(answer, { foldSources: true, nameInReceipt: false })),
    ],
  };
}

const nameOf = once(({ name }: Speaker): Paragraph => ({
  type: "paragraph",
  children: [{ type: "strong", children: [{ type: "text", value: name }] }],
}));
