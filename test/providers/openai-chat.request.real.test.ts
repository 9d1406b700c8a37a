import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssistantMessage, Message } from "../../src/message.ts";
import type { ToolSpec } from "../../src/providers/provider.ts";
import { ask, callsOf } from "../support/provider-contract.ts";
import { chunk, finish, startChatWire } from "./chat-wire.ts";

/** What compatible vendors are asked, each in its own words. */

let wire: Awaited<ReturnType<typeof startChatWire>>;
const tool: ToolSpec = { name: "weather", description: "Tells it.", inputSchema: { type: "object" } };

beforeAll(async () => {
  wire = await startChatWire();
});
afterAll(() => wire.server.stop());

/** One tool round at a vendor, and the assistant's message as the next request has it. */
async function replayed(id: string, deltas: readonly object[]) {
  const { events } = await wire.stream(id, [...deltas.map((delta) => chunk(delta)), finish("tool_calls")]);
  const parts = events.flatMap((event): AssistantMessage["parts"] =>
    event.type === "thought" ? [event.part] : event.type === "tool-call" ? [event.call] : [],
  );
  const results = callsOf(events).map(({ id, name }) => ({
    type: "tool-result" as const,
    id,
    name,
    text: "rain",
    failed: false,
  }));
  const messages: Message[] = [
    { role: "user", parts: [{ type: "text", text: "Weather?" }] },
    { role: "assistant", parts },
    { role: "tool", parts: results },
  ];
  const body = await wire.sentBody(id, ask("m", "", { messages, instructions: "" }));
  return (body["messages"] as readonly Record<string, unknown>[])[1];
}

const weatherCallBack = { id: "call_1", type: "function", function: { name: "weather", arguments: "{}" } };
const weatherCall = {
  index: 0,
  id: "call_1",
  type: "function",
  function: { name: "weather", arguments: "{}" },
};

test("DeepSeek's thinking goes back with its call, and an empty one where it did not think", async () => {
  const thought = await replayed("deepseek", [
    { reasoning_content: "Look " },
    { reasoning_content: "it up." },
    { tool_calls: [weatherCall] },
  ]);
  expect(thought).toMatchObject({
    role: "assistant",
    reasoning_content: "Look it up.",
    tool_calls: [weatherCallBack],
  });
  expect(await replayed("deepseek", [{ tool_calls: [weatherCall] }])).toMatchObject({
    reasoning_content: "",
  });
});

test("Gemini's signature goes back with the very call it came with", async () => {
  const extra_content = { google: { thought_signature: "c2ln" } };
  const second = { ...weatherCall, index: 1, id: "call_2" };
  const message = await replayed("gemini", [
    { tool_calls: [{ ...weatherCall, extra_content }] },
    { tool_calls: [second] },
  ]);
  expect(message?.["tool_calls"]).toEqual([
    { ...weatherCallBack, extra_content },
    { ...weatherCallBack, id: "call_2" },
  ]);
});

test("Gemini takes over from a model that gave no signature", async () => {
  const parts = [{ type: "tool-call", id: "call_1", name: "weather", arguments: "{}" }] as const;
  const callsTo = async (model: string) => {
    const messages: Message[] = [{ role: "assistant", parts }];
    const body = await wire.sentBody("gemini", ask(model, "", { messages, instructions: "" }));
    return (body["messages"] as readonly Record<string, unknown>[])[0]?.["tool_calls"];
  };
  const extra_content = { google: { thought_signature: "skip_thought_signature_validator" } };
  expect(await callsTo("gemini-3.8-flash")).toEqual([{ ...weatherCallBack, extra_content }]);
  expect(await callsTo("gemini-2.5-flash")).toEqual([weatherCallBack]);
});

test("OpenRouter's reasoning details go back joined, in order, with their signature", async () => {
  const detail = (more: object) => ({
    type: "reasoning.text",
    index: 0,
    format: "anthropic-claude-v1",
    ...more,
  });
  const message = await replayed("openrouter", [
    { reasoning_details: [detail({ text: "Look " })] },
    { reasoning_details: [detail({ text: "it up.", signature: null })] },
    { reasoning_details: [detail({ signature: "c2ln" })] },
    { reasoning_details: [{ type: "reasoning.encrypted", index: 1, data: "eA==" }] },
    { tool_calls: [weatherCall] },
  ]);
  expect(message?.["reasoning_details"]).toEqual([
    detail({ text: "Look it up.", signature: "c2ln" }),
    { type: "reasoning.encrypted", index: 1, data: "eA==" },
  ]);
});

test.each([
  [
    "mistral",
    "mistral-medium-3-5",
    { reasoning_effort: "high", max_tokens: 100 + 16_384 },
    ["stream_options", "max_completion_tokens"],
  ],
  ["deepseek", "deepseek-v4-pro", { reasoning_effort: "high" }, ["max_completion_tokens"]],
  [
    "groq",
    "openai/gpt-oss-120b",
    { reasoning_effort: "high", max_completion_tokens: 100 + 16_384 },
    ["max_tokens"],
  ],
  ["groq", "llama-3.3-70b-versatile", { max_completion_tokens: 100, temperature: 0.5 }, ["reasoning_effort"]],
  ["openrouter", "x/y", { reasoning: { effort: "high" }, temperature: 0.5 }, ["reasoning_effort"]],
  ["azure", "gpt-5.4", { reasoning_effort: "high" }, ["temperature", "max_tokens"]],
  ["custom", "whatever", { max_tokens: 100, stream_options: { include_usage: true } }, ["reasoning_effort"]],
])("%s %s is asked in its own words", async (id, model, sent, left) => {
  const body = await wire.sentBody(
    id,
    ask(model, "Hi", { thinking: "high", maxOutputTokens: 100, temperature: 0.5, tools: [tool] }),
  );
  expect(body).toMatchObject(sent);
  for (const name of left) expect(body).not.toHaveProperty(name);
});

test("DeepSeek's thinking is turned off by a switch of its own", async () => {
  const body = await wire.sentBody("deepseek", ask("deepseek-v4-flash", "Hi", { thinking: "off" }));
  expect(body).toMatchObject({ thinking: { type: "disabled" } });
  expect(body).not.toHaveProperty("reasoning_effort");
});

const word = (reasoning_effort: string) => ({ reasoning_effort });
const budget = (thinking_budget?: number) => ({
  enable_thinking: true,
  ...(thinking_budget !== undefined && { thinking_budget }),
});

test.each([
  ["gemini", "gemini-3.8-flash", ["minimal", "low", "medium", "high", "high"].map(word)],
  ["xai", "grok-4.6", ["low", "low", "medium", "high", "high"].map(word)],
  ["mistral", "mistral-medium-3-5", ["none", "high", "high", "high", "high"].map(word)],
  ["groq", "openai/gpt-oss-20b", ["low", "low", "medium", "high", "high"].map(word)],
  ["azure", "gpt-5.4", ["low", "low", "medium", "high", "high"].map(word)],
  ["ollama", "qwen3:8b", ["none", "low", "medium", "high", "high"].map(word)],
  [
    "openrouter",
    "x/y",
    ["none", "low", "medium", "high", "xhigh"].map((effort) => ({ reasoning: { effort } })),
  ],
  [
    "deepseek",
    "deepseek-v4-pro",
    [{ thinking: { type: "disabled" } }, ...["low", "high", "high", "max"].map(word)],
  ],
  [
    "qwen",
    "qwen3.8-max",
    [{ enable_thinking: false }, budget(2_048), budget(6_144), budget(14_336), budget()],
  ],
  ["qwen", "qwen3-235b-a22b-instruct-2507", [{}, {}, {}, {}, {}]],
  ["mistral", "codestral-2508", [{}, {}, {}, {}, {}]],
])("%s tells %s how hard to think in its own words, from off to max", async (id, model, expected) => {
  const sent: object[] = [];
  for (const thinking of ["off", "low", "medium", "high", "max"] as const) {
    const body = await wire.sentBody(id, ask(model, "Hi", { thinking }));
    const controls = new Set([
      "reasoning_effort",
      "reasoning",
      "thinking",
      "enable_thinking",
      "thinking_budget",
    ]);
    sent.push(Object.fromEntries(Object.entries(body).filter(([name]) => controls.has(name))));
  }
  expect(sent).toEqual(expected);
});
