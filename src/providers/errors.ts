import { withoutQuotes, withoutSecrets } from "../secrets.ts";
import { ProviderError, type ProviderFailure } from "./provider.ts";

/** An error as a vendor answered it, whatever the SDK around it. */
export interface Complaint {
  /** The HTTP status; missing when the complaint came inside a running stream. */
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly message: string;
  /** Whether it came as a page or as nothing at all, rather than as an error in JSON, as vendors send it. */
  readonly isPage?: boolean;
  readonly headers?: Headers | undefined;
}

/** The most of a vendor's message that is kept, in characters: some answer with a whole page. */
const messageLength = 500;

const tooLong =
  /context[ _](?:length|window|size)|maximum (?:context|prompt)|prompt is too long|input is too long|too many (?:input )?tokens|reduce the length|request too large|token count.{0,40}exceeds|exceeds? the (?:maximum|available|model)/iu;
/** With a 429, words about too many tokens are about those of a minute, unless they ask for a smaller request. */
const tooLongAtOnce =
  /context[ _](?:length|window|size)|prompt is too long|input is too long|reduce the length|request too large/iu;
/** Statuses that say no more than "your request is wrong": there the words decide. */
const messageStatuses = new Set([undefined, 400, 403, 404, 422]);
const failuresInWords: readonly (readonly [RegExp, ProviderFailure])[] = [
  [
    /content[ _](?:management |usage )?(?:filter|policy)|usage (?:guidelines|policies)|flagged|moderation|safety system|responsible ai/iu,
    "refused",
  ],
  [
    /(?:api[ _-]?key|access token)[^.]{0,40}(?:invalid|not valid|expired|incorrect)|(?:invalid|incorrect|missing|no) api[ _-]?key|credit balance/iu,
    "auth",
  ],
  [
    /model[^.]{0,80}(?:not found|does not exist|doesn't exist|decommissioned|not a valid)|(?:invalid|unknown|no such) model/iu,
    "no-model",
  ],
  // What not every model deals with; gateways say it with the status of a model that is not there.
  [
    /(?:support|accept|handle)\w*\b[^.]{0,40}\b(?:images?|pictures?|vision|tools?|functions?|audio|files?|requested parameters)\b/iu,
    "unfit",
  ],
];

const failureByName: Readonly<Record<string, ProviderFailure>> = {
  authentication_error: "auth",
  bio_policy: "refused",
  // Waiting does not help where the account is empty: it is to be mended like a key.
  billing_error: "auth",
  content_filter: "refused",
  content_policy_violation: "refused",
  context_length_exceeded: "too-long",
  exceed_context_size_error: "too-long",
  image_content_policy_violation: "refused",
  insufficient_quota: "auth",
  insufficient_system_resource: "overloaded",
  invalid_api_key: "auth",
  invalid_model: "no-model",
  invalid_prompt: "refused",
  misalignment_policy_violation: "refused",
  model_not_found: "no-model",
  not_found_error: "no-model",
  overloaded_error: "overloaded",
  permission_error: "auth",
  rate_limit_error: "rate-limit",
  rate_limit_exceeded: "rate-limit",
  request_too_large: "too-long",
};

const failureByStatus: Readonly<Record<number, ProviderFailure>> = {
  401: "auth",
  402: "auth",
  403: "auth",
  404: "no-model",
  408: "overloaded",
  413: "too-long",
  429: "rate-limit",
};

/**
 * For `fetch`: elsewhere goes neither a question nor a key. Of a redirect the status is the answer, and what to set the
 * address to is told.
 */
export const stayHere = { redirect: "manual" } as const;

const isRedirect = (status = 0): boolean => status >= 300 && status < 400;

/** Sorts a complaint by what one can do about it. What it says goes before its status: vendors disagree on those. */
export function sortComplaint({ status, code, type, message, isPage }: Complaint): ProviderFailure {
  // Not the vendor says so, but a firewall before it that takes offence at what somebody wrote.
  if (status === 403 && isPage) return "unfit";
  const named = failureByName[code ?? ""] ?? failureByName[type ?? ""];
  // "Request too large … tokens per minute" comes as a rate limit, but no wait makes it fit.
  const isTooLong = (status === 429 ? tooLongAtOnce : tooLong).test(message);
  if (named !== "refused" && isTooLong) return "too-long";
  if (named !== undefined) return named;
  const said = messageStatuses.has(status) && failuresInWords.find(([words]) => words.test(message));
  if (said) return said[1];
  // These names go with any status; inside a stream there is nothing else.
  const isTrouble = [code, type].some((name) => name === "api_error" || name === "server_error");
  if (status === undefined) return isTrouble ? "overloaded" : "unknown";
  return byStatus(status);
}

const byStatus = (status: number): ProviderFailure =>
  isRedirect(status) ? "no-model" : (failureByStatus[status] ?? (status >= 500 ? "overloaded" : "unknown"));

/** The time a response asks to wait, in milliseconds from `now`: `retry-after-ms`, else `retry-after` in seconds or as a date. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const ms = headers?.get("retry-after-ms");
  if (ms && Number.isFinite(Number(ms))) return Math.max(0, Number(ms));
  const after = headers?.get("retry-after");
  if (!after) return undefined;
  if (Number.isFinite(Number(after))) return Math.max(0, Number(after) * 1000);
  const date = Date.parse(after);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/**
 * A vendor's complaint as our error. Without the SDK's error as its cause, on purpose:
 * that one carries the vendor's words unwashed, and a log prints causes.
 */
export function vendorError(provider: string, complaint: Complaint, key?: string): ProviderError {
  const wait = retryAfterMs(complaint.headers);
  const target = isRedirect(complaint.status) && complaint.headers?.get("location")?.split("?")[0];
  const said = target ? `it redirects to ${target}, which is not followed` : complaint.message;
  return new ProviderError(sortComplaint(complaint), {
    provider,
    message: withoutSecrets(said, key).slice(0, messageLength),
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(complaint.status !== undefined && { status: complaint.status }),
  });
}

/**
 * An error for an answer that never came or broke off; names the innermost cause, which is the one that says why. Without
 * the cause itself, as above.
 */
export function unreachable(provider: string, what: string, cause?: unknown, key?: string): ProviderError {
  const why = withoutQuotes(innermost(cause));
  const message = withoutSecrets(why ? `${what}: ${why}` : what, key).slice(0, messageLength);
  return new ProviderError("unreachable", { provider, message });
}

/** Reasons to stop that say that the server itself, or one behind it, gave up in the middle: OpenRouter's and vLLM's. */
export const gaveUp: ReadonlySet<string> = new Set(["error", "abort", "aborted", "cancelled"]);

/** An error for a stream that ended before the model had finished. */
export function brokenOff(provider: string): ProviderError {
  return unreachable(provider, "the connection closed before the answer was complete");
}

function innermost(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return innermost(error.cause) || error.message;
}
