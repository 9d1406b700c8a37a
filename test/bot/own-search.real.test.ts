import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { createModels } from "../../src/providers/models.ts";
import { receiptPieces } from "../../src/text/receipt.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { makeFolder } from "../support/folder.ts";
import {
  claudeCalls,
  claudePauses,
  claudeSearches,
  gptCalls,
  gptSays,
  gptSearches,
  pages,
  searchItems,
  serverBlocks,
  sonarSearches,
} from "../support/recorded-search.ts";
import { type RawAnswer, type SseServer, startSseServer } from "../support/sse-server.ts";
import { testBot, testPersona } from "../support/test-core.ts";

/** A vendor's own search, from its bytes through its SDK to what people read and what goes back to it. */

let server: SseServer;
let before = 0;
beforeAll(async () => {
  server = await startSseServer();
});
beforeEach(() => {
  before = server.requests().length;
});
afterAll(() => server.stop());

const echo: Tool = {
  name: "echo",
  description: "Says it again.",
  input: z.object({}),
  status: "echoing",
  run: async () => ({ text: "echo" }),
};

type Fields = Parameters<typeof testPersona>[1];

async function openBot(model: string, fields: Fields = { search: "auto" }) {
  const entry = `{ baseUrl: "${server.url}", apiKey: key-1234567890, ownSearch: true }`;
  const cwd = makeFolder({
    "parlance.yaml": `
providers: { openai: ${entry}, anthropic: ${entry}, perplexity: ${entry} }
models: { pair: { model: anthropic/claude-sonnet-5, fallback: [openai/gpt-6-sol] } }
`,
  });
  const models = createModels(loadConfig({ env: {}, cwd }), createLog("silent"));
  const personas = [testPersona("assistant", { model, tools: ["echo"], ...fields })];
  const bot = await testBot({ models, personas, tools: [echo], settings: { searchByModel: true } });
  return {
    ...bot,
    shown: () => bot.chat.posts.at(-1)?.answer,
    async ask(text: string, ...answers: readonly RawAnswer[]) {
      server.enqueue(...answers);
      await bot.say(text);
      return bot.chat.posts.at(-1)?.answer;
    },
  };
}

/** The bodies that the vendor got in this test, but for questions about its models. */
const bodies = () =>
  server
    .requests()
    .slice(before)
    .filter(({ method }) => method === "POST")
    .map(({ body }) => body as { messages?: { role: string; content: unknown }[]; input?: unknown[] });

const found = (url: string, title: string, by: string) => ({ url, title, by });
const wikipediaBy = (by: string) => found(pages.wikipedia, "Eiffel Tower - Wikipedia", by);

describe("Claude's search", () => {
  test("has its citations numbered where they stand, with the words that Anthropic gives of them", async () => {
    const bot = await openBot("anthropic/claude-sonnet-5");
    const shown = await bot.ask("How tall is it?", claudeSearches());
    expect(shown?.text).toBe("Let me look.\n\nIt is 330 metres tall [1], and stands in Paris [1].");
    expect(shown?.sources).toEqual([wikipediaBy("Anthropic")]);
    expect(shown && receiptPieces(shown)).toContain("1 source found by Anthropic, not opened by me");
    await bot.command("sources");
    expect(bot.last()).toContain("As Anthropic's search quotes it; I have not opened the page.");
    expect(bot.last()).toContain("> The tower is 330 metres (1,083 ft) tall");
    // What it got of its search is for the turn alone: the next has the words, which anyone takes.
    await bot.ask("And how wide?", claudeSearches());
    const kept = bodies().at(-1)?.messages?.[1]?.content as { type: string; text: string }[];
    expect(kept.map(({ type }) => type)).toEqual(["text", "text"]);
    expect(kept.at(-1)?.text).toBe("\n\nIt is 330 metres tall [1], and stands in Paris [1].");
  });

  test("that pauses is gone on with, with what it said and found as it came", async () => {
    const bot = await openBot("anthropic/claude-sonnet-5");
    const shown = await bot.ask("How tall is it?", ...claudePauses());
    expect(shown?.text).toBe("It is 330 metres tall. [1]");
    expect(bodies()[1]?.messages?.at(-1)).toEqual({ role: "assistant", content: serverBlocks });
    // Both calls are paid for.
    expect(shown?.receipt?.usage).toMatchObject({ inputTokens: 4_000, outputTokens: 200, searches: 2 });
  });

  test("beside a call of our tools goes back whole, before it", async () => {
    const bot = await openBot("anthropic/claude-sonnet-5");
    const shown = await bot.ask("How tall is it?", ...claudeCalls("echo", {}));
    const said = bodies()[1]?.messages?.at(-2)?.content;
    expect(said).toEqual([
      ...serverBlocks,
      expect.objectContaining({ type: "text", text: "It is 330 metres tall." }),
      expect.objectContaining({ type: "tool_use", id: "toolu_1" }),
    ]);
    expect(shown?.text).toBe("It is 330 metres tall. [1]\n\nThat is all.");
    expect(shown?.sources).toEqual([wikipediaBy("Anthropic")]);
  });

  test("stays with its vendor: who takes over in the middle gets the words alone", async () => {
    const bot = await openBot("pair");
    const [searched] = claudeCalls("echo", {});
    const shown = await bot.ask(
      "How tall is it?",
      ...(searched ? [searched] : []),
      { status: 401, json: { type: "error", error: { type: "authentication_error", message: "No." } } },
      gptSays("That is all."),
    );
    expect(shown?.text).toBe("It is 330 metres tall. [1]\n\nThat is all.");
    expect(shown?.notices.join(" ")).toContain("openai/gpt-6-sol");
    const sent = JSON.stringify(bodies().at(-1));
    expect(sent).toContain("It is 330 metres tall.");
    expect(sent).not.toMatch(/srvtoolu|encrypted_content":"Eq/u);
  });
});

describe("GPT's search", () => {
  test("has its links become numbers, each page once", async () => {
    const bot = await openBot("openai/gpt-6-sol");
    const shown = await bot.ask("How tall is it?", gptSearches());
    expect(shown?.text).toBe(
      "It is 330 metres tall. [1] Six million people visit it. [2]\n\nIt is iron. [1]",
    );
    expect(shown?.sources).toEqual([
      wikipediaBy("OpenAI"),
      found(pages.official, "The Eiffel Tower", "OpenAI"),
    ]);
    expect(shown && receiptPieces(shown)).toContain("2 sources found by OpenAI, not opened by me");
    // There are no words of theirs to show.
    expect(shown?.actions?.map(({ label }) => label)).not.toContain("Passages");
    expect(bodies()[0]).toMatchObject({ tools: expect.arrayContaining([{ type: "web_search" }]) });
  });

  test("beside a call of our tools goes back with the thought before it", async () => {
    const bot = await openBot("openai/gpt-6-sol");
    const shown = await bot.ask("How tall is it?", ...gptCalls("echo", {}));
    const input = bodies()[1]?.input ?? [];
    expect(input.slice(-4)).toEqual([
      ...searchItems,
      expect.objectContaining({ type: "function_call", call_id: "call_1" }),
      expect.objectContaining({ type: "function_call_output", call_id: "call_1" }),
    ]);
    expect(shown?.text).toBe("That is all.");
  });
});

describe("Perplexity's search", () => {
  test("has its numbers put in our order; one that names nothing found is taken out and told", async () => {
    // Nobody asked for a search: that is what its models are for.
    const bot = await openBot("perplexity/sonar-pro", {});
    const shown = await bot.ask("How tall is it?", sonarSearches());
    expect(shown?.text).toBe("It is 330 metres tall. [1] Six million people visit it. [2][1] It hums.");
    expect(shown?.sources).toEqual([
      wikipediaBy("Perplexity"),
      found(pages.official, "The Eiffel Tower", "Perplexity"),
    ]);
    expect(shown?.receipt?.findings?.unsourced).toEqual(["It hums"]);
    await bot.command("sources");
    expect(bot.last()).toContain("> The tower is 330 metres tall.");
    expect(server.requests().at(-1)?.path).toBe("/responses");
    const [{ instructions: _, input: __, ...sent } = {}] = bodies() as Record<string, unknown>[];
    // It refuses every field that it does not know.
    expect(sent).toEqual({
      model: "perplexity/sonar",
      preset: "low",
      stream: true,
      store: false,
      tools: [{ type: "web_search" }],
      max_tool_calls: 8,
      max_output_tokens: 1_000,
    });
  });

  test("is never used by a persona that never searches", async () => {
    const bot = await openBot("perplexity/sonar-pro", { search: "never" });
    await bot.ask("How tall is it?", gptSays("330 m."));
    expect(bodies()[0]).toMatchObject({ max_tool_calls: 0 });
    expect(bodies()[0]).not.toHaveProperty("tools");
  });
});

describe("/search", () => {
  test("has the model's own search demanded, once, and its answer checked for one", async () => {
    const bot = await openBot("openai/gpt-6-sol", {});
    server.enqueue(...gptCalls("echo", {}));
    await bot.command("search", "How tall is it?");
    const [first, second] = bodies() as { tool_choice?: unknown; input?: unknown }[];
    expect(first?.tool_choice).toEqual({ type: "web_search" });
    expect(JSON.stringify(first?.input)).toContain("Search the web before you answer this question");
    expect(second).not.toHaveProperty("tool_choice");
    expect(bot.shown()?.notices).toEqual([]);
    server.enqueue(gptSays("I know that: 330 m."));
    await bot.command("search", "How tall is it?");
    expect(bot.shown()?.notices).toEqual(["You asked for a search, but the model answered without one."]);
  });

  test("of a persona that always searches is the same, and Claude is told in words", async () => {
    const bot = await openBot("anthropic/claude-sonnet-5", { search: "always" });
    const shown = await bot.ask("How tall is it?", claudeSearches());
    expect(JSON.stringify(bodies()[0]?.messages)).toContain("Search the web before you answer this question");
    expect(bodies()[0]).not.toHaveProperty("tool_choice");
    expect(shown?.notices).toEqual([]);
    // It stands with the question for this once.
    await bot.ask("And how wide?", claudeSearches());
    expect(JSON.stringify(bodies().at(-1)?.messages).match(/Search the web before/gu)).toHaveLength(1);
  });
});
