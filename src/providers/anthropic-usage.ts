import type { Usage } from "./provider.ts";

interface VendorUsage {
  readonly input_tokens: number | null;
  readonly cache_read_input_tokens: number | null;
  readonly cache_creation_input_tokens: number | null;
  readonly cache_creation: { readonly ephemeral_1h_input_tokens: number } | null;
  readonly output_tokens: number;
  readonly output_tokens_details: { readonly thinking_tokens: number } | null;
  readonly server_tool_use: { readonly web_search_requests: number } | null;
}

/** The vendor's `input_tokens` leave the cached ones out; later counts are cumulative, and may leave parts out. */
export function usageOf(counted: Partial<VendorUsage>, before: Usage): Usage {
  const cachedTokens = counted.cache_read_input_tokens ?? before.cachedTokens;
  const cacheWriteTokens = counted.cache_creation_input_tokens ?? before.cacheWriteTokens;
  const hour = counted.cache_creation?.ephemeral_1h_input_tokens ?? before.cacheWriteHourTokens ?? 0;
  const plain = counted.input_tokens ?? before.inputTokens - before.cachedTokens - before.cacheWriteTokens;
  const searches = counted.server_tool_use?.web_search_requests ?? before.searches ?? 0;
  return {
    inputTokens: plain + cachedTokens + cacheWriteTokens,
    cachedTokens,
    cacheWriteTokens,
    ...(hour > 0 && { cacheWriteHourTokens: hour }),
    outputTokens: counted.output_tokens ?? before.outputTokens,
    thinkingTokens: counted.output_tokens_details?.thinking_tokens ?? before.thinkingTokens,
    ...(searches > 0 && { searches }),
  };
}
