import { UserError } from "../errors.ts";
import type { TextPart } from "../message.ts";
import { withPassages } from "../sources/passages.ts";
import { detectLanguage } from "../words/detect-language.ts";
import type { Sentence } from "../words/words.ts";
import type { Search } from "./search.ts";
import { passagesOf } from "./show.ts";

/** A search that goes before the answer, because a person or the persona wants it. */
export interface SearchBefore {
  /** Stands before the question; undefined when nothing was found. */
  readonly part?: TextPart;
  /** Why there is nothing, for the person. */
  readonly notice?: Sentence;
}

/** More words make no better search. */
const mostLetters = 300;

/** Looks for what a person asks in their own words. `next` is the number of the first passage. */
export async function searchBefore(
  search: Search,
  question: string,
  { next, signal }: { readonly next: number; readonly signal: AbortSignal },
): Promise<SearchBefore> {
  const text = question.trim().replaceAll(/\s+/gu, " ").slice(0, mostLetters);
  if (text === "") return {};
  const language = detectLanguage(text);
  try {
    const { backend, found } = await search.search({ text, ...(language && { language }) }, signal);
    if (found.length === 0) return { notice: (words) => words.search.foundNothing(backend) };
    const shown = withPassages(`[${title}]`, passagesOf(found), next);
    return { part: { type: "text", text: `${shown.text}\n[end]`, passages: shown.passages } };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { notice: (words) => error.in(words) };
  }
}

/** Begins the block, as a title in the prompt. */
const title = "Found by a search for this question";
