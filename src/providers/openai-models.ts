import type { ReasoningEffort } from "./openai-client.ts";
import type { ThinkingEffort } from "./provider.ts";

/**
 * What OpenAI's models accept, by name: the API has no call that tells.
 * A wrong guess costs a refused request, so names unknown here count as not thinking.
 */

/** `gpt-5.6-sol` is 506; 0 for what isn't a numbered GPT. */
function version(model: string): number {
  const match = /^(?:ft:)?gpt-(\d+)(?:\.(\d+))?/u.exec(model);
  return match ? Number(match[1]) * 100 + Number(match[2] ?? 0) : 0;
}

/** Whether it reasons: takes an effort, refuses a temperature, returns encrypted reasoning. */
export function reasons(model: string): boolean {
  if (model.includes("chat-latest")) return false;
  return /^(?:ft:)?o\d/u.test(model) || version(model) >= 500;
}

/** The nearest effort the model has. */
export function reasoningEffort(model: string, effort: ThinkingEffort): ReasoningEffort {
  const known = version(model);
  if (effort === "off") return known > 500 ? "none" : known === 500 ? "minimal" : "low";
  if (effort === "max") return known >= 506 ? "max" : known >= 502 ? "xhigh" : "high";
  return effort;
}

/** Whether it tells remarks on the way from the answer itself, and wants that back. */
export function hasPhases(model: string): boolean {
  return version(model) >= 503;
}
