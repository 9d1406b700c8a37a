import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ask, callsOf, collect, failureOf, textOf } from "../support/provider-contract.ts";
import { chunk, finish, startChatWire } from "./chat-wire.ts";

/** What compatible vendors answer, each in its own form. */

let wire: Awaited<ReturnType<typeof startChatWire>>;

beforeAll(async () => {
  wire = await startChatWire();
});
afterAll(() => wire.server.stop());

test.each([
  ["reasoning_content", [{ reasoning_content: "Hm" }, { reasoning_content: "m." }, { content: "Yes." }]],
  ["reasoning", [{ reasoning: "Hm" }, { reasoning: "m.", content: "" }, { content: "Yes." }]],
  ["think tags", [{ content: "<th" }, { content: "ink>Hmm.</thi" }, { content: "nk>\n\nYes." }]],
  [
    "a list of contents",
    [
      { content: [{ type: "thinking", thinking: [{ type: "text", text: "Hmm." }] }] },
      { content: [{ type: "text", text: "Yes." }] },
    ],
  ],
])("thinking arrives in %s", async (_where, deltas) => {
  const { events } = await wire.stream("custom", [...deltas.map((delta) => chunk(delta)), finish()]);
  expect(textOf(events)).toBe("Yes.");
  expect(events.map((event) => (event.type === "thinking" ? event.text : "")).join("")).toBe("Hmm.");
  expect(events.find(({ type }) => type === "thought")).toMatchObject({
    part: { type: "thinking", text: "Hmm." },
  });
});

test("sources come once each, with the best title, wherever they stand", async () => {
  const { events } = await wire.stream("openrouter", [
    chunk({ content: "It " }, { citations: ["https://a.example", "https://b.example"] }),
    chunk(
      {
        content: "is.",
        annotations: [{ type: "url_citation", url_citation: { url: "https://c.example", title: "C" } }],
      },
      {
        citations: ["https://a.example"],
        search_results: [{ url: "https://a.example", title: "A", date: null }],
      },
    ),
    finish(),
  ]);
  expect(events.flatMap((event) => (event.type === "source" ? [event.found] : []))).toEqual([
    { source: { url: "https://a.example", title: "A", by: "OpenRouter" }, number: 1 },
    { source: { url: "https://b.example", by: "OpenRouter" }, number: 2 },
    { source: { url: "https://c.example", title: "C", by: "OpenRouter" } },
  ]);
});

test.each([
  [
    "OpenAI's form",
    {
      usage: {
        prompt_tokens: 100,
        completion_tokens: 30,
        total_tokens: 130,
        prompt_tokens_details: { cached_tokens: 60 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
    },
    { cachedTokens: 60, thinkingTokens: 20, outputTokens: 30 },
  ],
  [
    "DeepSeek's cache",
    { usage: { prompt_tokens: 100, completion_tokens: 30, total_tokens: 130, prompt_cache_hit_tokens: 64 } },
    { cachedTokens: 64, thinkingTokens: 0, outputTokens: 30 },
  ],
  [
    "thinking left out of the completion",
    { usage: { prompt_tokens: 100, completion_tokens: 30, total_tokens: 180 } },
    { cachedTokens: 0, thinkingTokens: 50, outputTokens: 80 },
  ],
  [
    "Groq's place",
    { x_groq: { usage: { prompt_tokens: 100, completion_tokens: 30 } } },
    { outputTokens: 30 },
  ],
])("usage is read from %s", async (_form, more, expected) => {
  const { events } = await wire.stream("custom", [chunk({ content: "ok" }), finish("stop", more)]);
  const usage = events.find((event) => event.type === "usage")?.usage;
  expect(usage).toMatchObject({ inputTokens: 100, ...expected });
});

test("parallel calls are told apart without numbers, and get ids where there are none", async () => {
  const call = (id: string | undefined, city: string) => ({
    index: 0,
    ...(id && { id }),
    type: "function",
    function: { name: "weather", arguments: city },
  });
  const { events } = await wire.stream("custom", [
    chunk({ tool_calls: [call("a", '{"n":')] }),
    chunk({ tool_calls: [{ index: 0, function: { arguments: "1}" } }] }),
    chunk({ tool_calls: [call("b", '{"n":2}')] }),
    finish("stop"),
  ]);
  expect(callsOf(events)).toMatchObject([
    { id: "a", arguments: '{"n":1}' },
    { id: "b", arguments: '{"n":2}' },
  ]);
  expect(events.at(-1)).toEqual({ type: "stop", reason: "tools" });
  const nameless = await wire.stream("custom", [
    chunk({ tool_calls: [call(undefined, "")] }),
    finish("tool_calls"),
  ]);
  expect(callsOf(nameless.events)).toMatchObject([
    { id: expect.stringMatching(/^call_\w+$/u), arguments: "{}" },
  ]);
});

test.each([
  {
    where: "at the top",
    raw: { status: 422, json: { object: "error", message: "Invalid model: nope", code: "1500" } },
    expected: { kind: "no-model", status: 422, message: "[custom] 422 Invalid model: nope" },
  },
  {
    where: "in a list",
    raw: {
      status: 400,
      json: [{ error: { code: 400, message: "API key not valid. Pass a valid API key." } }],
    },
    expected: { kind: "auth", message: "[custom] 400 API key not valid. Pass a valid API key." },
  },
  {
    where: "as a bare string",
    raw: { status: 400, json: { error: "Prompt exceeds the available context size" } },
    expected: { kind: "too-long", message: "[custom] 400 Prompt exceeds the available context size" },
  },
  {
    where: "as details",
    raw: { status: 422, json: { detail: [{ msg: "Extra inputs are not permitted" }] } },
    expected: { kind: "unknown", message: expect.stringContaining("Extra inputs are not permitted") },
  },
])("an error that stands $where of the body is read", async ({ raw, expected }) => {
  wire.server.enqueue(raw);
  const error = await failureOf((await wire.vendor("custom")).stream(ask("m", "Hi"), wire.never));
  expect(error).toMatchObject(expected);
});

test("a vendor's failure inside the stream is sorted by its code", async () => {
  wire.server.enqueue({
    events: [
      chunk({ content: "So" }),
      { id: "c", error: { code: 503, message: "Provider is down" }, choices: [] },
    ],
  });
  expect(await failureOf((await wire.vendor("openrouter")).stream(ask("m", "Hi"), wire.never))).toMatchObject(
    {
      kind: "overloaded",
      status: 503,
    },
  );
  wire.server.enqueue({ events: [chunk({ content: "So" }), finish("insufficient_system_resource")] });
  expect(await failureOf((await wire.vendor("deepseek")).stream(ask("m", "Hi"), wire.never))).toMatchObject({
    kind: "overloaded",
  });
});

test("a filtered answer stops as refused, a cut one without its half-written call", async () => {
  const filtered = await wire.stream("azure", [chunk({ content: "Well" }), finish("content_filter")]);
  expect(filtered.events.at(-1)).toEqual({ type: "stop", reason: "refused" });
  const half = { index: 0, id: "call_1", type: "function", function: { name: "weather", arguments: '{"ci' } };
  const cut = await wire.stream("custom", [chunk({ tool_calls: [half] }), finish("length")]);
  expect(cut.events).toEqual([{ type: "stop", reason: "length" }]);
});

test("a socket dropped without a finish is unreachable", async () => {
  wire.server.enqueue({ events: [chunk({ content: "So far" })], end: "drop" });
  const { events, error } = await collect((await wire.vendor("custom")).stream(ask("m", "Hi"), wire.never));
  expect(textOf(events)).toBe("So far");
  expect(error).toMatchObject({ kind: "unreachable" });
});

test.each([
  ["error", [chunk({ content: "So far" }), finish("error")]],
  ["abort", [chunk({ content: "So far" }), finish("abort")]],
  ["nothing", [{ id: "c", choices: [{ index: 0, delta: { content: "So far" }, finish_reason: "" }] }]],
])("an answer that finishes with %s is broken off", async (_reason, chunks) => {
  const { events, error } = await wire.stream("custom", chunks);
  expect(events).toEqual([{ type: "text", text: "So far" }]);
  expect(error).toMatchObject({ kind: "unreachable" });
});

test("an account's ids at OpenAI are not told to another vendor", async () => {
  vi.stubEnv("OPENAI_ORG_ID", "org-mine");
  vi.stubEnv("OPENAI_PROJECT_ID", "proj-mine");
  await wire.stream("mistral", [chunk({ content: "ok" }), finish()]);
  vi.unstubAllEnvs();
  expect(JSON.stringify(wire.server.requests().at(-1)?.headers)).not.toMatch(/org-mine|proj-mine/u);
});
