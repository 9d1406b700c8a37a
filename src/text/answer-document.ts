import type { Paragraph, Root } from "mdast";
import type { Answer } from "../chat.ts";
import { foldDetails } from "./details.ts";
import { parseMarkdown } from "./document.ts";
import { foldsOf, underAnswer } from "./under-answer.ts";

/**
 * The whole of an answer as one document, for platforms that can fold: the speaker's name, what was said, and under it
 * what stands behind it; above it, what was said before. While the answer grows, it only gets longer at its end.
 */
export function answerDocument(answer: Answer): Root {
  const { persona, text, state } = answer;
  const growing = state === "growing";
  const name = (value: string): Paragraph => ({
    type: "paragraph",
    children: [{ type: "strong", children: [{ type: "text", value }] }],
  });
  const body = foldDetails(parseMarkdown(text, { growing }).children);
  return {
    type: "root",
    children: [
      ...(persona ? [name(persona.name)] : []),
      ...foldsOf(answer),
      ...body,
      ...(growing ? [] : underAnswer(answer, { foldSources: true, nameInReceipt: false })),
    ],
  };
}
