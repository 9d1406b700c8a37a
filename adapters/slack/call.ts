import { LogLevel, webApi } from "@slack/bolt";
import { RateLimited } from "../../src/errors.ts";
import { troubleMs, wasNeverSent } from "../../src/platform/trouble.ts";

/** A client that calls once: no retries, no waiting. */
export const createClient = (token: string, apiUrl: string | undefined): webApi.WebClient =>
  new webApi.WebClient(token, { ...clientOptions(apiUrl), logger: silent });

/** A fresh object each time, because the socket's client writes its own retries into the one it is given. */
export function clientOptions(apiUrl: string | undefined): webApi.WebClientOptions {
  return {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 30_000,
  };
}

/** Calls Slack. Throws RateLimited when it asks to wait, or is in trouble. */
export async function callSlack<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    const retryAfterMs = waitFor(error);
    if (retryAfterMs === undefined) throw error;
    throw new RateLimited(retryAfterMs, { cause: error, mayBeDone: error instanceof webApi.WebAPIHTTPError });
  }
}

/** Slack's own name of what is wrong, such as `invalid_blocks`. */
export function slackError(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}

function waitFor(error: unknown): number | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError) return error.retryAfter * 1000;
  if (slackError(error) === "ratelimited") return troubleMs;
  if (error instanceof webApi.WebAPIHTTPError && error.statusCode >= 500) return troubleMs;
  if (error instanceof webApi.WebAPIRequestError && wasNeverSent(error.original)) return troubleMs;
  return undefined;
}

/** The SDK's own lines may hold messages' text; what matters of them is said by the adapter. */
export const silent: webApi.Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
