import { pino } from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { createModels } from "../../src/providers/models.ts";
import { attachment, png } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { startSseServer } from "../support/sse-server.ts";
import { testBot, type TestBot } from "../support/test-core.ts";
import { chunk, finish } from "./chat-wire.ts";
import { busy, chatSays } from "./vendors.ts";

const told = ({ chat }: TestBot): string => JSON.stringify(chat.posts.map(({ answer }) => answer.notices));

const usage = { prompt_tokens: 2_000, completion_tokens: 900, total_tokens: 2_900 };
const dear = {
  events: [chunk({ content: "Dear." }), finish(), { id: "c", choices: [], usage }, "data: [DONE]\n\n"],
};

describe("what stands in for a model that fails, while dollars are limited", () => {
  /** Two vendors, the first of which is overloaded. */
  async function pair(standInPrice: string, usd = 0.5) {
    const [one, two] = await Promise.all([startSseServer(), startSseServer()]);
    onTestFinished(async () => void (await Promise.all([one.stop(), two.stop()])));
    const cwd = makeFolder({
      "parlance.yaml": `
providers:
  a: { kind: openai-chat, baseUrl: "${one.url}", apiKey: key-chat-12345678, models: { one: { price: { input: 1, output: 1 } } } }
  b: { kind: openai-chat, baseUrl: "${two.url}", apiKey: key-chat-12345678, models: { two: { ${standInPrice} } } }
models:
  smart: { model: a/one, fallback: [b/two] }
limits: { all: { usd: { day: ${usd} } } }
`,
    });
    const config = loadConfig({ env: {}, cwd });
    const lines: string[] = [];
    const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
    const bot = await testBot({ models: createModels(config, log), limits: config.limits });
    one.enqueue(busy, busy, busy);
    two.enqueue(dear);
    return { bot, two, lines };
  }

  test("is what is held back for, where it is dearer", async () => {
    const { bot, two } = await pair("price: { input: 100, output: 500 }");
    await bot.say("hi");
    expect(two.requests()).toHaveLength(0);
    expect(told(bot)).toContain("more than everyone's 0.50 dollars for today");
  });

  test("is left out where nobody knows its price", async () => {
    const { bot, two, lines } = await pair("");
    await bot.say("hi");
    expect(two.requests()).toHaveLength(0);
    expect(told(bot)).toContain("overloaded");
    expect(lines.join()).toContain("I can't tell what b/two costs");
    expect(await bot.core.limits.budgets("all")).toMatchObject([{ used: 0, held: 0 }]);
  });

  test("answers where there is room for it", async () => {
    const { bot } = await pair("price: { input: 100, output: 500 }", 20);
    await bot.say("hi");
    expect(bot.last()).toBe("Dear.");
    expect(await bot.core.limits.budgets("all")).toMatchObject([{ used: 0.65e9, held: 0 }]);
  });
});

test("what stands in and sees no pictures says so where there are some, once", async () => {
  const [one, two] = await Promise.all([startSseServer(), startSseServer()]);
  onTestFinished(async () => void (await Promise.all([one.stop(), two.stop()])));
  const cwd = makeFolder({
    "parlance.yaml": `
providers:
  a: { kind: openai-chat, baseUrl: "${one.url}", apiKey: key-chat-12345678, models: { one: { images: true } } }
  b: { kind: openai-chat, baseUrl: "${two.url}", apiKey: key-chat-12345678, models: { two: { images: false } } }
models: { smart: { model: a/one, fallback: [b/two] } }
`,
  });
  const bot = await testBot({
    models: createModels(loadConfig({ env: {}, cwd }), pino({ level: "silent" })),
  });
  one.enqueue(busy, busy, busy);
  two.enqueue(chatSays(["Fine."]), chatSays(["A cat, I suppose."]));
  await bot.say("How are you?");
  await bot.say("What is this?", { attachments: [attachment("cat.png", png, "image/png")] });
  const overloaded = "a/one was overloaded; b/two answered.";
  expect(bot.chat.posts.map(({ answer }) => answer.notices)).toEqual([
    [overloaded],
    [overloaded, "b/two can't see pictures, so it answered without looking at them."],
  ]);
});

test.each([12.5, 1e30, -3])(
  "a vendor that counts %d tokens keeps no answer from being stored",
  async (tokens) => {
    const vendor = await startSseServer();
    onTestFinished(() => vendor.stop());
    const yaml = `providers: { a: { kind: openai-chat, baseUrl: "${vendor.url}", apiKey: key-chat-12345678 } }\nmodels: { smart: a/one }`;
    const cwd = makeFolder({ "parlance.yaml": yaml });
    const bot = await testBot({
      models: createModels(loadConfig({ env: {}, cwd }), pino({ level: "silent" })),
    });
    const odd = { prompt_tokens: tokens, completion_tokens: tokens, cost: tokens };
    const counted = { id: "c", choices: [], usage: odd };
    vendor.enqueue({ events: [chunk({ content: "Hi." }), finish(), counted, "data: [DONE]\n\n"] });
    await bot.say("hi");
    expect(bot.chat.posts.map(({ answer }) => [answer.state, answer.text])).toEqual([["done", "Hi."]]);
  },
);
