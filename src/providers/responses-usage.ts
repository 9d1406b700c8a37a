import type { Response, ResponseUsage } from "./openai-client.ts";
import type { Usage } from "./provider.ts";

/** Compatible servers leave details out; Perplexity says what it costs. `seen`: searches that were seen to be done. */
export function usageOf(response: Pick<Response, "usage" | "tool_usage">, seen: number): Usage {
  const usage: Partial<ResponseUsage> = response.usage ?? {};
  const { input_tokens_details: input, output_tokens_details: output } = usage;
  return {
    inputTokens: usage.input_tokens ?? 0,
    cachedTokens: input?.cached_tokens ?? 0,
    cacheWriteTokens: input?.cache_write_tokens ?? 0,
    outputTokens: usage.output_tokens ?? 0,
    thinkingTokens: output?.reasoning_tokens ?? 0,
    ...paidFor(response, seen),
  };
}

function paidFor(response: Pick<Response, "usage" | "tool_usage">, seen: number): Partial<Usage> {
  const { cost, tool_calls_details } = (response.usage ?? {}) as PerplexityUsage;
  const told = response.tool_usage?.web_search?.num_requests ?? tool_calls_details?.search_web?.invocation;
  const searches = told ?? seen;
  return {
    ...(searches > 0 && { searches }),
    ...(typeof cost?.total_cost === "number" && { costUsd: cost.total_cost }),
  };
}

interface PerplexityUsage {
  readonly cost?: { readonly total_cost?: number } | null;
  readonly tool_calls_details?: { readonly search_web?: { readonly invocation?: number } } | null;
}
