import type { Grants } from "../access/grants.ts";
import type { MessageId } from "../chat.ts";
import type { Ledger } from "../limits/ledger.ts";
import type { Facts } from "../memory/facts.ts";
import type { Message } from "../message.ts";
import type { Usage } from "../providers/provider.ts";

/** Names one scope's conversation; made by conversation/scope.ts alone. */
export type ConversationKey = string & { readonly __brand: "ConversationKey" };

/** One question and its finished answer, as stored. */
export interface StoredTurn {
  /** Rises with time; made by the store's caller (UUIDv7). */
  readonly id: string;
  readonly at: Date;
  /** `platform:user` who asked. */
  readonly person: string;
  readonly persona: string;
  /** `provider/model` that answered. */
  readonly model: string;
  /** The question, the model's rounds and their tool results, whole: never half an exchange. */
  readonly messages: readonly Message[];
  readonly usage: Usage;
  readonly costUsd?: number;
  /** A stopped or cut answer keeps what was said. */
  readonly outcome: "done" | "stopped" | "length";
  /** The question's message on its platform, where it has one. */
  readonly asked?: MessageId;
  /** The messages that show the answer, in order. */
  readonly posts: readonly MessageId[];
}

/** Keyed JSON documents of one kind. Each call is atomic; get-then-set is not. */
export interface Documents<Value> {
  get(key: string): Promise<Value | undefined>;
  set(key: string, value: Value): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** The turns of all conversations, oldest first within each. */
export interface Turns {
  append(conversation: ConversationKey, turn: StoredTurn): Promise<void>;
  /** Overwrites the turn with the same id; nothing when there is none. */
  replace(conversation: ConversationKey, turn: StoredTurn): Promise<void>;
  /** The newest `limit` turns between the turns with ids `after` and `before`, neither included, oldest first. */
  list(
    conversation: ConversationKey,
    options?: { limit?: number; after?: string; before?: string },
  ): Promise<readonly StoredTurn[]>;
  /** The turn with this id, or the newest that answers this message. */
  find(
    conversation: ConversationKey,
    by: { readonly id: string } | { readonly asked: MessageId },
  ): Promise<StoredTurn | undefined>;
  /** Takes back the newest turn; false when there is none. */
  removeLast(conversation: ConversationKey): Promise<boolean>;
}

/** Everything that outlives the process. Calls reject when the database is away; nothing is ever answered as empty instead. */
export interface Store {
  readonly turns: Turns;
  readonly facts: Facts;
  readonly grants: Grants;
  readonly ledger: Ledger;
  /** `kind` is letters only: Keyv namespaces treat `_` and `%` as wildcards. */
  documents<Value>(kind: string): Documents<Value>;
  close(): Promise<void>;
}
