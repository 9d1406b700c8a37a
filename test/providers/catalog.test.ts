import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { ProviderEntry } from "../../src/config-schema.ts";
import { createCatalog } from "../../src/providers/catalog.ts";
import { presets } from "../../src/providers/presets.ts";
import type { Usage } from "../../src/providers/provider.ts";

const entry = (more: Partial<ProviderEntry>): ProviderEntry => ({ models: {}, ...more });
const usage = (counts: Partial<Usage>): Usage => ({
  inputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  thinkingTokens: 0,
  ...counts,
});
const catalog = createCatalog({
  mine: entry({
    kind: "openai-chat",
    baseUrl: "https://models.example/v1",
    models: { small: { window: 8_000, images: true, tools: false } },
  }),
  "mistral-work": entry({ baseUrl: "https://api.mistral.ai/v1" }),
});

test("a cost is what the vendor's list makes of uncached, cached, written and output tokens", async () => {
  // claude-opus-5-5, per million: input 4, cache read 0.20, cache write 5, output 20 dollars.
  const counted = usage({
    inputTokens: 1_000_000,
    cachedTokens: 700_000,
    cacheWriteTokens: 200_000,
    outputTokens: 50_000,
    thinkingTokens: 30_000,
  });
  const byHand = 100_000 * 4e-6 + 700_000 * 0.2e-6 + 200_000 * 5e-6 + 50_000 * 20e-6;
  expect(byHand).toBeCloseTo(2.54, 10);
  expect(await catalog.costOf("anthropic", "claude-opus-5-5", counted)).toBeCloseTo(byHand, 10);
});

test("the cost of two calls is the sum of their costs, below a price's next tier", async () => {
  // gpt-6-luna, per million: input 0.10, cache read 0.01, output 0.50 dollars.
  const one = await catalog.costOf(
    "openai",
    "gpt-6-luna",
    usage({ inputTokens: 10_000, outputTokens: 1_000 }),
  );
  const two = await catalog.costOf(
    "openai",
    "gpt-6-luna",
    usage({ inputTokens: 20_000, cachedTokens: 10_000, outputTokens: 3_000 }),
  );
  expect(one).toBeCloseTo(0.001 + 0.0005, 10);
  expect(two).toBeCloseTo(0.001 + 0.0001 + 0.0015, 10);
  const both = await catalog.costOf(
    "openai",
    "gpt-6-luna",
    usage({ inputTokens: 30_000, cachedTokens: 10_000, outputTokens: 4_000 }),
  );
  expect(both).toBeCloseTo((one ?? 0) + (two ?? 0), 10);
});

test.each([
  ["openai", "no-such-model"],
  ["ollama", "llama3.2"],
  ["mine", "gpt-6-luna"],
  // Newer than the list: its elder's price is not its own.
  ["anthropic", "claude-sonnet-5-9"],
  ["anthropic", "claude-sonnet-5-5"],
])("a price nobody knows is not made up: %s/%s", async (provider, model) => {
  expect(await catalog.costOf(provider, model, usage({ inputTokens: 10 }))).toBeUndefined();
});

test("the demo is no model, and costs nothing", async () => {
  expect(await catalog.costOf("demo", "stand-in", usage({ inputTokens: 1_000_000 }))).toBe(0);
});

test("a dated name has the price and window of its model", async () => {
  expect(
    await catalog.costOf("anthropic", "claude-haiku-4-5-20251001", usage({ inputTokens: 1_000_000 })),
  ).toBeCloseTo(1, 10);
  expect(await catalog.windowOf("anthropic", "claude-haiku-4-5-20251001")).toBe(200_000);
});

test("impossible counts have no price", async () => {
  expect(
    await catalog.costOf("openai", "gpt-6-luna", usage({ inputTokens: 10, cachedTokens: 40 })),
  ).toBeUndefined();
});

test("a window is the configured one, else the listed one, else unknown", async () => {
  expect(await catalog.windowOf("mine", "small")).toBe(8_000);
  expect(await catalog.windowOf("openai", "gpt-6-sol")).toBe(1_050_000);
  expect(await catalog.windowOf("mistral-work", "mistral-large-2512")).toBe(262_144);
  expect(await catalog.windowOf("mine", "other")).toBeUndefined();
});

test.each([
  ["openai", "gpt-6-luna", true],
  ["anthropic", "claude-haiku-5-5", true],
  ["deepseek", "deepseek-v4-pro", false],
  ["groq", "openai/gpt-oss-120b", false],
  ["groq", "meta-llama/llama-4-scout-17b-16e-instruct", true],
  ["mistral", "mistral-medium-3-5", true],
  ["mistral", "codestral-2508", false],
  ["ollama", "llama3.2", false],
  ["ollama", "qwen2.5vl:7b", true],
  ["mine", "small", true],
  ["mine", "other", false],
])("whether %s/%s sees: %s", (provider, model, sees) => {
  expect(catalog.sees(provider, model)).toBe(sees);
});

test("tools can be called unless the configuration or the vendor says no", () => {
  expect(catalog.callsTools("openai", "gpt-6-luna")).toBe(true);
  expect(catalog.callsTools("mine", "small")).toBe(false);
  expect(catalog.callsTools("perplexity", "sonar-pro")).toBe(false);
});

const defaults = Object.entries(presets).flatMap(([id, { models }]) =>
  Object.values(models ?? {}).map((model) => ({ id, model })),
);
const require = createRequire(import.meta.url);
const modelTypes: Readonly<Record<string, string>> = {
  openai: join(dirname(require.resolve("openai")), "resources/shared.d.ts"),
  anthropic: join(dirname(require.resolve("@anthropic-ai/sdk")), "resources/messages/messages.d.ts"),
};

test.each(defaults)(
  "$id/$model, a default, is a model its SDK or the price list knows",
  async ({ id, model }) => {
    const types = modelTypes[id];
    if (types) expect(await readFile(types, "utf8")).toContain(`'${model}'`);
    else expect(await catalog.costOf(id, model, usage({ inputTokens: 1000 }))).toBeGreaterThan(0);
  },
);

test("a configured price goes before the list's, with its own for the cache", async () => {
  const price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, output: 15 };
  const configured = createCatalog({
    anthropic: { models: { "claude-new": { price }, "claude-plain": { price: { input: 2, output: 8 } } } },
  });
  const usage = {
    inputTokens: 10_000,
    cachedTokens: 6_000,
    cacheWriteTokens: 1_000,
    outputTokens: 2_000,
    thinkingTokens: 500,
  };
  // 3,000 x 3 + 6,000 x 0.3 + 1,000 x 3.75 + 2,000 x 15, per million.
  expect(await configured.costOf("anthropic", "claude-new", usage)).toBeCloseTo(0.04455, 10);
  // 10,000 x 2 + 2,000 x 8, per million.
  expect(await configured.costOf("anthropic", "claude-plain", usage)).toBeCloseTo(0.036, 10);
});
