import { describe, expect, test } from "vitest";
import type { InboundMessage } from "../../src/chat.ts";
import { councilSchema } from "../../src/council/schema.ts";
import { ProviderError } from "../../src/providers/provider.ts";
import type { SearchBackend } from "../../src/search/search.ts";
import { noUsage } from "../../src/turn-progress.ts";
import { councilModel } from "../support/council.ts";
import type { Asking } from "../../src/asking.ts";
import type { Conversation } from "../../src/conversation/conversation.ts";
import { holdSearch } from "../../src/search-first.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { answer } from "../support/events.ts";
import { message } from "../support/questions.ts";
import { say as says, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, type TestBotOptions, testPersona } from "../support/test-core.ts";

const dollar = 1e9;

/** A bot whose searches cost half a dollar each, and an answer a tenth of a cent. */
async function paying(options: TestBotOptions): Promise<{ bot: TestBot; searches: () => number }> {
  let count = 0;
  const backend: SearchBackend = {
    name: "Paid",
    price: 0.5,
    async search() {
      count++;
      return [{ url: `https://example.org/${count}`, title: "Found", text: "Something." }];
    },
  };
  const scripts = Array.from({ length: 9 }, () => [says("Found."), usage(9_000, 2), stop()]);
  const bot = await testBot({ backends: [backend], scripts, ...options });
  return { bot, searches: () => count };
}

const costOfAll = async ({ core }: TestBot): Promise<number> =>
  (await core.store.ledger.usage({ since: 0, by: ["day"] })).reduce(
    (sum, { costNano }) => sum + costNano,
    0,
  ) / dollar;

const told = ({ chat }: TestBot): string => chat.posts.at(-1)?.answer.notices?.join(" ") ?? "";

describe("a question that is to be searched for first", () => {
  test.each([
    ["of messages", { person: { messages: { hour: 1 } } }, "You have asked 1 question this hour"],
    ["of tokens", { person: { tokens: { day: 12_000 } } }, "only 2,998 tokens are left"],
    ["of money", { all: { usd: { day: 0.7 } } }, "only 0.20 dollars are left"],
  ])("is held to the limits %s before anything is paid", async (_, limits, sentence) => {
    const { bot, searches } = await paying({ limits });
    for (const question of ["one", "two", "three", "four"]) await bot.command("search", question);
    expect(bot.model.requests).toHaveLength(1);
    expect(searches()).toBe(1);
    expect(told(bot)).toContain(sentence);
    expect(await costOfAll(bot)).toBe(0.501);
  });

  test("is not searched for where there is no room for its answer", async () => {
    const { bot, searches } = await paying({ limits: { person: { tokens: { day: 100 } } } });
    await bot.command("search", "one");
    expect(told(bot)).toContain("more than your 100 tokens for today");
    expect([searches(), bot.model.requests.length]).toEqual([0, 0]);
  });

  test("holds back what was paid until the answer counts it, so that of several at once none overdraws", async () => {
    const { bot, searches } = await paying({ limits: { all: { usd: { day: 1.1 } } } });
    const people = ["a", "b", "c", "d"].map((name) => ({
      thread: `fake:${name}`,
      author: { id: `fake:${name}`, name },
    }));
    await Promise.all(people.map((person) => bot.command("search", person.author.name, person)));
    expect(searches()).toBe(2);
    expect(await costOfAll(bot)).toBe(1.002);
  });

  test("counts what the search cost also where the model fails", async () => {
    const busy = new ProviderError("overloaded", { provider: "scripted", message: "no" });
    const { bot, searches } = await paying({
      limits: { all: { usd: { day: 2 } } },
      personas: [testPersona("assistant", { model: "scripted/busy" })],
      streams: {
        "scripted/busy": () => {
          throw busy;
        },
      },
    });
    await bot.command("search", "one");
    expect(searches()).toBe(1);
    expect(await costOfAll(bot)).toBe(0.5);
    expect(await bot.core.limits.budgets("all")).toMatchObject([{ used: 0.5 * dollar, held: 0 }]);
  });

  test("counts it where a council answers", async () => {
    const models = ["a/one", "b/two"];
    const { bot, searches } = await paying({
      limits: { all: { usd: { day: 0.7 } } },
      personas: [testPersona("assistant", { search: "always" })],
      streams: Object.fromEntries(
        models.map((name) => [name, councilModel(name, [], { answer: answer("Yes.") }).stream]),
      ),
      settings: { council: councilSchema.parse({ members: models, chair: "b/two" }) },
    });
    await bot.command("council", "one?");
    expect(searches()).toBe(1);
    // The search, two answers and what sums them up.
    expect(await costOfAll(bot)).toBe(0.503);
    await bot.command("council", "two?");
    expect(searches()).toBe(1);
    expect(told(bot)).toContain("dollars are left");
  });
});

const kims = "fake:kim" as ConversationKey;

describe("a search that was under way when its process was killed", () => {
  const plain = { ...message("m1", "one"), messageId: "m1" };
  const asked = { ...plain, search: true } as const;

  /** A bot, and the job that another process left it. */
  const left = async (inbound: InboundMessage, options: TestBotOptions = {}) => {
    const { bot, searches } = await paying({ limits: { all: { usd: { day: 9 } } }, ...options });
    const { store } = bot.core;
    await store.inbox.put(kims, { id: "fake:m1", seq: "1", at: Date.now(), inbound });
    const job = await store.outbox.begin(kims, { id: "j1", events: ["fake:m1"], posts: {} });
    if (!job) throw new Error("no answer was begun");
    return { bot, searches, job };
  };
  const goOn = async (bot: TestBot) => {
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith("m1");
    expect(bot.last()).toBe("Found.");
  };

  test("before the answer counts, and no call of a model that was not made", async () => {
    const { bot, searches, job } = await left(asked);
    const { core } = bot;
    const persona = core.personas.fallback();
    const conversation = { bound: {} } as Conversation;
    const asking = { message: asked, persona, conversation, job: job.id, attempt: job.attempt } as Asking;
    await holdSearch(core, asking, await core.models.choose("scripted/model"));
    await goOn(bot);
    expect(searches()).toBe(1);
    expect(await costOfAll(bot)).toBe(0.5 + 0.501);
    const accounts = await core.store.people.accounts("fake:kim");
    expect(accounts.map(({ usage, isEstimate }) => [usage.inputTokens, isEstimate])).toEqual([
      [0, true],
      [9_000, false],
    ]);
  });

  test("as a tool counts beside the call that wanted it", async () => {
    const personas = [testPersona("assistant", { search: "auto" })];
    const { bot, searches, job } = await left(plain, { personas });
    const search = { type: "tool-call", id: "1", name: "search", arguments: '{"query":"one"}' } as const;
    const told = { ...noUsage, inputTokens: 9_000, outputTokens: 2 };
    await bot.core.limits.reserve(
      { ...job, inbound: plain, persona: "assistant" },
      { model: "scripted/model", promptTokens: 900, request: { maxOutputTokens: 5_000, thinking: "off" } },
    );
    await bot.core.store.outbox.rounds(job, {
      messages: [],
      open: { parts: [search], usage: told, results: [null] },
      spent: [{ model: "scripted/model", usage: told }],
      model: "scripted/model",
      tools: ["search"],
      by: { attempt: job.attempt, calls: 1, feesUsd: 0 },
    });
    await goOn(bot);
    expect(searches()).toBe(1);
    expect(await costOfAll(bot)).toBe(0.501 + 0.501);
  });
});

describe("a paid backend whose price nobody told", () => {
  const asked: string[] = [];
  const backend = (name: string, price?: SearchBackend["price"]): SearchBackend => ({
    name,
    ...(price !== undefined && { price }),
    async search() {
      asked.push(name);
      return [{ url: "https://example.org/", title: "Found", text: "Something." }];
    },
  });
  const searching = async (options: TestBotOptions) => {
    asked.length = 0;
    const { bot } = await paying(options);
    await bot.command("search", "one");
    return bot;
  };
  const limits = { all: { usd: { day: 5 } } };

  test("is left out where money is limited, and the others are asked", async () => {
    await searching({ limits, backends: [backend("Dear", "unknown"), backend("Wikipedia")] });
    expect(asked).toEqual(["Wikipedia"]);
  });

  test("is named with the reason where there is no other", async () => {
    const bot = await searching({ limits, backends: [backend("Dear", "unknown")] });
    expect(asked).toEqual([]);
    expect(told(bot)).toContain(
      "I can't search right now (Dear: nobody told me what a search costs, so I may not use it while a budget in dollars holds).",
    );
    expect(bot.last()).toBe("Found.");
  });

  test("is asked where money is not limited, which stands under the answer", async () => {
    const bot = await searching({ backends: [backend("Dear", "unknown"), backend("Wikipedia")] });
    expect(asked).toEqual(["Dear"]);
    expect(bot.chat.posts.at(-1)?.answer.receipt).toMatchObject({ costUsd: 0.001, unpriced: 1 });
  });
});

test("the receipt of a council that goes on after a restart has all searches in it, and says which have no price", async () => {
  const models = ["a/one", "b/two"];
  const { bot } = await paying({
    backends: [
      { name: "None", price: "unknown", search: async () => [] },
      { name: "Paid", price: 0.5, search: async () => [] },
    ],
    personas: [testPersona("assistant", { search: "always", council: true })],
    streams: Object.fromEntries(
      models.map((name) => [name, councilModel(name, [], { answer: answer("Yes.") }).stream]),
    ),
    settings: { council: councilSchema.parse({ members: models, chair: "b/two" }) },
  });
  const { store } = bot.core;
  const inbound = { ...message("m1", "one"), messageId: "m1" };
  await store.inbox.put(kims, { id: "fake:m1", seq: "1", at: Date.now(), inbound });
  const job = await store.outbox.begin(kims, { id: "j1", events: ["fake:m1"], posts: {} });
  if (!job) throw new Error("no answer was begun");
  const said = { model: "a/one", text: "Yes.", tools: [], sources: [], usage: noUsage, elapsedMs: 0 };
  await store.outbox.council(job, {
    answers: [{ ...said, costUsd: 0.001 }],
    ballots: [],
    fees: { usd: 0.5, unpriced: 1 },
  });
  await bot.bot.work([bot.chat]);
  await bot.chat.dealtWith("m1");
  const { receipt } = bot.chat.posts.at(-1)?.answer ?? {};
  expect(receipt?.costUsd).toBeCloseTo(2 * 0.5 + 3 * 0.001);
  expect(receipt?.unpriced).toBe(2);
});

test("/context searches for nothing, though its persona always does", async () => {
  const { bot, searches } = await paying({ personas: [testPersona("assistant", { search: "always" })] });
  await bot.command("context");
  expect(bot.last()).toContain("tokens");
  expect(searches()).toBe(0);
});
