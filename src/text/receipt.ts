import type { Footer, Receipt } from "../chat.ts";

/** The pieces of the line under an answer, the most telling first; none when the footer is off. */
export function receiptPieces(receipt: Receipt, footer: Footer): readonly string[] {
  if (footer === "off") return [];
  const { model, usage, costUsd, windowShare, tools, elapsedMs } = receipt;
  // A server that counts nothing is not free.
  const counted = usage.inputTokens + usage.outputTokens > 0;
  const short = [
    model,
    ...(counted ? [`${usage.inputTokens} in, ${usage.outputTokens} out`] : []),
    ...(counted && costUsd !== undefined ? [dollars(costUsd)] : []),
  ];
  if (footer === "short") return short;
  return [
    ...short,
    ...(usage.cachedTokens > 0 ? [`${usage.cachedTokens} cached`] : []),
    ...(usage.thinkingTokens > 0 ? [`${usage.thinkingTokens} thinking`] : []),
    ...(windowShare === undefined ? [] : [`${Math.round(windowShare * 100)} % of the window`]),
    ...(tools.length > 0 ? [`tools: ${tools.join(", ")}`] : []),
    `${(elapsedMs / 1000).toFixed(1)} s`,
  ];
}

/** In US dollars; fractions of a cent keep two digits that tell something. */
export const dollars = (amount: number): string =>
  `$${amount < 0.01 ? amount.toPrecision(2) : amount.toFixed(2)}`;
