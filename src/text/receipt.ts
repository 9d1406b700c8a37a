import type { Answer } from "../chat.ts";
import { wordsIn } from "../words/words.ts";

/**
 * The pieces of the line under an answer, in its language, the most telling first: at least those of a short one, and the rest
 * where a full one is wanted. None when the footer is off.
 */
export function receiptPieces({
  receipt,
  footer,
  language,
}: Pick<Answer, "receipt" | "footer" | "language">): readonly string[] {
  if (!receipt || footer === "off") return [];
  const { receipt: words } = wordsIn(language).models;
  const { model, usage, costUsd, windowShare, tools, elapsedMs } = receipt;
  const { inputTokens, cachedTokens, outputTokens, thinkingTokens } = usage;
  // A server that counts nothing is not free.
  const isCounted = inputTokens + outputTokens > 0;
  const short = [
    model,
    ...(isCounted ? [words.tokens(inputTokens, outputTokens)] : []),
    ...(isCounted && costUsd !== undefined ? [words.cost(costUsd)] : []),
  ];
  if (footer === "short") return short;
  return [
    ...short,
    ...(cachedTokens > 0 ? [words.cached(cachedTokens / inputTokens)] : []),
    ...(thinkingTokens > 0 ? [words.thinking(thinkingTokens)] : []),
    ...(windowShare === undefined ? [] : [words.window(windowShare)]),
    ...(tools.length > 0 ? [words.tools(tools)] : []),
    words.seconds(elapsedMs / 1000),
  ];
}
