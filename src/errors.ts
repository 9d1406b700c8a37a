import { english, put, type Sentence, type Words } from "./words/words.ts";

/**
 * Tells the person in the chat or at the command line what is wrong, where, and what to do. Its message is in English, for
 * logs and the command line.
 */
export class UserError extends Error {
  readonly #sentence: Sentence;

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(put(sentence, english), options);
    this.name = "UserError";
    this.#sentence = sentence;
  }

  /** The message in the language of who reads it. */
  in(words: Words): string {
    return put(this.#sentence, words);
  }
}

/** A platform asks to wait before the next call to the same chat. */
export class RateLimited extends Error {
  readonly retryAfterMs: number;
  /** Whether it may have done all the same what it was asked for: it was in trouble rather than busy. */
  readonly mayBeDone: boolean;

  constructor(
    retryAfterMs: number,
    { mayBeDone = false, ...options }: ErrorOptions & { mayBeDone?: boolean } = {},
  ) {
    super(`asked to wait ${retryAfterMs} ms`, options);
    this.name = "RateLimited";
    this.retryAfterMs = retryAfterMs;
    this.mayBeDone = mayBeDone;
  }
}

/** The message that was to be edited is not there any more. */
export class MessageGone extends Error {
  override readonly name = "MessageGone";
}

/** An answer is finished and could not be shown, or not even be stored: it is shown later. `cause` says why. */
export class Undelivered extends Error {
  override readonly name = "Undelivered";
}

/** The database can't be reached or is going away, or its disk is full or fails: what failed with it is tried again later. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
  /** Whether it is sure that nothing of it was done. */
  readonly isUndone: boolean;

  constructor(message: string, { isUndone = false, ...options }: ErrorOptions & { isUndone?: boolean } = {}) {
    super(message, options);
    this.isUndone = isUndone;
  }
}

/** This attempt ends so that another one can follow: nothing of it is kept. */
export class TakenUpAgain extends Error {
  override readonly name: string = "TakenUpAgain";
  /** What people read meanwhile. */
  readonly sentence: Sentence | undefined;

  constructor(sentence?: Sentence, message?: string) {
    super(message);
    this.sentence = sentence;
  }
}

/** Who asked has changed the question: it is asked anew. */
export class AskedAnew extends TakenUpAgain {
  override readonly name = "AskedAnew";
}

/** Another process may be at it already: this one shows and stores nothing more of it, and hands nothing back. */
export class ClaimLost extends TakenUpAgain {
  override readonly name = "ClaimLost";

  constructor(message: string) {
    super(undefined, message);
  }
}
