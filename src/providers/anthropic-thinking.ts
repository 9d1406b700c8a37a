import type { MessageParams, ModelInfo } from "./anthropic-client.ts";
import type { ThinkingEffort } from "./provider.ts";
import { thinkingRoom } from "./thinking.ts";

type ThinkingParams = Pick<MessageParams, "max_tokens" | "thinking" | "output_config">;

/** What is to be thought, and by whom. */
export interface ThinkingWish {
  readonly effort: ThinkingEffort | undefined;
  /** The answer's own limit, in tokens. */
  readonly answerTokens: number;
  /** What the vendor says of the model; undefined when it doesn't say. */
  readonly model: ModelInfo | undefined;
  /** Whether every tool call of the running turn comes with its thinking, as models with a thinking budget demand. */
  readonly thoughtsComplete: boolean;
}

/**
 * The vendor's control for an effort. Models differ in kind: most decide themselves and take an effort,
 * older ones take a budget, some can't stop thinking. The vendor tells which; where it doesn't
 * (a gateway), the current form is assumed.
 */
export function thinkingParams(wish: ThinkingWish): ThinkingParams {
  const { effort, answerTokens, model } = wish;
  const wanted = answerTokens + thinkingRoom(effort);
  const max_tokens = Math.min(wanted, model?.max_tokens ?? wanted);
  if (effort === undefined) return { max_tokens };
  if (effort === "off") return { max_tokens, ...withoutThinking(model) };
  const types = model?.capabilities?.thinking.types;
  if (!types || types.adaptive.supported) {
    // Without `display`, current models keep their thinking to themselves.
    return {
      max_tokens,
      thinking: { type: "adaptive", display: "summarized" },
      ...effortParams(effort, model),
    };
  }
  if (types.enabled.supported && wish.thoughtsComplete) {
    const budget = Math.min(thinkingRoom(effort), max_tokens - 1024);
    return budget >= 1024
      ? { max_tokens, thinking: { type: "enabled", budget_tokens: budget } }
      : { max_tokens };
  }
  return { max_tokens };
}

function withoutThinking(model: ModelInfo | undefined): Partial<ThinkingParams> {
  const types = model?.capabilities?.thinking.types;
  if (!types) return {};
  if (types.disabled.supported) return { thinking: { type: "disabled" } };
  if (types.between_tools.supported) return { thinking: { type: "between_tools" } };
  return effortParams("low", model);
}

function effortParams(
  effort: "low" | "medium" | "high" | "max",
  model: ModelInfo | undefined,
): Partial<ThinkingParams> {
  const efforts = model?.capabilities?.effort;
  if (!efforts) return { output_config: { effort } };
  if (!efforts.supported) return {};
  return { output_config: { effort: efforts[effort].supported ? effort : "high" } };
}
