import { compact, dollars, percent } from "../../text/numbers.ts";

/** What is said about models: which answer, how hard they think, what stands under their answers. */
export const modelWords = {
  receipt: {
    tokens: (input: number, output: number): string => `${compact(input)} in, ${compact(output)} out`,
    cost: (usd: number): string => dollars(usd),
    cached: (share: number): string => `${percent(share)} cached`,
    thinking: (tokens: number): string => `${compact(tokens)} thinking`,
    window: (share: number): string => `${percent(share)} of the window`,
    tools: (names: readonly string[]): string => `tools: ${names.join(", ")}`,
    seconds: (seconds: number): string => `${seconds.toFixed(1)} s`,
  },
};
