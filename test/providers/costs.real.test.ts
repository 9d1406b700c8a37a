import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { createModels } from "../../src/providers/models.ts";
import { receiptPieces } from "../../src/text/receipt.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { makeFolder } from "../support/folder.ts";
import { anthropicMessage, chatCompletion, openAiResponse } from "../support/recorded.ts";
import { type RawAnswer, type SseServer, startSseServer } from "../support/sse-server.ts";
import { testBot, testPersona } from "../support/test-core.ts";

/**
 * From a vendor's bytes through its SDK to the line that people read. The numbers in the comments are dollars per million
 * tokens, as the vendors' pages and @pydantic/genai-prices 0.1.8 have them: when a new version of that changes one, so does
 * the calculation here.
 */

let server: SseServer;
beforeEach(async () => {
  server = await startSseServer();
});
afterEach(async () => {
  vi.useRealTimers();
  await server.stop();
});

const echo: Tool = {
  name: "echo",
  description: "Says it again.",
  input: z.object({}),
  status: "echoing",
  run: async () => ({ text: "echo" }),
};

/** Asks the model of this name, which answers so, call by call. */
async function ask(model: string, ...answers: readonly RawAnswer[]) {
  const entry = (more = "") => `{ baseUrl: "${server.url}", apiKey: key-1234567890${more} }`;
  const cwd = makeFolder({
    "parlance.yaml": `
providers:
  openai: ${entry()}
  azure: ${entry()}
  anthropic: ${entry()}
  gemini: ${entry()}
  deepseek: ${entry()}
  mine: ${entry(", kind: openai-chat, models: { small: { price: { input: 1, cachedInput: 0.5, output: 4 } } }")}
  perplexity: ${entry()}
  own: ${entry(", kind: anthropic, models: { small: { price: { input: 1, output: 4 } }, priced: { price: { input: 1, output: 4, search: 10 } } }")}
models:
  pair: { model: anthropic/claude-opus-5-5, fallback: [deepseek/deepseek-v4-flash] }
`,
  });
  const models = createModels(loadConfig({ env: {}, cwd }), createLog("silent"));
  const personas = [testPersona("assistant", { model, footer: "full", tools: ["echo"] })];
  const { say, chat, core } = await testBot({ models, personas, tools: [echo] });
  server.enqueue(...answers);
  await say("Hi");
  const { answer } = chat.posts.at(-1) ?? {};
  const receipt = answer?.receipt;
  const pieces = answer ? receiptPieces(answer) : [];
  const [account] = await core.store.people.accounts("fake:kim");
  // What was reckoned, what is shown and what limits count is one and the same.
  expect(account?.costUsd).toEqual(
    receipt?.costUsd === undefined ? undefined : expect.closeTo(receipt.costUsd, 9),
  );
  return { cost: receipt?.costUsd, line: pieces.slice(0, -1).join(" · ") };
}

test("OpenAI's Responses: read from the cache, written to it, and thought", async () => {
  const { cost, line } = await ask(
    "openai/gpt-6-sol",
    openAiResponse({
      input_tokens: 12_345,
      input_tokens_details: { cached_tokens: 10_240, cache_write_tokens: 1_024 },
      output_tokens: 420,
      output_tokens_details: { reasoning_tokens: 256 },
      total_tokens: 12_765,
    }),
  );
  // Input 2, cached 0.20, written 2.50, output 10; the rest of the input is 12,345 - 10,240 - 1,024 = 1,081.
  // 0.002162 + 0.002048 + 0.00256 + 0.0042
  expect(cost).toBeCloseTo(0.01097, 12);
  expect(line).toBe(
    "openai/gpt-6-sol · 12.3k in, 420 out · $0.011 · 83 % cached · 256 thinking · 1 % of the window",
  );
});

test("OpenAI's Chat Completions: cached and thought", async () => {
  const { cost, line } = await ask(
    "azure/gpt-5.4",
    chatCompletion({
      prompt_tokens: 2_006,
      completion_tokens: 300,
      total_tokens: 2_306,
      prompt_tokens_details: { cached_tokens: 1_920, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 192,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    }),
  );
  // Input 2.50, cached 0.25, output 15: 86 x 2.50 + 1,920 x 0.25 + 300 x 15 = 215 + 480 + 4,500 millionths
  expect(cost).toBeCloseTo(0.005195, 12);
  expect(line).toBe(
    "azure/gpt-5.4 · 2.01k in, 300 out · $0.0052 · 96 % cached · 192 thinking · < 1 % of the window",
  );
});

test("Anthropic: read from the cache, written to it for minutes and for an hour, and thought", async () => {
  const input = {
    input_tokens: 2_000,
    cache_read_input_tokens: 150_000,
    cache_creation_input_tokens: 30_000,
    cache_creation: { ephemeral_5m_input_tokens: 20_000, ephemeral_1h_input_tokens: 10_000 },
    output_tokens: 2,
    service_tier: "standard",
  };
  const { cost, line } = await ask(
    "anthropic/claude-opus-5-5",
    anthropicMessage(input, {
      input_tokens: 2_000,
      cache_read_input_tokens: 150_000,
      cache_creation_input_tokens: 30_000,
      output_tokens: 1_500,
      output_tokens_details: { thinking_tokens: 900 },
    }),
  );
  // Input 4, read 0.20, written 5 and 8, output 20:
  // 2,000 x 4 + 150,000 x 0.20 + 20,000 x 5 + 10,000 x 8 + 1,500 x 20 = 8 + 30 + 100 + 80 + 30 thousandths
  expect(cost).toBeCloseTo(0.248, 12);
  expect(line).toBe(
    "anthropic/claude-opus-5-5 · 182k in, 1.5k out · $0.25 · 82 % cached · 900 thinking · 18 % of the window",
  );
});

/** Gemini's completion leaves out what was thought: only the total has it. */
const gemini = (prompt: number, { cached = 0, said = 800, thought = 1_200, delta = {} } = {}): RawAnswer =>
  chatCompletion(
    {
      prompt_tokens: prompt,
      completion_tokens: said,
      total_tokens: prompt + said + thought,
      ...(cached > 0 && { prompt_tokens_details: { cached_tokens: cached } }),
    },
    { content: "Hello.", ...delta },
  );

test("Gemini: a long prompt costs more, and its thinking is paid as output", async () => {
  const { cost, line } = await ask("gemini/gemini-3.1-pro-preview", gemini(210_000, { cached: 60_000 }));
  // Above 200,000: input 4, cached 0.40, output 18. 150,000 x 4 + 60,000 x 0.40 + 2,000 x 18 = 600 + 24 + 36 thousandths
  expect(cost).toBeCloseTo(0.66, 12);
  expect(line).toBe("gemini/gemini-3.1-pro-preview · 210k in, 2k out · $0.66 · 29 % cached · 1.2k thinking");
});

test("Gemini: up to the tier's bound it costs less", async () => {
  const { cost } = await ask("gemini/gemini-3.1-pro-preview", gemini(200_000));
  // Input 2, output 12: 200,000 x 2 + 2,000 x 12 = 400 + 24 thousandths
  expect(cost).toBeCloseTo(0.424, 12);
});

test("Gemini: two short prompts of one answer are no long one", async () => {
  const tool_calls = [
    { index: 0, id: "call_1", type: "function", function: { name: "echo", arguments: "{}" } },
  ];
  const { cost, line } = await ask(
    "gemini/gemini-3.1-pro-preview",
    gemini(150_000, { said: 20, thought: 0, delta: { tool_calls } }),
    gemini(150_100, { said: 30, thought: 0 }),
  );
  // Input 2, output 12: 150,000 x 2 + 20 x 12, and 150,100 x 2 + 30 x 12. Counted as one prompt of 300,100 it were twice that.
  expect(cost).toBeCloseTo(0.30024 + 0.30056, 12);
  expect(line).toBe("gemini/gemini-3.1-pro-preview · 300k in, 50 out · $0.60 · tools: echo");
});

const deepSeek = chatCompletion({
  prompt_tokens: 10_000,
  completion_tokens: 1_000,
  total_tokens: 11_000,
  prompt_tokens_details: { cached_tokens: 8_000 },
  completion_tokens_details: { reasoning_tokens: 600 },
  prompt_cache_hit_tokens: 8_000,
  prompt_cache_miss_tokens: 2_000,
});

test.each([
  // Input 0.22, cached 0.007, output 0.66: 440 + 56 + 660 millionths
  ["in the afternoon", "2026-11-26T12:00:00Z", 0.001156, "$0.0012"],
  // From 1:00 to 4:00 and from 6:00 to 10:00 UTC all of it is twice as much.
  ["at the busy hours", "2026-11-26T02:30:00Z", 0.002312, "$0.0023"],
])("DeepSeek: its own cache counts, %s", async (_when, now, byHand, shown) => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) });
  const { cost, line } = await ask("deepseek/deepseek-v4-flash", deepSeek);
  expect(cost).toBeCloseTo(byHand, 12);
  expect(line).toBe(
    `deepseek/deepseek-v4-flash · 10k in, 1k out · ${shown} · 80 % cached · 600 thinking · 1 % of the window`,
  );
});

test("a model that took over is the one on the receipt, and both are paid", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-26T12:00:00Z") });
  const input = { input_tokens: 5_000, output_tokens: 100 };
  const { cost, line } = await ask(
    "pair",
    anthropicMessage(input, {}, "drop"),
    { status: 401, json: { error: { type: "authentication_error", message: "No." } } },
    deepSeek,
  );
  // 5,000 x 4 + 100 x 20 = 22 thousandths of Anthropic's, and 0.001156 as above.
  expect(cost).toBeCloseTo(0.022 + 0.001156, 12);
  expect(line).toMatch(/^deepseek\/deepseek-v4-flash · 15k in, 1\.1k out · \$0\.023 · /u);
});

const searching = (searches: number) => ({
  output_tokens: 100,
  server_tool_use: { web_search_requests: searches },
});

test("the vendor's own searches are in the cost", async () => {
  const { cost, line } = await ask(
    "anthropic/claude-sonnet-5",
    anthropicMessage({ input_tokens: 1_000, output_tokens: 1 }, searching(2)),
  );
  // Input 2, output 10, a thousand searches 10: 0.002 + 0.001 + 0.02
  expect(cost).toBeCloseTo(0.023, 12);
  expect(line).toContain("1k in, 100 out · $0.023 · ");
});

test("what the vendor says that it cost goes before what anyone reckons", async () => {
  const { cost } = await ask(
    "perplexity/sonar",
    openAiResponse({
      input_tokens: 3_007,
      output_tokens: 37,
      cost: { total_cost: 0.00505, currency: "USD" },
    }),
  );
  expect(cost).toBe(0.00505);
});

test("searches at a price that nobody told stand beside the cost", async () => {
  const { cost, line } = await ask(
    "own/small",
    anthropicMessage({ input_tokens: 1_000, output_tokens: 1 }, searching(2)),
  );
  expect(cost).toBeCloseTo(0.0014, 12);
  expect(line).toContain(" · $0.0014 + 2 searches");
  const priced = await ask(
    "own/priced",
    anthropicMessage({ input_tokens: 1_000, output_tokens: 1 }, searching(2)),
  );
  expect(priced.cost).toBeCloseTo(0.0214, 12);
});

test("a model without a known price shows tokens only", async () => {
  const input = { input_tokens: 2_000, output_tokens: 1 };
  const { cost, line } = await ask(
    "anthropic/claude-sonnet-5-5",
    anthropicMessage(input, { output_tokens: 420 }),
  );
  expect(cost).toBeUndefined();
  expect(line).toBe("anthropic/claude-sonnet-5-5 · 2k in, 420 out");
});

test("a price of one's own goes before the list", async () => {
  const { line } = await ask("mine/small", deepSeek);
  // 2,000 x 1 + 8,000 x 0.50 + 1,000 x 4 = 10 thousandths
  expect(line).toContain("10k in, 1k out · $0.010 · ");
});
