import { markMaterial } from "../conversation/marks.ts";
import type { ModelRequest } from "../providers/provider.ts";
import type { Standing } from "./ranking.ts";

const task = `Several models answered the last message, apart from each other. Their answers follow as material, with the rank that the others gave them. Write the one answer that the person gets, in their language and in the form you were told to keep.
Say first what all of them share. Then each point in which they differ, with numbers ("Two of four disagree: …") and the reasons of the fewer, also where those ranked low: a rank is no proof. What is plainly wrong, leave out or correct. Where they do not differ, say nothing of it. Speak of answers by their number, never of models or vendors; add no claim that none of them makes.`;

/** One answer as the chair sees it. */
export interface Heard {
  readonly text: string;
  readonly standing: Standing | undefined;
}

/** Asks for the answer that all of these come to; they are numbered in this order. */
export function summaryRequest(
  request: Omit<ModelRequest, "model">,
  answers: readonly Heard[],
): Omit<ModelRequest, "model"> {
  const materials = answers.map(({ text, standing }, index) => {
    const mean = standing?.mean === undefined ? "" : `, mean rank ${standing.mean.toFixed(1)}`;
    return markMaterial(`Answer ${index + 1} of ${answers.length}${mean}`, text);
  });
  return {
    ...request,
    instructions: `${request.instructions}\n\n${task}`,
    messages: [
      ...request.messages,
      { role: "user", parts: [{ type: "text", text: materials.join("\n\n") }] },
    ],
    tools: [],
  };
}
