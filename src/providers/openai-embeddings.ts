import type { Embeddings, Vector } from "../embedding/embeddings.ts";
import { ofLengthOne } from "../embedding/vectors.ts";
import { createOpenAiClient, type OpenAiClientOptions } from "./openai-client.ts";
import { ProviderError } from "./provider.ts";
import { soundCount } from "./usage.ts";

/** What every vendor takes in one request. */
const batchSize = 96;
const atOnce = 4;

/** Embeddings by an API that OpenAI's is the pattern of. Loads the SDK with the first text. */
export function createOpenAiEmbeddings(options: OpenAiClientOptions, model: string): Embeddings {
  let client: ReturnType<typeof createOpenAiClient> | undefined;

  async function embedBatch(texts: readonly string[], signal: AbortSignal) {
    client ??= createOpenAiClient(options);
    const { data, usage } = await (
      await client
    ).embed({ model, input: [...texts], encoding_format: "float" }, signal);
    const vectors = data
      .toSorted((one, other) => one.index - other.index)
      .map(({ embedding }) => ofLengthOne(embedding));
    if (vectors.length !== texts.length || vectors.some(({ length }) => length !== vectors[0]?.length))
      throw new ProviderError("unknown", {
        provider: options.id,
        message: `${vectors.length} vectors came for ${texts.length} texts, or of different lengths`,
      });
    return { vectors, tokens: soundCount(usage.total_tokens) };
  }

  return {
    model: `${options.id}/${model}`,
    async embed(texts, signal) {
      const vectors: Vector[] = [];
      let tokens = 0;
      for (let from = 0; from < texts.length; from += batchSize * atOnce) {
        const batches = Array.from({ length: atOnce }, (_, index) => {
          const start = from + index * batchSize;
          return texts.slice(start, start + batchSize);
        });
        const made = await Promise.all(
          batches.filter(({ length }) => length > 0).map((batch) => embedBatch(batch, signal)),
        );
        for (const each of made) {
          vectors.push(...each.vectors);
          tokens += each.tokens;
        }
      }
      return { vectors, tokens };
    },
  };
}
