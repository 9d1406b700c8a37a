import { UserError } from "../errors.ts";
import type { TextPart } from "../message.ts";
import { withPassages } from "../sources/passages.ts";
import type { ReadPassage } from "../tools/tool.ts";
import { detectLanguage } from "../words/detect-language.ts";
import type { Sentence } from "../words/words.ts";
import type { Fees } from "./fees.ts";
import type { Search } from "./search.ts";
import { passagesOf } from "./show.ts";

/** A search that goes before the answer, because a person or the persona wants it. */
export interface SearchBefore {
  readonly found: readonly ReadPassage[];
  readonly fees?: Fees;
  /** Why there is nothing, for the person. */
  readonly notice?: Sentence;
}

/** More words make no better search. */
const mostLetters = 300;

/** Looks for what a person asks in their own words. */
export async function searchBefore(
  search: Search,
  question: string,
  signal: AbortSignal,
): Promise<SearchBefore> {
  const text = question.trim().replaceAll(/\s+/gu, " ").slice(0, mostLetters);
  if (text === "") return { found: [] };
  const language = detectLanguage(text);
  try {
    const { backend, found, fees } = await search.search({ text, ...(language && { language }) }, signal);
    if (found.length === 0) return { found: [], fees, notice: (words) => words.search.foundNothing(backend) };
    return { found: passagesOf(found), fees };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { found: [], notice: (words) => error.in(words) };
  }
}

/** What was found as it stands before the question; `next` is the number of the first passage. */
export function foundPart(found: readonly ReadPassage[], next: number): TextPart {
  const { text, passages } = withPassages(`[${title}]`, found, next);
  return { type: "text", text: `${text}\n[end]`, passages };
}

/** Begins the block, as a title in the prompt. */
const title = "Found by a search for this question";
