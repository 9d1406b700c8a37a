/** The contract of what turns texts into vectors: types only. */
import type { InboundMessage } from "../chat.ts";
import type { ConversationKey } from "../store/store.ts";

/** A vector of length 1: the product of two tells how alike their texts are in meaning, whatever language they are in. */
export type Vector = Float32Array<ArrayBuffer>;

/** The configured model for it. */
export interface Embeddings {
  /** `provider/model`: vectors of different models have nothing in common. */
  readonly model: string;
  /** A vector for each text, in order, and the tokens it took. Throws ProviderError when they can't be had. */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly vectors: readonly Vector[]; readonly tokens: number }>;
}

/** The same on somebody's account. */
export interface Embedder {
  readonly model: string;
  /** Undefined when they can't be had, by a limit or a failure: whoever asks then goes by the words alone. */
  embed(texts: readonly string[]): Promise<readonly Vector[] | undefined>;
}

/** A question that something is embedded for, and who pays. */
export interface EmbeddingAccount {
  /** Names it in the accounts; where it is left out, nothing is asked of anyone. */
  readonly job?: string;
  /** Unlike that of any other attempt at it. */
  readonly attempt?: string;
  readonly message: Pick<InboundMessage, "author" | "thread" | "place">;
  readonly persona: { readonly id: string };
  readonly conversation: { readonly key: ConversationKey };
  readonly signal: AbortSignal;
}

/** Undefined where no model for it is configured, or nobody pays. */
export type EmbedderFor = (account: EmbeddingAccount) => Embedder | undefined;
