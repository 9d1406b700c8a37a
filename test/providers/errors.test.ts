import { expect, test } from "vitest";
import { retryAfterMs, sortComplaint, unreachable, vendorError } from "../../src/providers/errors.ts";
import { withoutSecrets } from "../../src/secrets.ts";

test.each([
  [
    "too-long",
    {
      status: 400,
      code: "context_length_exceeded",
      message: "This model's maximum context length is 128000 tokens.",
    },
  ],
  [
    "too-long",
    {
      status: 400,
      type: "invalid_request_error",
      message: "prompt is too long: 214356 tokens > 200000 maximum",
    },
  ],
  ["too-long", { status: 413, type: "request_too_large", message: "Request exceeds the maximum size" }],
  [
    "too-long",
    {
      status: 429,
      code: "rate_limit_exceeded",
      message: "Request too large for gpt-x on tokens per min (TPM): Limit 30000, Requested 41000.",
    },
  ],
  [
    "too-long",
    {
      status: 400,
      message: "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
    },
  ],
  [
    "too-long",
    {
      status: 400,
      type: "exceed_context_size_error",
      message: "request (9000 tokens) exceeds the available context size",
    },
  ],
  [
    "rate-limit",
    {
      status: 429,
      type: "rate_limit_error",
      message: "This request would exceed your organization's rate limit of 50,000 input tokens per minute.",
    },
  ],
  ["rate-limit", { status: 429, message: "Too many requests" }],
  ["auth", { status: 429, code: "insufficient_quota", message: "You exceeded your current quota." }],
  ["auth", { status: 402, message: "Insufficient Balance" }],
  [
    "auth",
    {
      status: 400,
      type: "invalid_request_error",
      message: "Your credit balance is too low to access the API. Please go to Plans & Billing.",
    },
  ],
  ["auth", { status: 403, type: "permission_error", message: "Your API key does not have permission." }],
  ["auth", { status: 400, message: "API key not valid. Please pass a valid API key." }],
  ["refused", { status: 400, code: "content_filter", message: "The response was filtered." }],
  ["refused", { status: 403, message: "Your input was flagged by moderation." }],
  ["refused", { status: 403, message: "Content violates usage guidelines." }],
  ["no-model", { status: 404, type: "not_found_error", message: "model: claude-nope" }],
  ["no-model", { status: 400, message: "The model `x` has been decommissioned and is no longer supported." }],
  ["no-model", { status: 400, code: "invalid_model", message: "Invalid model: x" }],
  [
    "no-model",
    {
      status: 404,
      message:
        "models/x is not found for API version v1, or is not supported for generateContent. Call ListModels to see the supported methods.",
    },
  ],
  ["no-model", { status: 404, message: "404 page not found", isPage: true }],
  ["unfit", { status: 404, message: "No endpoints found that support tool use." }],
  ["unfit", { status: 404, message: "No endpoints found that can handle the requested parameters." }],
  ["unfit", { status: 400, message: "registry.ollama.ai/library/x does not support tools" }],
  ["unfit", { status: 403, message: "<html>Blocked.</html>", isPage: true }],
  ["overloaded", { status: 503, message: "<html>Bad gateway</html>", isPage: true }],
  ["overloaded", { status: 529, type: "overloaded_error", message: "Overloaded" }],
  ["overloaded", { status: 503, message: "Service unavailable" }],
  ["overloaded", { status: 500, type: "api_error", message: "Internal server error" }],
  ["overloaded", { type: "server_error", message: "An error occurred." }],
  [
    "unknown",
    { status: 400, message: "Unsupported parameter: 'temperature' is not supported with this model." },
  ],
  ["unknown", { status: 418, message: "" }],
])("is %s: %o", (kind, complaint) => {
  expect(sortComplaint(complaint)).toBe(kind);
});

test.each([
  [{ "retry-after": "7" }, 7000],
  [{ "retry-after": "0.5" }, 500],
  [{ "retry-after-ms": "120", "retry-after": "7" }, 120],
  [{ "retry-after": "Tue, 01 Dec 2026 10:00:09 GMT" }, 9000],
  [{ "retry-after": "Tue, 01 Dec 2026 09:00:00 GMT" }, 0],
  [{ "retry-after": "soon" }, undefined],
  [{}, undefined],
])("%o asks to wait %s ms", (headers, ms) => {
  const now = Date.parse("2026-12-01T10:00:00Z");
  expect(retryAfterMs(new Headers(headers), now)).toBe(ms);
});

test.each([
  "sk-proj-abcdefgh12345678",
  "sk-ant-api03-abcdefgh",
  "gsk_abcdefgh1234",
  "AIzaSyA1234567890",
  "sk-abc*********wxyz",
])("%s is washed out of a message", (key) => {
  expect(withoutSecrets(`Incorrect API key provided: ${key}. See the docs.`)).toMatch(/provided: \[key\]/u);
});

test("the configured key is washed out whatever it looks like", () => {
  expect(withoutSecrets("no such token: hunter2hunter2!", "hunter2hunter2!")).toBe("no such token: [key]");
});

test("an error keeps what helps and nothing that tells too much", () => {
  const headers = new Headers({ "retry-after": "3", "set-cookie": "secret" });
  const error = vendorError("openai", { status: 429, message: `Slow. ${"x".repeat(5000)}`, headers });
  expect(error).toMatchObject({ kind: "rate-limit", retryAfterMs: 3000, status: 429, provider: "openai" });
  expect(error.message.length).toBeLessThan(600);
  expect(error.cause).toBeUndefined();
});

test("an unreachable vendor's error names the innermost cause", () => {
  const refused = new Error("connect ECONNREFUSED 127.0.0.1:9");
  const error = unreachable("openai", "no connection", new TypeError("fetch failed", { cause: refused }));
  expect(error.message).toBe("[openai] no connection: connect ECONNREFUSED 127.0.0.1:9");
});

test.each([
  "Too many tokens, please wait before trying again.",
  "Rate limit exceeded: too many tokens per minute. Limit 10000/min. Please try again in 12s",
  "Tokens per minute limit exceeds the available capacity, retry",
])("a 429 that says %j is to be waited for", (message) => {
  expect(sortComplaint({ status: 429, type: "throttling", message })).toBe("rate-limit");
});
