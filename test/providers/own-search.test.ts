import { expect, test } from "vitest";
import { createAnthropic } from "../../src/providers/anthropic.ts";
import { createOpenAiChat } from "../../src/providers/openai-chat.ts";
import { createOpenAiResponses } from "../../src/providers/openai-responses.ts";
import { presets } from "../../src/providers/presets.ts";
import type { Provider } from "../../src/providers/provider.ts";

const signal = new AbortController().signal;
const request = {
  model: "m",
  instructions: "Answer.",
  messages: [{ role: "user", parts: [{ type: "text", text: "Hi" }] }],
  stableMessages: 0,
  tools: [],
} as const;
const bodies = async (provider: Provider) => [
  await provider.body({ ...request, webSearch: true }, signal),
  await provider.body(request, signal),
];

test("OpenAI's own search is a tool of its own, at OpenAI alone", async () => {
  const openAi = await createOpenAiResponses({ id: "openai", apiKey: "k" });
  expect(openAi.searches?.("gpt")).toBe(true);
  const [asked, plain] = await bodies(openAi);
  expect(asked).toMatchObject({ tools: [{ type: "web_search" }] });
  expect(plain).not.toHaveProperty("tools");
  const other = await createOpenAiResponses({ id: "other", apiKey: "k", baseUrl: "https://llm.example/v1" });
  expect(other.searches?.("gpt")).toBe(false);
  expect((await bodies(other))[0]).not.toHaveProperty("tools");
});

test("Anthropic's is a server tool, used a few times at most", async () => {
  const [asked, plain] = await bodies(await createAnthropic({ id: "anthropic", apiKey: "k" }));
  expect(asked).toMatchObject({ tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 4 }] });
  expect(plain).not.toHaveProperty("tools");
});

test("a gateway at another address is asked for none, unless it is said to have one", async () => {
  const baseUrl = "https://llm.example";
  const other = await createAnthropic({ id: "anthropic", apiKey: "k", baseUrl });
  expect(other.searches?.("claude")).toBe(false);
  expect((await bodies(other))[0]).not.toHaveProperty("tools");
  const passing = await createAnthropic({ id: "anthropic", apiKey: "k", baseUrl, ownSearch: true });
  expect((await bodies(passing))[0]).toHaveProperty("tools");
});

test("OpenRouter's is a plugin, Perplexity's models are there for it, and others have none", async () => {
  const perplexity = await createOpenAiResponses({
    id: "perplexity",
    apiKey: "k",
    baseUrl: "https://api.perplexity.ai/v1",
  });
  expect(perplexity.searches?.("sonar")).toBe("always");

  const chat = (id: string) =>
    createOpenAiChat({ id, apiKey: "k", baseUrl: "https://x.example", quirks: presets[id]?.quirks ?? {} });
  const [openRouter, mistral] = await Promise.all(["openrouter", "mistral"].map(chat));
  expect([openRouter, mistral].map((each) => each?.searches?.("m"))).toEqual([true, false]);
  expect(openRouter && (await bodies(openRouter))[0]).toMatchObject({ plugins: [{ id: "web" }] });
  expect(mistral && (await bodies(mistral))[0]).not.toHaveProperty("plugins");
});
