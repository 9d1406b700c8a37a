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

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super(`asked to wait ${retryAfterMs} ms`, options);
    this.name = "RateLimited";
    this.retryAfterMs = retryAfterMs;
  }
}
