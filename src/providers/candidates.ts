import type { ModelRef } from "../config.ts";
import { estimateRequest } from "../conversation/tokens.ts";
import type { Models } from "../core.ts";
import { UserError } from "../errors.ts";
import { mostCost } from "../limits/most.ts";
import type { Log } from "../log.ts";
import { type Candidate, fitted } from "./attempt.ts";
import type { Catalog } from "./catalog.ts";
import type { ModelRequest } from "./provider.ts";

type Request = Omit<ModelRequest, "model">;

interface StandIns {
  readonly fallback: readonly ModelRef[];
  readonly make: (model: ModelRef) => Promise<Candidate>;
  readonly catalog: Catalog;
  /** Set where money is limited: then nobody is asked whose price is not known. */
  readonly prices?: Pick<Models, "cost" | "searchPrice">;
  readonly log: Log;
}

/**
 * The chosen model, then what stands in for it: made, and its SDK loaded, only when its turn comes. With a picture in the
 * question, those that see none come last.
 */
export async function* candidatesOf(
  chosen: Candidate,
  request: Request,
  { fallback, make, catalog, prices, log }: StandIns,
): AsyncGenerator<Candidate> {
  yield chosen;
  const asked = request.messages.findLast(({ role }) => role === "user");
  const isBlind = ({ provider, model }: ModelRef): number => (catalog.sees(provider, model) ? 0 : 1);
  // Whoever sees what was sent gives the better answer.
  const line = asked?.parts.some(({ type }) => type === "image")
    ? fallback.toSorted((one, other) => isBlind(one) - isBlind(other))
    : fallback;
  for (const model of line) {
    const name = `${model.provider}/${model.model}`;
    try {
      const isPriced =
        !prices || (await mostCost(prices, { model: name, promptTokens: 0, request })) !== undefined;
      if (!isPriced) throw new UserError(({ limits }) => limits.noPrice(name));
      const window = await catalog.windowOf(model.provider, model.model);
      const standIn = withRoom(await make(model), request, window);
      if (standIn) yield standIn;
      else log.info({ model: name }, "fallback left out: the prompt is too long for it");
    } catch (err) {
      // One that can't be used (its key is missing) must not keep the next from answering.
      log.warn({ err, model: name }, "fallback left out");
    }
  }
}

/** In tokens. An answer that has no more room is none. */
const leastAnswer = 256;

/** One whose answer fits into its window; undefined where there is no room for any. */
function withRoom(candidate: Candidate, request: Request, window: number | undefined): Candidate | undefined {
  if (window === undefined) return candidate;
  const room = window - estimateRequest(fitted(candidate, request));
  return room < leastAnswer ? undefined : { ...candidate, maxOutputTokens: room };
}
