/** The contract of files that stay with a conversation: types only. */
import type { Document } from "../documents/document.ts";
import type { Vector } from "../embedding/embeddings.ts";
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

/** The vectors of some passages of a file that follow each other. */
export interface VectorRun {
  /** `provider/model` that made them. */
  readonly model: string;
  /** The place of the first among the file's passages, and how many there are. */
  readonly start: number;
  readonly count: number;
  /** Of the passages' texts, SHA-256 in hex: others have others. */
  readonly sha256: string;
  /** One after the other. */
  readonly vectors: Vector;
}

/** A file that came with a question, before the question's turn is stored. */
export interface NewFile extends FileEntry {
  /** The texts of its parts, in their order. */
  readonly texts: readonly string[];
  /** Those of its passages, as far as they are made: grows until it is stored. */
  readonly vectors: VectorRun[];
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
  /** Vectors of its passages as far as they were made, by their place. */
  vectors(conversation: ConversationKey, file: string): Promise<readonly VectorRun[]>;
  /** Keeps some in place of what began there; nothing where the file is gone. */
  putVectors(conversation: ConversationKey, file: string, run: VectorRun): Promise<void>;
  /**
   * Deletes a file, and what turns hold of its text; what was summed up of a turn that changes stands whole again. False
   * when it is gone already.
   */
  drop(conversation: ConversationKey, file: string): Promise<boolean>;
}
