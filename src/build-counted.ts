import { buildPrompt, type Prompt, type PromptBounds, type PromptInput } from "./conversation/prompt.ts";
import { estimateTokens, loadTokenCounter } from "./conversation/tokens.ts";
import type { Core, ModelChoice } from "./core.ts";
import type { Persona } from "./personas/schema.ts";

/** What a request to a model may take. */
export function boundsOf({ settings }: Core, { options }: Persona, { window }: ModelChoice): PromptBounds {
  // A small window must not be given away to the answer alone.
  const maxOutputTokens = Math.min(
    options.maxOutputTokens ?? settings.maxOutputTokens,
    Math.floor(window / 2),
  );
  return { window, maxOutputTokens, historyTokens: settings.historyTokens };
}

/**
 * An estimate decides while it is far from every bound. Near one, tokens are counted exactly, and where the vendor
 * counts for free, our count is scaled to agree with the vendor's.
 */
export async function buildCounted(
  input: PromptInput,
  bounds: PromptBounds,
  { model, signal }: { model: ModelChoice; signal: AbortSignal },
): Promise<Prompt> {
  const guess = buildPrompt(input, bounds, estimateTokens);
  if (guess.fits && guess.dropped === 0) return guess;
  const count = await loadTokenCounter();
  const counted = buildPrompt(input, bounds, count);
  const byVendor = await model.countTokens(counted.request, signal);
  if (byVendor === undefined || byVendor <= counted.tokens) return counted;
  const scale = byVendor / counted.tokens;
  return buildPrompt(input, bounds, (text) => Math.ceil(count(text) * scale));
}
