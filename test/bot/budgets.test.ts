import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createBreakers } from "../../src/providers/breaker.ts";
import { streamWithFailover } from "../../src/providers/failover.ts";
import { type Provider, ProviderError, type StreamEvent } from "../../src/providers/provider.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { answer, attachment, deleted, edited } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { message } from "../support/questions.ts";
import {
  call,
  say as says,
  type Script,
  type ScriptStep,
  stop,
  takeOver,
  usage,
} from "../support/scripted-model.ts";
import { testBot, type TestBot, testPersona } from "../support/test-core.ts";
import { english } from "../../src/words/words.ts";
import { until } from "../support/until.ts";

const kims = "fake:kim" as ConversationKey;

/** What stands against the tokens of Kim's day. */
async function tokensOf({ core: { limits } }: TestBot): Promise<{ used: number; held: number }> {
  const [budget] = await limits.budgets({ person: "fake:kim" });
  if (!budget) throw new Error("no budget holds");
  return { used: budget.used, held: budget.held };
}

test("an answer that another process has begun again meanwhile gives back nothing that is held for that one", async () => {
  const paused = Promise.withResolvers<void>();
  const bot = await testBot({
    limits: { person: { tokens: { day: 100_000 } } },
    scripts: [[says("Half"), usage(10, 2), paused.promise, stop()]],
  });
  void bot.say("one");
  while (bot.chat.posts.length === 0) await sleep(1);
  const { inbox, outbox } = bot.core.store;
  const [event] = await inbox.pending(kims, 1);
  if (event?.job === undefined) throw new Error("no answer was begun");
  const next = await outbox.begin(kims, { id: event.job, events: [event.id], posts: {} });
  if (!next) throw new Error("the answer can't be begun again");
  const job = { ...next, inbound: event.inbound, persona: "assistant" };
  const request = { maxOutputTokens: 1_000, thinking: "off" } as const;
  await bot.core.limits.reserve(job, { model: "scripted/model", promptTokens: 90_000, request });
  paused.resolve();
  while ((await tokensOf(bot)).used === 0) await sleep(1);
  await bot.bot.stop();
  expect(await tokensOf(bot)).toEqual({ used: 12, held: 93_048 });
});

const told = ({ chat }: TestBot): string => JSON.stringify(chat.posts.map(({ answer }) => answer.notices));

describe("counts, though it gave no answer", () => {
  const many: Script = [usage(40_000, 5), "wait"];

  test("a question that is deleted before its first word, each time", async () => {
    const bot = await testBot({
      limits: { person: { tokens: { day: 100_000 } } },
      scripts: [many, many, many],
    });
    for (const question of ["m1", "m2", "m3"]) {
      const asked = bot.model.requests.length;
      const dealtWith = bot.say("hi", { messageId: question });
      await Promise.race([until("the model is asked", () => bot.model.requests.length > asked), dealtWith]);
      await sleep(10);
      await bot.bot.receive(bot.chat, deleted(question));
      await dealtWith;
    }
    expect(bot.model.requests).toHaveLength(3);
    expect(await tokensOf(bot)).toEqual({ used: 120_015, held: 0 });
    await bot.say("more");
    expect(told(bot)).toContain("You have used today's 100,000 tokens");
  });

  test("one that is edited while it is answered: each is a message, and what its calls took counts", async () => {
    const bot = await testBot({
      limits: { person: { messages: { hour: 3 }, tokens: { day: 1_000_000 } } },
      scripts: [many, [says("Half"), usage(50_000, 5), "wait"], answer("Whole")],
    });
    const question = bot.say("one", { messageId: "m1" });
    for (const text of ["two", "three"]) {
      await until("the model is asked", () => bot.model.requests.length > 0);
      const asked = bot.model.requests.length;
      await sleep(20);
      await bot.bot.receive(bot.chat, edited("m1", text, text));
      await until("the model is asked", () => bot.model.requests.length > asked);
    }
    await question;
    await until(
      "it is answered",
      () => bot.last() === "Whole" && bot.chat.posts.at(-1)?.answer.state === "done",
    );
    expect(await tokensOf(bot)).toEqual({ used: 90_022, held: 0 });
    await bot.say("four");
    expect(told(bot)).toContain("You have asked 3 questions this hour");
  });

  test("one whose model fails after some rounds, and what it was sent when it had begun to speak", async () => {
    const busy = new ProviderError("overloaded", { provider: "scripted", message: "no" });
    const round: Script = [call("nothing", {}), usage(40_000, 5), stop("tools")];
    const bot = await testBot({
      limits: { person: { tokens: { day: 1_000_000 } } },
      scripts: [round, round, [says("Half"), busy]],
    });
    await bot.say("hi");
    const { used, held } = await tokensOf(bot);
    expect(held).toBe(0);
    expect(used).toBeGreaterThan(80_010);
    expect(used).toBeLessThan(81_000);
  });

  const words = "word ".repeat(400);
  test.each<[string, readonly ScriptStep[], (used: number) => void]>([
    [
      "what was sent to it and what it said, where it told nothing",
      [says(words), ...takeOver("other/model")],
      (used) => expect(used).toBeGreaterThan(500 + 112),
    ],
    [
      "what it told, where that is more",
      [usage(900, 600), says(words), ...takeOver("other/model", { inputTokens: 900, outputTokens: 600 })],
      (used) => expect(used).toBe(1_500 + 112),
    ],
  ])("a call that dies in mid-answer, when another model goes on: %s", async (_, died, check) => {
    const bot = await testBot({
      limits: { person: { tokens: { day: 100_000 } } },
      scripts: [[...died, says("and more"), usage(100, 12), stop()]],
    });
    await bot.say("hi");
    expect(bot.last()).toContain("and more");
    const { used, held } = await tokensOf(bot);
    expect(held).toBe(0);
    expect(used).toBeLessThan(2_000);
    check(used);
  });

  test("one that is stopped before its first word", async () => {
    const bot = await testBot({ limits: { person: { tokens: { day: 100_000 } } }, scripts: [many] });
    const question = bot.say("hi");
    await until("the model is asked", () => bot.model.requests.length > 0);
    await sleep(10);
    await bot.command("stop");
    await question;
    expect(await tokensOf(bot)).toEqual({ used: 40_005, held: 0 });
  });
});

test("a vendor that tells nothing at an orderly end is taken to have taken what was sent and said", async () => {
  const silent: Script = [says("word ".repeat(1_000)), stop()];
  const bot = await testBot({ limits: { person: { tokens: { day: 12_000 } } }, scripts: [silent, silent] });
  await bot.say("x ".repeat(1_000));
  const { used, held } = await tokensOf(bot);
  expect(held).toBe(0);
  expect(used).toBeGreaterThan(1_700);
  expect(used).toBeLessThan(2_200);
  expect(await bot.core.store.people.accounts("fake:kim")).toMatchObject([{ isEstimate: true }]);
  expect(bot.chat.posts.at(-1)?.answer.receipt?.costUsd).toBeUndefined();
  await bot.say("x ".repeat(1_000));
  await bot.say("more");
  expect(told(bot)).toContain("of your 12,000 tokens for today only");
});

test("a vendor that refuses before its first word takes nothing", async () => {
  const busy = new ProviderError("overloaded", { provider: "scripted", message: "no" });
  const bot = await testBot({
    limits: { person: { tokens: { day: 100_000 } } },
    streams: {
      "scripted/busy": () => {
        throw busy;
      },
    },
    personas: [testPersona("assistant", { model: "scripted/busy" })],
  });
  await bot.say("hi");
  expect(await tokensOf(bot)).toEqual({ used: 0, held: 0 });
});

test("what a call took that died before its first word counts, as far as its vendor told", async () => {
  const busy = new ProviderError("overloaded", { provider: "a", message: "no" });
  const dies: Provider = {
    id: "a",
    vendor: "a",
    async *stream() {
      yield usage(50_000, 4_000) as StreamEvent;
      throw busy;
    },
    body: async () => ({}),
  };
  const options = { breakers: createBreakers({ onChange: () => {} }), firstTokenMs: 1_000, idleMs: 1_000 };
  const bot = await testBot({
    limits: { person: { tokens: { day: 400_000 } } },
    streams: {
      "a/one": (request, signal) =>
        streamWithFailover(
          [{ provider: dies, model: "one" }],
          request,
          { ...options, sleep: async () => {} },
          signal,
        ),
    },
    personas: [testPersona("assistant", { model: "a/one" })],
  });
  await bot.say("hi");
  expect(await tokensOf(bot)).toEqual({ used: 162_000, held: 0 });
});

test("a question that is taken back while its file is fetched costs nothing, and is no message", async () => {
  const fetching = Promise.withResolvers<void>();
  const chat = fakeAdapter();
  const bot = await testBot({
    chat: {
      ...chat,
      download: (_, signal) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error));
          fetching.resolve();
        }),
    },
    limits: { person: { messages: { hour: 1 }, tokens: { day: 100_000 } } },
    scripts: [answer("Hello")],
  });
  const attachments = [attachment("a.txt", Buffer.from("text"))];
  const question = bot.say("read it", { messageId: "m1", attachments });
  await fetching.promise;
  await bot.bot.receive(bot.chat, deleted("m1"));
  await question;
  await bot.say("hi");
  expect(bot.last()).toBe("Hello");
  expect(await tokensOf(bot)).toEqual({ used: 12, held: 0 });
});

test("an answer that goes on after a restart counts once, with what the first process took", async () => {
  const dataFolder = makeFolder();
  const limits = { person: { messages: { hour: 2 }, tokens: { day: 100_000 } } };
  const round: Script = [call("nothing", {}), usage(1_000, 10), stop("tools")];
  const first = await testBot({
    dataFolder,
    limits,
    scripts: [round, [usage(500, 5), says("Half"), "wait"]],
  });
  void first.say("hi");
  await until("half is said", () => first.last() === "Half");
  await first.bot.stop();
  expect(await tokensOf(first)).toEqual({ used: 1_515, held: 0 });
  await first.core.store.close();
  const next = await testBot({
    dataFolder,
    limits,
    chat: first.chat,
    scripts: [answer("Whole"), answer("B")],
  });
  await next.bot.work([first.chat]);
  await until(
    "it is answered",
    () => next.last() === "Whole" && next.chat.posts.at(-1)?.answer.state === "done",
  );
  expect(await tokensOf(next)).toEqual({ used: 1_527, held: 0 });
  await next.say("another");
  expect(next.last()).toBe("B");
});

describe("a question whose process was killed in a call, and that is not answered any more", () => {
  const left = async (changes: { readonly at?: number } = {}) => {
    const bot = await testBot({ limits: { person: { tokens: { day: 100_000 } } } });
    const { limits, store } = bot.core;
    const inbound = {
      ...message("m1", "hi"),
      messageId: "m1",
      ...changes,
    };
    await store.inbox.put(kims, { id: "fake:m1", seq: "1", at: Date.now(), inbound });
    const job = await store.outbox.begin(kims, { id: "j1", events: ["fake:m1"], posts: {} });
    if (!job) throw new Error("no answer was begun");
    const request = { maxOutputTokens: 5_000, thinking: "off" } as const;
    const call = { model: "scripted/model", promptTokens: 900, request };
    await limits.reserve({ ...job, inbound, persona: "assistant" }, call);
    return bot;
  };

  test("for it is too old by now", async () => {
    const bot = await left({ at: Date.now() - 7_200_000 });
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith("m1");
    expect(told(bot)).toContain("I was away when you wrote this");
    expect(await tokensOf(bot)).toEqual({ used: 1_900, held: 0 });
  });

  test("for it was deleted meanwhile: nothing is said of it either", async () => {
    const bot = await left();
    await bot.bot.receive(bot.chat, deleted("m1"));
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith("m1");
    expect(bot.chat.posts).toEqual([]);
    expect(await tokensOf(bot)).toEqual({ used: 1_900, held: 0 });
  });
});

test("a server that does not heed the longest length is ended as if it had, and counts as what it said", async () => {
  const endless: Script = [usage(1_000, 1), ...Array.from({ length: 100 }, () => says("word ".repeat(100)))];
  const bot = await testBot({
    limits: { person: { tokens: { day: 12_000 } } },
    settings: { maxOutputTokens: 300 },
    scripts: [[...endless, new Error("asked for more than it is to say")]],
  });
  await bot.say("hi");
  expect(bot.last().length).toBeGreaterThan(300 * 8);
  expect(bot.last().length).toBeLessThan(6_000);
  expect(told(bot)).toContain(english.cut);
  const { used, held } = await tokensOf(bot);
  expect(held).toBe(0);
  expect(used).toBeGreaterThan(1_000 + 600);
  expect(used).toBeLessThan(1_000 + 1_500);
});
