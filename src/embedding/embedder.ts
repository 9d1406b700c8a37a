import { hash } from "node:crypto";
import { estimateTokens } from "../conversation/tokens.ts";
import type { Models } from "../core.ts";
import { UserError } from "../errors.ts";
import type { Limits } from "../limits/limits.ts";
import type { Log } from "../log.ts";
import { noUsage } from "../turn-progress.ts";
import type { EmbedderFor, EmbeddingAccount, Embeddings, Vector } from "./embeddings.ts";

interface Parts {
  readonly limits: Pick<Limits, "reserve" | "settle" | "release">;
  readonly models: Pick<Models, "cost">;
  readonly log: Log;
}

/** A question waits no longer than this for a call. */
const longestMs = 20_000;
/** After a failure everybody goes by the words alone for so long. */
const pauseMs = 60_000;
/** Short texts are asked for again, such as facts; so many of them are remembered. */
const mostLetters = 500;
const mostRemembered = 2_000;

/** Embeds on the account of a question, within what limits allow; what fails is logged and is nobody's trouble. */
export function createEmbedderFor(embeddings: Embeddings | undefined, parts: Parts): EmbedderFor {
  if (!embeddings) return () => undefined;
  const { model } = embeddings;
  const remembered = new Map<string, Vector>();
  let pausedUntil = 0;

  function remember(text: string, vector: Vector): void {
    if (text.length > mostLetters) return;
    remembered.set(hash("sha256", text), vector);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= mostRemembered) break;
      remembered.delete(oldest);
    }
  }

  return (account) => {
    const { job, attempt } = account;
    if (job === undefined || attempt === undefined) return undefined;
    let calls = 0;
    return {
      model,
      async embed(texts) {
        const known = new Map(texts.map((text) => [text, remembered.get(hash("sha256", text))]));
        const missing = [...known].flatMap(([text, vector]) => (vector ? [] : [text]));
        if (missing.length > 0) {
          if (Date.now() < pausedUntil) return undefined;
          try {
            const id = `${job}.v${calls++}`;
            const vectors = await embedPaid(embeddings, missing, { ...account, id, attempt, parts });
            for (const [index, text] of missing.entries()) {
              known.set(text, vectors[index]);
              if (vectors[index]) remember(text, vectors[index]);
            }
          } catch (err) {
            account.signal.throwIfAborted();
            if (!(err instanceof UserError)) pausedUntil = Date.now() + pauseMs;
            parts.log.warn({ err, model }, "not embedded: what fits is found by its words");
            return undefined;
          }
        }
        return texts.flatMap((text) => known.get(text) ?? []);
      },
    };
  };
}

async function embedPaid(
  embeddings: Embeddings,
  texts: readonly string[],
  {
    id,
    attempt,
    message,
    persona,
    conversation,
    signal,
    parts: { limits, models },
  }: EmbeddingAccount & { readonly id: string; readonly attempt: string; readonly parts: Parts },
): Promise<readonly Vector[]> {
  const { model } = embeddings;
  const job = { id, attempt, inbound: message, persona: persona.id, isPart: true };
  const promptTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  await limits.reserve(job, { model, promptTokens, request: { maxOutputTokens: 0 } });
  try {
    const timely = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
    const { vectors, tokens } = await embeddings.embed(texts, timely);
    const usage = { ...noUsage, inputTokens: tokens };
    const costUsd = await models.cost(model, usage);
    await limits.settle(job, {
      conversation: conversation.key,
      model,
      usage,
      ...(costUsd !== undefined && { costUsd }),
      tools: [],
    });
    return vectors;
  } catch (error) {
    await limits.release(job);
    throw error;
  }
}
