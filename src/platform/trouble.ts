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
