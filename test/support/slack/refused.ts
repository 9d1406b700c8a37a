/** A refusal, as Slack says it with status 200. */
export class Refused extends Error {}

/** Status 429. */
export class TooMany extends Error {
  readonly seconds: number;
  constructor(seconds: number) {
    super("ratelimited");
    this.seconds = seconds;
  }
}
