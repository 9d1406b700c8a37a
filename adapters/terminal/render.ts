import type { Answer, Receipt } from "../../src/chat.ts";

/** An answer in a terminal: a body that only grows, and small lines under it once it is finished. */
export interface TerminalMessage {
  readonly persona: string | undefined;
  /** Markdown as it is: it reads well in a terminal, and a pipe gets the same. */
  readonly body: string;
  /** Sources, notices, receipt. */
  readonly tail: readonly string[];
  readonly finished: boolean;
}

export function renderAnswer(answer: Answer): TerminalMessage {
  const sources = answer.sources.map(
    ({ title, url }, index) => `[${index + 1}] ${title ? `${title}: ` : ""}${url}`,
  );
  const receipt =
    answer.receipt && answer.footer !== "off" ? [renderReceipt(answer.receipt, answer.footer)] : [];
  const finished = answer.state !== "growing";
  return {
    persona: answer.persona,
    body: answer.text,
    tail: finished ? [...sources, ...answer.notices, ...receipt] : [],
    finished,
  };
}

function renderReceipt(
  { model, usage, costUsd, windowShare, tools, elapsedMs }: Receipt,
  footer: "short" | "full",
): string {
  const short = [
    model,
    `${usage.inputTokens} in, ${usage.outputTokens} out`,
    ...(costUsd === undefined ? [] : [dollars(costUsd)]),
  ];
  if (footer === "short") return short.join(" · ");
  return [
    ...short,
    ...(usage.cachedTokens > 0 ? [`${usage.cachedTokens} cached`] : []),
    ...(usage.thinkingTokens > 0 ? [`${usage.thinkingTokens} thinking`] : []),
    ...(windowShare === undefined ? [] : [`${Math.round(windowShare * 100)} % of the window`]),
    ...(tools.length > 0 ? [`tools: ${tools.join(", ")}`] : []),
    `${(elapsedMs / 1000).toFixed(1)} s`,
  ].join(" · ");
}

const dollars = (amount: number): string => `$${amount < 0.01 ? amount.toPrecision(2) : amount.toFixed(2)}`;
