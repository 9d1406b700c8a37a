/** What personal data needs of the store: types only. */
import type { Inbound } from "../chat.ts";
import type { StoredFile } from "../files/files.ts";
import type { Period } from "../limits/period.ts";
import type { Usage } from "../providers/provider.ts";
import type { ConversationKey, Posts, StoredTurn } from "../store/store.ts";

/** How much is kept about a person. */
export interface Kept {
  readonly questions: number;
  readonly pictures: number;
  readonly files: number;
  readonly facts: number;
  readonly instructions: number;
  /** Rows of what their answers took. */
  readonly accounts: number;
  /** When the oldest of it was kept; left out when there is none. */
  readonly since?: Date;
}

/** A turn that a person asked, with where. */
export interface OwnTurn extends StoredTurn {
  readonly conversation: ConversationKey;
}

/** A file that a person sent, with where. */
export interface OwnFile extends StoredFile {
  readonly conversation: ConversationKey;
}

/** What a person may do here or asked for, whom they let in, and the account that they are about to link. */
export interface OwnGrant {
  readonly kind: "allowed" | "owner" | "asked" | "let in" | "links";
  readonly name: string;
  readonly at: Date;
}

/** What counts against a person's limits. */
export interface OwnLimits {
  readonly spent: readonly { readonly day: Date; readonly tokens: number; readonly costUsd: number }[];
  readonly messages: readonly { readonly period: Period; readonly since: Date; readonly messages: number }[];
  /** For answers in the making, and a day longer. */
  readonly heldBack: readonly { readonly until: Date; readonly tokens: number; readonly costUsd: number }[];
}

/** What one answer took. */
export interface Account {
  readonly turn: string;
  readonly at: Date;
  /** Left out in direct messages. */
  readonly channel?: string;
  readonly conversation: ConversationKey;
  readonly persona: string;
  readonly model: string;
  readonly usage: Usage;
  readonly isEstimate: boolean;
  /** Left out when the price was not known. */
  readonly costUsd?: number;
  readonly tools: readonly string[];
}

/** Something that was to be dealt with, and is not any more. */
export interface Cancelled {
  readonly conversation: ConversationKey;
  readonly inbound: Inbound;
  /** Work on it was begun. */
  readonly isBegun: boolean;
  /** The messages that said something about it. */
  readonly posts: Posts;
}

/** Where nothing deleted is to be left: in the log at once, in the whole file within minutes. */
export type Scrubbed = "log" | "file";

/** What is kept about each person, wherever it stands. `person` always comes from the platform. */
export interface People {
  /** Notes that a conversation is this person's alone: what is chosen there is theirs. */
  own(person: string, conversation: ConversationKey): Promise<void>;
  /** The conversations that are this person's alone, as far as something is kept of them. */
  conversations(person: string): Promise<readonly ConversationKey[]>;
  count(person: string): Promise<Kept>;
  /** The next turns of this person after the one with this id, in all conversations, the oldest first. */
  turns(person: string, options: { after?: string; limit: number }): Promise<readonly OwnTurn[]>;
  /** The next files of this person after the one with this id, in all conversations, the oldest first. */
  files(person: string, options: { after?: string; limit: number }): Promise<readonly OwnFile[]>;
  /** What their answers took, the oldest first; all of it, or a page. */
  accounts(
    person: string,
    page?: { readonly offset: number; readonly limit: number },
  ): Promise<readonly Account[]>;
  grants(person: string): Promise<readonly OwnGrant[]>;
  limits(person: string): Promise<OwnLimits>;
  /** Deletes the codes and requests that are too old, and what no limit counts any more; `now` in milliseconds since 1970. */
  expire(now: number): Promise<void>;
  /**
   * Drops what this person did up to now, and the answers in the making; of what was dealt with, the event's id alone
   * stays. Only the work of this one job goes on. Answers what was still to be dealt with.
   */
  cancel(person: string, job: string): Promise<readonly Cancelled[]>;
  /** Deletes their turns with what came with them, facts, instructions and choices, and unlinks the account. What others asked stays, and what linked accounts keep. */
  forget(person: string): Promise<void>;
  /** Sees to it that nothing deleted is left in a file of the store's own, as far as that can be done in seconds. */
  scrub(what: Scrubbed): Promise<void>;
}
