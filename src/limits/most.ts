import type { Models } from "../core.ts";
import type { ModelRequest, Usage } from "../providers/provider.ts";
import { thinkingRoom } from "../providers/thinking.ts";

/** The next call of a model, as far as it is known before it. */
export interface PlannedCall {
  /** `provider/model`. */
  readonly model: string;
  readonly promptTokens: number;
  readonly request: Pick<ModelRequest, "maxOutputTokens" | "thinking">;
  /** What earlier rounds of this answer used. */
  readonly before?: Usage;
}

/** The most tokens it may take, input and output. */
export function mostTokens(call: PlannedCall): number {
  const { before } = call;
  return call.promptTokens + mostOutput(call) + (before ? before.inputTokens + before.outputTokens : 0);
}

/** The most it may cost, in US dollars; undefined when nobody knows the price. */
export async function mostCost(models: Pick<Models, "cost">, call: PlannedCall): Promise<number | undefined> {
  if (call.model.startsWith("demo/")) return 0;
  const { promptTokens: inputTokens } = call;
  const plain = {
    inputTokens,
    cachedTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: mostOutput(call),
    thinkingTokens: 0,
  };
  const [once, cached, before] = await Promise.all([
    models.cost(call.model, plain),
    // Some vendors take more for what they put into their cache.
    models.cost(call.model, { ...plain, cacheWriteTokens: inputTokens }),
    call.before ? models.cost(call.model, call.before) : 0,
  ]);
  if (once === undefined || cached === undefined || before === undefined) return undefined;
  return Math.max(once, cached) + before;
}

function mostOutput({ request: { maxOutputTokens = 0, thinking } }: PlannedCall): number {
  return maxOutputTokens + thinkingRoom(thinking);
}
