import { eventually } from "../support/eventually.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { AssistantMessage, Message } from "../../src/message.ts";
import { createAnthropic } from "../../src/providers/anthropic.ts";
import type { ModelRequest, Provider, ToolSpec } from "../../src/providers/provider.ts";
import { ask, callsOf, collect, failureOf, textOf } from "../support/provider-contract.ts";
import { startSseServer, type SseServer } from "../support/sse-server.ts";

/** What only the vendor's own wire form can show. */

let server: SseServer;
let provider: Provider;
const never = new AbortController().signal;
const model = "claude-sonnet-5-5";
const tool: ToolSpec = {
  name: "weather",
  description: "Tells it.",
  inputSchema: { type: "object", properties: {} },
};

beforeAll(async () => {
  server = await startSseServer();
});
// A new one each time: it remembers what it learned of a model.
beforeEach(async () => {
  provider = await createAnthropic({ id: "anthropic", apiKey: "sk-ant-12345678", baseUrl: server.url });
});
afterAll(() => server.stop());

const usage = {
  input_tokens: 10,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  output_tokens: 1,
};
const begin = (more: object = {}) => ({
  type: "message_start",
  message: { id: "m", content: [], usage: { ...usage, ...more } },
});
const block = (index: number, content_block: object, ...deltas: readonly object[]) => [
  { type: "content_block_start", index, content_block },
  ...deltas.map((delta) => ({ type: "content_block_delta", index, delta })),
  { type: "content_block_stop", index },
];
const words = (text: string) => block(0, { type: "text", text: "" }, { type: "text_delta", text });
const end = (stop_reason = "end_turn", more: object = {}) => [
  {
    type: "message_delta",
    delta: { stop_reason, stop_sequence: null },
    usage: { output_tokens: 5, ...more },
  },
  { type: "message_stop" },
];

async function answer(events: readonly object[], request: ModelRequest = ask(model, "Hi")) {
  server.enqueue({ named: true, events });
  return collect(provider.stream(request, never));
}

async function sentBody(request: ModelRequest): Promise<Readonly<Record<string, unknown>>> {
  await answer([begin(), ...words("ok"), ...end()], request);
  return server.requests().at(-1)?.body ?? {};
}

/** The vendor's description of a model. */
function describe(
  name: string,
  types: Partial<Record<"adaptive" | "enabled" | "disabled" | "between_tools", boolean>>,
  effort = true,
) {
  const supported = (is = false) => ({ supported: is });
  server.onPath(`/v1/models/${name}`, {
    json: {
      id: name,
      type: "model",
      max_tokens: 64_000,
      capabilities: {
        thinking: {
          supported: true,
          types: {
            adaptive: supported(types.adaptive),
            enabled: supported(types.enabled),
            disabled: supported(types.disabled),
            between_tools: supported(types.between_tools),
          },
        },
        effort: {
          supported: effort,
          low: supported(true),
          medium: supported(true),
          high: supported(true),
          max: supported(false),
          xhigh: null,
        },
      },
    },
  });
}

test("the four cache marks stand after tools and instructions, examples, history and the last message", async () => {
  const text = (role: "user" | "assistant", said: string): Message => ({
    role,
    parts: [{ type: "text", text: said }],
  });
  const messages = [
    text("user", "e1"),
    text("assistant", "e2"),
    text("user", "h1"),
    text("assistant", "h2"),
    text("user", "q"),
  ];
  const more: ToolSpec = { ...tool, name: "time" };
  const body = await sentBody(
    ask(model, "", { messages, stableMessages: 2, lastingMessages: 4, tools: [tool, more] }),
  );
  const mark = { type: "ephemeral" };
  expect(body["system"]).toEqual([{ type: "text", text: "Be brief.", cache_control: mark }]);
  const marked = (body["messages"] as { content: { text: string; cache_control?: object }[] }[]).flatMap(
    ({ content }) => content.filter((part) => part.cache_control).map((part) => part.text),
  );
  expect(marked).toEqual(["e2", "h2", "q"]);
  expect(JSON.stringify(body).match(/cache_control/gu)).toHaveLength(4);
});

test("signed and redacted thinking go back as they came, before their call", async () => {
  const { events } = await answer([
    begin(),
    ...block(
      0,
      { type: "thinking", thinking: "", signature: "" },
      { type: "thinking_delta", thinking: "Look it up." },
      { type: "signature_delta", signature: "c2ln" },
    ),
    ...block(1, { type: "redacted_thinking", data: "eA==" }),
    ...block(
      2,
      { type: "tool_use", id: "toolu_1", name: "weather", input: {} },
      { type: "input_json_delta", partial_json: '{"a"' },
      { type: "input_json_delta", partial_json: ":1}" },
    ),
    ...end("tool_use"),
  ]);
  const parts = events.flatMap((event): AssistantMessage["parts"] =>
    event.type === "thought" ? [event.part] : event.type === "tool-call" ? [event.call] : [],
  );
  expect(callsOf(events)).toMatchObject([{ id: "toolu_1", arguments: '{"a":1}' }]);
  const messages: Message[] = [
    { role: "user", parts: [{ type: "text", text: "Weather?" }] },
    { role: "assistant", parts },
    {
      role: "tool",
      parts: [{ type: "tool-result", id: "toolu_1", name: "weather", text: "no", failed: true }],
    },
  ];
  const body = await sentBody(ask(model, "", { messages }));
  expect((body["messages"] as object[]).slice(1)).toEqual([
    {
      role: "assistant",
      content: [
        { type: "thinking", thinking: "Look it up.", signature: "c2ln" },
        { type: "redacted_thinking", data: "eA==" },
        { type: "tool_use", id: "toolu_1", name: "weather", input: { a: 1 } },
      ],
    },
    {
      role: "user",
      content: [
        {
          type: "tool_result",
          tool_use_id: "toolu_1",
          content: "no",
          is_error: true,
          cache_control: { type: "ephemeral" },
        },
      ],
    },
  ]);
});

test("usage counts the cached input in, and its last word is final", async () => {
  const { events } = await answer([
    begin({ input_tokens: 100, cache_read_input_tokens: 700, cache_creation_input_tokens: 200 }),
    ...words("ok"),
    ...end("end_turn", { output_tokens: 50, output_tokens_details: { thinking_tokens: 30 } }),
  ]);
  expect(events.findLast((event) => event.type === "usage")?.usage).toEqual({
    inputTokens: 1000,
    cachedTokens: 700,
    cacheWriteTokens: 200,
    outputTokens: 50,
    thinkingTokens: 30,
  });
});

test.each([
  ["refusal", "refused"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["stop_sequence", "end"],
] as const)("%s stops as %s", async (reason, expected) => {
  const { events } = await answer([begin(), ...words("ok"), ...end(reason)]);
  expect(events.at(-1)).toEqual({ type: "stop", reason: expected });
});

test("a call that the output limit cut off is not called", async () => {
  const half = block(
    0,
    { type: "tool_use", id: "t", name: "weather", input: {} },
    { type: "input_json_delta", partial_json: '{"ci' },
  );
  expect(callsOf((await answer([begin(), ...half, ...end("max_tokens")])).events)).toEqual([]);
});

test("a model that decides itself how long to think gets an effort, and shows its thinking", async () => {
  describe(model, { adaptive: true, between_tools: true });
  expect(
    await sentBody(ask(model, "Hi", { thinking: "medium", maxOutputTokens: 1000, temperature: 1 })),
  ).toMatchObject({
    thinking: { type: "adaptive", display: "summarized" },
    output_config: { effort: "medium" },
    max_tokens: 1000 + 8192,
  });
  expect(await sentBody(ask(model, "Hi", { thinking: "max" }))).toMatchObject({
    output_config: { effort: "high" },
  });
  const asked = server.requests().filter(({ path }) => path === `/v1/models/${model}`);
  expect(asked).toHaveLength(1);
  expect(server.requests().at(-1)?.body).not.toHaveProperty("temperature");
});

test("a model with a budget gets one, within its limit", async () => {
  describe("claude-haiku-4-5", { enabled: true, disabled: true }, false);
  const body = await sentBody(ask("claude-haiku-4-5", "Hi", { thinking: "high", maxOutputTokens: 60_000 }));
  expect(body).toMatchObject({ thinking: { type: "enabled", budget_tokens: 16_384 }, max_tokens: 64_000 });
  expect(body).not.toHaveProperty("output_config");
});

test("a model with a budget does not think in a turn that another model began", async () => {
  describe("claude-haiku-4-5", { enabled: true }, false);
  const messages: Message[] = [
    { role: "user", parts: [{ type: "text", text: "Weather?" }] },
    { role: "assistant", parts: [{ type: "tool-call", id: "t", name: "weather", arguments: "{}" }] },
    { role: "tool", parts: [{ type: "tool-result", id: "t", name: "weather", text: "rain", failed: false }] },
  ];
  expect(await sentBody(ask("claude-haiku-4-5", "", { messages, thinking: "high" }))).not.toHaveProperty(
    "thinking",
  );
});

test.each([
  [{ adaptive: true, disabled: true }, { thinking: { type: "disabled" } }],
  [{ adaptive: true, between_tools: true }, { thinking: { type: "between_tools" } }],
  [{ adaptive: true }, { output_config: { effort: "low" } }],
])("thinking is turned off as far as the model allows: %o", async (types, expected) => {
  describe("claude-x", types);
  const body = await sentBody(ask("claude-x", "Hi", { thinking: "off" }));
  const { thinking, output_config } = body;
  expect(JSON.parse(JSON.stringify({ thinking, output_config }))).toEqual(expected);
});

test("where nobody describes the model, the current form is used; without a wish nobody is asked", async () => {
  server.onPath("/v1/models/claude-new", {
    status: 404,
    json: { error: { type: "not_found_error", message: "no" } },
  });
  expect(await sentBody(ask("claude-new", "Hi", { thinking: "low" }))).toMatchObject({
    thinking: { type: "adaptive" },
    output_config: { effort: "low" },
  });
  const before = server.requests().length;
  const body = await sentBody(ask("claude-other", "Hi"));
  expect(server.requests()).toHaveLength(before + 1);
  expect(body).not.toHaveProperty("thinking");
});

test("tokens are counted by the vendor, over the same prompt", async () => {
  server.enqueue({ json: { input_tokens: 321 } });
  expect(await provider.countTokens?.(ask(model, "Hi", { tools: [tool] }), never)).toBe(321);
  const { path, body } = server.requests().at(-1) ?? {};
  expect(path).toBe("/v1/messages/count_tokens");
  expect(body).toMatchObject({ model, system: [{ text: "Be brief." }], tools: [{ name: "weather" }] });
});

test("an error inside the stream is sorted by its type", async () => {
  server.enqueue({
    named: true,
    events: [begin(), { type: "error", error: { type: "overloaded_error", message: "Overloaded" } }],
  });
  expect(await failureOf(provider.stream(ask(model, "Hi"), never))).toMatchObject({ kind: "overloaded" });
});

test.each([
  ["a dropped socket", { end: "drop" as const }],
  ["an orderly end without a finish", {}],
])("%s is unreachable, after what was said", async (_case, raw) => {
  server.enqueue({ named: true, events: [begin(), ...words("So far")], ...raw });
  const { events, error } = await collect(provider.stream(ask(model, "Hi"), never));
  expect(textOf(events)).toBe("So far");
  expect(error).toMatchObject({ name: "ProviderError", kind: "unreachable" });
});

test("an abort closes the socket of a stream that hangs", async () => {
  server.enqueue({ named: true, events: [begin()], end: "hang" });
  const stop = new AbortController();
  const reason = new Error("enough");
  const before = server.requests().length;
  const run = collect(provider.stream(ask(model, "Hi"), stop.signal));
  await eventually(() => expect(server.requests().length).toBe(before + 1));
  stop.abort(reason);
  expect((await run).error).toBe(reason);
  await server.requests().at(-1)?.closed;
});

test("what a model wrote amiss is still an object for the vendor", async () => {
  const messages: Message[] = [
    { role: "user", parts: [{ type: "text", text: "Weather?" }] },
    { role: "assistant", parts: [{ type: "tool-call", id: "t", name: "weather", arguments: "[1" }] },
    {
      role: "tool",
      parts: [{ type: "tool-result", id: "t", name: "weather", text: "not JSON", failed: true }],
    },
  ];
  expect(JSON.stringify(await sentBody(ask(model, "", { messages })))).toContain('"input":{"invalid":"[1"}');
});
