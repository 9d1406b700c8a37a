/** Its message is for the person in the chat or at the command line: what is wrong, where, and what to do. */
export class UserError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UserError";
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

/** The database can't be reached, or is going away: what failed with it is tried again when it is back. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
}

/** This attempt ends so that another one can follow: nothing of it is kept. The message is what people read meanwhile. */
export class TakenUpAgain extends Error {
  override readonly name: string = "TakenUpAgain";
}

/** Another process may be at it already: this one shows and stores nothing more of it, and hands nothing back. */
export class ClaimLost extends TakenUpAgain {
  override readonly name = "ClaimLost";
}
