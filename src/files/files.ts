/** The contract of files that stay with a conversation: types only. */
import type { Document } from "../documents/document.ts";
import type { ConversationKey } from "../store/store.ts";

/** One part of a file, as a list of contents tells of it. */
export interface FilePart {
  /** How an answer names it, such as `p. 12`; empty where the file has no parts. */
  readonly label: string;
  readonly title?: string;
  /** Estimated. */
  readonly tokens: number;
}

/** What is known of a file without its text. */
export interface FileEntry {
  readonly id: string;
  /** What people and models call it by: rises within a context. */
  readonly number: number;
  readonly name: string;
  readonly title?: string;
  readonly author?: string;
  readonly kind: string;
  readonly unit: Document["unit"];
  /** Estimated. */
  readonly tokens: number;
  readonly letters: number;
  readonly parts: readonly FilePart[];
}

/** A file that came with a question, before the question's turn is stored. */
export interface NewFile extends FileEntry {
  /** The texts of its parts, in their order. */
  readonly texts: readonly string[];
}

/** A file that stays where the turn it came with is. */
export interface StoredFile extends FileEntry {
  /** The turn that it came with, by its id. */
  readonly turn: string;
  /** `platform:user` of who sent it. */
  readonly person: string;
  readonly at: Date;
}

/**
 * The files of all conversations. They are stored with their turn by `Outbox.conclude`, and go with it; what other turns
 * hold of a file's text goes with the file.
 */
export interface Files {
  /** By number, those of earlier contexts too. */
  list(conversation: ConversationKey): Promise<readonly StoredFile[]>;
  /** The texts of its parts from one index up to another, not included; fewer where there are no more. */
  texts(
    conversation: ConversationKey,
    file: string,
    range?: { readonly from: number; readonly to: number },
  ): Promise<readonly string[]>;
  /**
   * Deletes a file, and what turns hold of its text; what was summed up of a turn that changes stands whole again. False
   * when it is gone already.
   */
  drop(conversation: ConversationKey, file: string): Promise<boolean>;
}
