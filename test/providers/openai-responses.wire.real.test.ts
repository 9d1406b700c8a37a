import { eventually } from "../support/eventually.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssistantMessage, Message } from "../../src/message.ts";
import { createOpenAiResponses } from "../../src/providers/openai-responses.ts";
import type { ModelRequest, Provider } from "../../src/providers/provider.ts";
import { ask, collect, failureOf, textOf } from "../support/provider-contract.ts";
import { startSseServer, type SseServer } from "../support/sse-server.ts";

/** What only the vendor's own wire form can show. */

let server: SseServer;
let provider: Provider;
const never = new AbortController().signal;
const model = "gpt-6.1-sol";

beforeAll(async () => {
  server = await startSseServer();
  provider = await createOpenAiResponses({ id: "openai", apiKey: "sk-test-12345678", baseUrl: server.url });
});
afterAll(() => server.stop());

const words = (delta: string) => ({
  type: "response.output_text.delta",
  item_id: "m",
  output_index: 0,
  content_index: 0,
  delta,
});
const completed = (more: object = {}) => ({
  type: "response.completed",
  response: { id: "r", status: "completed", output: [], ...more },
});
const itemDone = (item: object) => ({ type: "response.output_item.done", output_index: 0, item });

function answer(...events: readonly object[]) {
  server.enqueue({ named: true, events });
}

/** Asks and gives the body that was sent. */
async function sentBody(request: ModelRequest): Promise<Readonly<Record<string, unknown>>> {
  answer(words("ok"), completed());
  await collect(provider.stream(request, never));
  return server.requests().at(-1)?.body ?? {};
}

test("encrypted reasoning comes back as it was in the next round, and nothing is stored at the vendor", async () => {
  const reasoning = {
    type: "reasoning",
    id: "rs_1",
    summary: [{ type: "summary_text", text: "Look it up." }],
    encrypted_content: "c2VjcmV0",
  };
  const call = {
    type: "function_call",
    id: "fc_1",
    call_id: "call_1",
    name: "weather",
    arguments: "{}",
    status: "completed",
  };
  answer(itemDone({ ...reasoning, status: "completed" }), itemDone(call), completed());
  const request = ask(model, "Weather?", { thinking: "medium" });
  const { events } = await collect(provider.stream(request, never));
  const parts = events.flatMap((event): AssistantMessage["parts"] =>
    event.type === "thought" ? [event.part] : event.type === "tool-call" ? [event.call] : [],
  );
  expect(parts).toMatchObject([
    { type: "thinking", text: "Look it up.", replay: { vendor: "openai" } },
    { type: "tool-call", id: "call_1", name: "weather" },
  ]);

  const messages: Message[] = [
    ...request.messages,
    { role: "assistant", parts },
    {
      role: "tool",
      parts: [{ type: "tool-result", id: "call_1", name: "weather", text: "rain", failed: false }],
    },
  ];
  const body = await sentBody({ ...request, messages });
  expect(body).toMatchObject({ store: false, stream: true, include: ["reasoning.encrypted_content"] });
  expect(body["input"]).toEqual([
    { role: "user", content: [{ type: "input_text", text: "Weather?" }] },
    reasoning,
    { type: "function_call", call_id: "call_1", name: "weather", arguments: "{}" },
    { type: "function_call_output", call_id: "call_1", output: "rain" },
  ]);
});

test("a model that does not reason is sent neither reasoning nor an effort, but a temperature", async () => {
  const thought = {
    type: "thinking",
    text: "hm",
    replay: { vendor: "openai", data: { type: "reasoning", id: "rs_1", summary: [] } },
  } as const;
  const messages: Message[] = [
    { role: "user", parts: [{ type: "text", text: "Hi" }] },
    { role: "assistant", parts: [thought, { type: "text", text: "Hello" }] },
    { role: "user", parts: [{ type: "text", text: "Again" }] },
  ];
  const body = await sentBody(
    ask("gpt-4.1", "", { messages, thinking: "high", temperature: 0.2, maxOutputTokens: 100 }),
  );
  expect(body).toMatchObject({ temperature: 0.2, max_output_tokens: 100 });
  expect(body).not.toHaveProperty("reasoning");
  expect(body).not.toHaveProperty("include");
  expect(JSON.stringify(body)).not.toContain("rs_1");
});

test.each([
  ["gpt-6.1-sol", "off", { effort: "none" }],
  ["gpt-6.1-sol", "max", { effort: "max", summary: "auto" }],
  ["gpt-5.2", "max", { effort: "xhigh", summary: "auto" }],
  ["gpt-5.1", "max", { effort: "high", summary: "auto" }],
  ["gpt-5-mini", "off", { effort: "minimal" }],
  ["o4-mini", "off", { effort: "low" }],
  ["o4-mini", "medium", { effort: "medium", summary: "auto" }],
] as const)("%s with thinking %s gets an effort it has", async (name, thinking, reasoning) => {
  expect((await sentBody(ask(name, "Hi", { thinking })))["reasoning"]).toEqual(reasoning);
});

test("thinking gets room beyond the answer's limit, and no temperature", async () => {
  const body = await sentBody(ask(model, "Hi", { thinking: "high", maxOutputTokens: 1000, temperature: 1 }));
  expect(body["max_output_tokens"]).toBe(1000 + 16_384);
  expect(body).not.toHaveProperty("temperature");
});

test("cached and thinking tokens are told as parts of the whole", async () => {
  const usage = {
    input_tokens: 1000,
    input_tokens_details: { cached_tokens: 600, cache_write_tokens: 300 },
    output_tokens: 200,
    output_tokens_details: { reasoning_tokens: 150 },
    total_tokens: 1200,
  };
  answer(words("ok"), completed({ usage }));
  const { events } = await collect(provider.stream(ask(model, "Hi"), never));
  expect(events.find(({ type }) => type === "usage")).toEqual({
    type: "usage",
    usage: {
      inputTokens: 1000,
      cachedTokens: 600,
      cacheWriteTokens: 300,
      outputTokens: 200,
      thinkingTokens: 150,
    },
  });
});

test("a refusal is said and stops as one; so does a filtered answer", async () => {
  answer({ type: "response.refusal.delta", delta: "I can't help with that." }, completed());
  const refused = await collect(provider.stream(ask(model, "Hi"), never));
  expect(textOf(refused.events)).toBe("I can't help with that.");
  expect(refused.events.at(-1)).toEqual({ type: "stop", reason: "refused" });
  const incomplete_details = { reason: "content_filter" };
  answer(words("Well"), {
    type: "response.incomplete",
    response: { status: "incomplete", incomplete_details },
  });
  const filtered = await collect(provider.stream(ask(model, "Hi"), never));
  expect(filtered.events.at(-1)).toEqual({ type: "stop", reason: "refused" });
});

test("a call that the output limit cut off is not called", async () => {
  const call = {
    type: "function_call",
    call_id: "call_1",
    name: "weather",
    arguments: '{"ci',
    status: "incomplete",
  };
  answer(itemDone(call), {
    type: "response.incomplete",
    response: { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
  });
  const { events } = await collect(provider.stream(ask(model, "Hi"), never));
  expect(events).toEqual([{ type: "stop", reason: "length" }]);
});

test("a citation becomes a source", async () => {
  const annotation = {
    type: "url_citation",
    url: "https://example.org/a",
    title: "A",
    start_index: 0,
    end_index: 2,
  };
  answer(words("ok"), { type: "response.output_text.annotation.added", annotation }, completed());
  const { events } = await collect(provider.stream(ask(model, "Hi"), never));
  expect(events).toContainEqual({
    type: "source",
    found: { source: { url: "https://example.org/a", title: "A", by: "OpenAI" } },
  });
});

test.each([
  [
    { type: "response.failed", response: { error: { code: "rate_limit_exceeded", message: "Slow." } } },
    "rate-limit",
  ],
  [{ type: "response.failed", response: { error: { code: "invalid_prompt", message: "No." } } }, "refused"],
  [{ type: "error", code: "server_error", message: "Oops.", param: null }, "overloaded"],
  [{ type: "error", code: "context_length_exceeded", message: "Too much.", param: null }, "too-long"],
])("a failure inside the stream is sorted like any other: %o", async (event, kind) => {
  answer(words("So"), event);
  expect(await failureOf(provider.stream(ask(model, "Hi"), never))).toMatchObject({ kind });
});

test.each([
  ["a socket dropped between events", { events: [words("So far")], end: "drop" as const }],
  [
    "a socket dropped inside an event",
    { events: [words("So far"), 'event: x\ndata: {"type":"respon'], end: "drop" as const },
  ],
  ["an orderly end without a finish", { events: [words("So far")] }],
  ["an end inside an event", { events: [words("So far"), 'data: {"type":"respon\n\n'] }],
])("%s is unreachable, after what was said", async (_case, raw) => {
  server.enqueue({ named: true, ...raw });
  const { events, error } = await collect(provider.stream(ask(model, "Hi"), never));
  expect(textOf(events)).toBe("So far");
  expect(error).toMatchObject({ name: "ProviderError", kind: "unreachable" });
});

test("an abort closes the socket of a stream that hangs", async () => {
  server.enqueue({ named: true, events: [], end: "hang" });
  const stop = new AbortController();
  const reason = new Error("enough");
  const run = collect(provider.stream(ask(model, "Hi"), stop.signal));
  const before = server.requests().length;
  await eventually(() => expect(server.requests().length).toBe(before + 1));
  stop.abort(reason);
  expect((await run).error).toBe(reason);
  await server.requests().at(-1)?.closed;
});

test("answers that come one after the other share a connection", async () => {
  const fresh = await startSseServer();
  const asked = await createOpenAiResponses({ id: "openai", apiKey: "sk-test", baseUrl: fresh.url });
  for (let count = 0; count < 5; count++) {
    fresh.enqueue({ named: true, events: [words("So"), completed()] });
    await collect(asked.stream(ask(model, "Hi"), never));
    await fresh.requests().at(-1)?.closed;
    // What the server has sent is still to be read.
    await sleep(20);
  }
  const ports = fresh.requests().map(({ port }) => port);
  await fresh.stop();
  expect(new Set(ports).size).toBe(1);
});

test("a consumer that has heard enough closes the socket", async () => {
  server.enqueue({ named: true, events: [words("So"), words(" far")], end: "hang" });
  for await (const event of provider.stream(ask(model, "Hi"), never)) {
    expect(event).toMatchObject({ type: "text" });
    break;
  }
  await server.requests().at(-1)?.closed;
});
