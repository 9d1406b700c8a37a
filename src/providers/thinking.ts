import type { ThinkingEffort } from "./provider.ts";

const tokens: Readonly<Record<ThinkingEffort, number>> = {
  // Some models cannot stop thinking altogether.
  off: 2_048,
  low: 4_096,
  medium: 8_192,
  high: 16_384,
  max: 32_768,
};

/**
 * Tokens to grant for thinking on top of the answer's own limit. Vendors count both against one number,
 * so that a limit meant for the answer would otherwise be used up before its first word.
 */
export function thinkingRoom(effort: ThinkingEffort | undefined): number {
  return tokens[effort ?? "medium"];
}

const patience: Readonly<Record<ThinkingEffort, number>> = { off: 1, low: 1, medium: 2, high: 3, max: 4 };

/** How many times as long a model may stay silent that thinks as hard as that. */
export const thinkingPatience = (effort: ThinkingEffort | undefined): number => patience[effort ?? "off"];
