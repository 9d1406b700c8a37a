import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { createModels } from "../../src/providers/models.ts";
import { createAnthropic } from "../../src/providers/anthropic.ts";
import { ask, collect, textOf } from "../support/provider-contract.ts";
import { makeFolder } from "../support/folder.ts";
import { type RawAnswer, type SseServer, startSseServer } from "../support/sse-server.ts";
import { claudeBegins, claudeSays, claudeText, play } from "./vendors.ts";

/** What stands before vendors, and does not quite as they do. */

const kinds = ["openai", "openai-chat", "anthropic"] as const;

let gateway: SseServer;
let other: SseServer;
beforeEach(async () => {
  [gateway, other] = await Promise.all([startSseServer(), startSseServer()]);
});
afterEach(async () => {
  await Promise.all([gateway.stop(), other.stop()]);
});

/** A model of this kind at the gateway. */
function openModel(kind: (typeof kinds)[number], more = "") {
  const cwd = makeFolder({
    "parlance.yaml": `
providers: { a: { kind: ${kind}, baseUrl: "${gateway.url}", apiKey: key-12345678 } }
models: { smart: a/one }
${more}
`,
  });
  return createModels(loadConfig({ env: {}, cwd }), pino({ level: "silent" }));
}

test.each(kinds)("a redirect is not followed: neither key nor question goes elsewhere (%s)", async (kind) => {
  gateway.enqueue({ status: 307, headers: { location: `${other.url}/v1/elsewhere?token=1` }, json: {} });
  const { error } = await play(openModel(kind));
  expect(other.requests()).toHaveLength(0);
  expect(gateway.requests()).toHaveLength(1);
  expect(error).toMatchObject({ kind: "no-model" });
  expect(String(error)).toContain(`it redirects to ${other.url}/v1/elsewhere`);
  expect(String(error)).not.toContain("token");
});

const inPlace = (json: object): RawAnswer => ({ status: 200, json });

describe.each(kinds)("JSON in place of a stream (%s)", (kind) => {
  test.each([
    ["auth", { error: { type: "authentication_error", code: 401, message: "No such key." } }],
    ["auth", { error: "Invalid API key." }],
    ["rate-limit", { error: { type: "rate_limit_error", code: "rate_limit_exceeded", message: "Slow." } }],
    ["unknown", { choices: [], content: [{ text: "The content filter is explained." }] }],
  ])("is told as %s: %o", async (failure, json) => {
    const answers = Array.from({ length: 3 }, () => inPlace(json));
    gateway.enqueue(...answers);
    const { error } = await play(openModel(kind));
    expect(error).toMatchObject({ name: "ProviderError", kind: failure });
    expect(String(error)).not.toContain("explained");
    expect(gateway.requests()).toHaveLength(failure === "rate-limit" ? 3 : 1);
  });
});

test.each([
  ["without a reason", undefined],
  ["for the reason error", "error"],
])("an answer of Anthropic's that ends %s is gone on with", async (_what, stop_reason) => {
  const delta = { type: "message_delta", delta: { stop_reason }, usage: { output_tokens: 3 } };
  const half = [claudeBegins, ...claudeText("Half of it"), delta, { type: "message_stop" }];
  gateway.enqueue({ named: true, events: half }, claudeSays("of it and the rest."));
  expect((await play(openModel("anthropic"))).text).toBe("Half of it and the rest.");
});

test.each(["failed", "cancelled"])("a response that is completed and %s is gone on with", async (status) => {
  const text = (delta: string) => ({ type: "response.output_text.delta", delta });
  const end = (response: object) => ({ type: "response.completed", response });
  gateway.enqueue(
    {
      named: true,
      events: [text("Half of it"), end({ status, error: { code: "server_error", message: "x" } })],
    },
    { named: true, events: [text("of it and the rest."), end({ status: "completed" })] },
  );
  expect((await play(openModel("openai"))).text).toBe("Half of it and the rest.");
});

test("a gateway that fails to tell of a model is not asked about it for every question", async () => {
  gateway.onPath("/v1/models/one", { status: 503, json: {} });
  const provider = await createAnthropic({ id: "a", apiKey: "key-12345678", baseUrl: gateway.url });
  for (const text of ["One.", "Two."]) {
    gateway.enqueue(claudeSays(text));
    const request = { ...ask("one", "Hi"), thinking: "low" } as const;
    const { events } = await collect(provider.stream(request, new AbortController().signal));
    expect(textOf(events)).toBe(text);
  }
  expect(gateway.requests().filter(({ path }) => path === "/v1/models/one")).toHaveLength(1);
});
