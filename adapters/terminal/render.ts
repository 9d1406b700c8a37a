import type { Answer } from "../../src/chat.ts";
import { receiptPieces } from "../../src/text/receipt.ts";
import { sourceName } from "../../src/text/source-name.ts";
import { wordsIn } from "../../src/words/words.ts";

/** An answer in a terminal: a body that only grows, and small lines under it once it is finished. */
export interface TerminalMessage {
  readonly persona: string | undefined;
  /** Markdown as it is: it reads well in a terminal, and a pipe gets the same. */
  readonly body: string;
  /** Thinking, sources, notices, receipt. */
  readonly tail: readonly string[];
  readonly finished: boolean;
}

export function renderAnswer(answer: Answer): TerminalMessage {
  const sources = answer.sources.map((source, index) => {
    const { name } = sourceName(source);
    const isNamed = source.url === undefined || source.url === name;
    return `[${index + 1}] ${isNamed ? name : `${name}: ${source.url}`}`;
  });
  const receipt = receiptPieces(answer).join(" · ");
  const thinking = answer.thinking.trim();
  const thoughts = thinking === "" ? [] : [`${wordsIn(answer.language).titles.thinking}: ${thinking}`];
  const finished = answer.state !== "growing";
  return {
    persona: answer.persona?.name,
    body: bodyOf(answer),
    tail: finished ? [...thoughts, ...sources, ...answer.notices, ...(receipt === "" ? [] : [receipt])] : [],
    finished,
  };
}

/** What was said before the answer stands above it. A sentence that holds its place could not be taken back: the status line says as much. */
function bodyOf({ folds = [], text, isHeld }: Answer): string {
  const before = folds.map((fold) => `${`— ${fold.title}\n${fold.text}`.trimEnd()}\n\n`).join("");
  return before + (isHeld ? "" : text);
}
