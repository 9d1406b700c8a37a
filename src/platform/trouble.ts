import { RateLimited } from "../errors.ts";

/** How long a platform in trouble is left alone when it does not say for how long, in milliseconds. */
export const troubleMs = 3_000;

const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

/** Whether no connection came about, so that nothing was sent and may be sent again. */
export const wasNeverSent = (error: unknown): boolean => neverSent.has(networkCode(error) ?? "");

/** Why the network failed, such as `ECONNRESET`; libraries wrap the error that says so in others of theirs. */
export function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "code" in error ? String(error.code) : networkCode(error.cause);
}

/** A platform did not answer: whether it did what was asked is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** What to throw when a call got no answer: RateLimited when it was never sent. The reason stands without the secret. */
export function unanswered(what: string, error: unknown, secret: string): RateLimited | Unreachable {
  const reason = networkCode(error) ?? String(error).replaceAll(secret, "[hidden]");
  const cause = new Unreachable(`${what}: no answer, ${reason}`);
  return wasNeverSent(error) ? new RateLimited(troubleMs, { cause }) : cause;
}
