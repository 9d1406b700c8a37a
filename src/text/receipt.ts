import type { Answer, Receipt } from "../chat.ts";
import { type Words, wordsIn } from "../words/words.ts";

/**
 * The pieces of the line under an answer, in its language, the most telling first: at least those of a short one, and the rest
 * where a full one is wanted. When the footer is off, only what makes the answer doubtful.
 */
export function receiptPieces({
  receipt,
  footer,
  language,
  sources,
}: Pick<Answer, "receipt" | "footer" | "language" | "sources">): readonly string[] {
  if (!receipt) return [];
  const { receipt: words } = wordsIn(language).models;
  const findings = [...elsewhere(sources, wordsIn(language)), ...findingsOf(receipt, wordsIn(language))];
  if (footer === "off") return findings;
  const { model, usage, costUsd, unpriced = 0, windowShare, tools, elapsedMs } = receipt;
  const { inputTokens, cachedTokens, outputTokens, thinkingTokens } = usage;
  // A server that counts nothing is not free.
  const isCounted = inputTokens + outputTokens > 0;
  const short = [
    model,
    ...(isCounted ? [words.tokens(inputTokens, outputTokens)] : []),
    ...(isCounted && costUsd !== undefined ? [words.cost(costUsd, unpriced)] : []),
    ...findings,
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

/** What a vendor's search found is told apart from what was read here. */
function elsewhere(sources: Answer["sources"], { web }: Words): readonly string[] {
  const counts = new Map<string, number>();
  for (const { by } of sources) if (by !== undefined) counts.set(by, (counts.get(by) ?? 0) + 1);
  return Array.from(counts, ([by, count]) => web.foundBy(count, by));
}

function findingsOf({ findings }: Receipt, { web }: Words): readonly string[] {
  if (!findings) return [];
  const { unsourced, misquoted, unread, contradicted } = findings;
  return [
    ...(unsourced.length > 0 ? [web.unsourced(unsourced)] : []),
    ...(misquoted.length > 0 ? [web.misquoted(misquoted)] : []),
    ...(unread > 0 ? [web.unread(unread)] : []),
    ...contradicted.map(({ label, said, read }) => web.contradicted(label, said, read)),
  ];
}
