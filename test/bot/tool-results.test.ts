import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ClaimLost, UserError } from "../../src/errors.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import type { Tool, ToolContext, ToolOutput } from "../../src/tools/tool.ts";
import { answer, edited } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { call, say as says, type Script, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, testPersona } from "../support/test-core.ts";
import { until } from "../support/until.ts";
import { watchedRounds } from "../support/watched-rounds.ts";

const kims = "fake:kim" as ConversationKey;

/** A tool that counts how often it runs. */
function counted(name: string, run: (times: number, context: ToolContext) => Promise<ToolOutput>) {
  let runs = 0;
  const tool: Tool = {
    name,
    description: `The tool ${name}.`,
    input: z.strictObject({}),
    status: name,
    run: (_, context) => run(++runs, context),
  };
  return { tool, runs: () => runs };
}

const calls: Script = [
  says("Let me see."),
  call("slow", {}),
  call("quick", {}),
  call("refusing", {}),
  usage(1_000, 10),
  stop("tools"),
];

/** Whether its process is told to end, or gone before it knows. */
type End = "stopped" | "killed";

/** A bot whose answer called for three tools, of which two have ended; `later` begins it again where it ended. */
async function inTools() {
  const slow = counted("slow", (times) =>
    times < 3 ? new Promise(() => {}) : Promise.resolve({ text: "late", fees: { usd: 0.5, unpriced: 0 } }),
  );
  const quick = counted("quick", async (times) => ({
    text: `quick ${times}`,
    fees: { usd: 0.25, unpriced: 0 },
    note: { text: "Quick was here.", actions: [] },
    passages: [{ source: { url: "https://example.com/" }, text: "It is noon." }],
  }));
  const refusing = counted("refusing", () => Promise.reject(new UserError(() => "not today")));
  const tools = [slow, quick, refusing];
  const { store, writes, results } = watchedRounds();
  const common = {
    dataFolder: makeFolder(),
    personas: [testPersona("assistant", { tools: tools.map(({ tool }) => tool.name) })],
    tools: tools.map(({ tool }) => tool),
    store,
  };
  // A process may be killed before it is stored where its answer stands.
  const first = await testBot({ ...common, chat: fakeAdapter({ finds: true }), scripts: [calls] });
  void first.say("hi", { messageId: "m1" });
  await until("two results are stored", () => results() === 2);
  const later = async (end: End, before: TestBot, ...scripts: Script[]): Promise<TestBot> => {
    if (end === "stopped") await before.bot.stop();
    await before.core.store.close();
    return testBot({ ...common, chat: before.chat, scripts });
  };
  const before = writes.length;
  return {
    first,
    later,
    runs: () => tools.map(({ runs }) => runs()),
    isStored: () => writes.length > before,
  };
}

const isDone = ({ chat }: TestBot): boolean => chat.posts.at(-1)?.answer.state === "done";

const shown = ({ chat }: TestBot) => chat.posts.map(({ answer: { text, notices } }) => [text, ...notices]);

describe("an answer that is begun again while its tools run", () => {
  test.each(["stopped", "killed"] as const)(
    "was %s: runs those that have not ended, asks no model for them again, and counts it once",
    async (end) => {
      const { first, later, runs, isStored } = await inTools();
      const second = await later(end, first);
      await second.bot.work([second.chat]);
      await until("the slow one runs again", () => runs()[0] === 2 && isStored());
      const third = await later(end, second, answer("Done."));
      await third.bot.work([third.chat]);
      await until("it is answered", () => isDone(third));
      expect(runs()).toEqual([3, 1, 1]);
      expect(shown(third)).toEqual([["Let me see.\n\nDone.", "Quick was here."]]);
      expect([second, third].map(({ model }) => model.requests.length)).toEqual([0, 1]);
      expect(third.model.requests[0]?.messages.slice(-2)).toMatchObject([
        { role: "assistant", parts: [{ text: "Let me see." }, {}, {}, {}] },
        {
          role: "tool",
          parts: [
            { name: "slow", text: "late" },
            { name: "quick", text: expect.stringMatching(/^quick 1\n\n\[s1\]/u) },
            { name: "refusing", text: "not today", failed: true },
          ],
        },
      ]);
      const accounts = await third.core.store.people.accounts("fake:kim");
      expect(accounts.map(({ usage, costUsd }) => [usage.inputTokens, costUsd])).toEqual([
        [1_000, 0.251],
        [10, 0.501],
      ]);
    },
  );

  test("takes nothing over from a question that was another one", async () => {
    const { first, later, runs } = await inTools();
    const next = await later("killed", first, answer("Anew."));
    await next.bot.receive(next.chat, edited("m1", "ho"));
    await until("it is answered", () => isDone(next));
    expect(runs()).toEqual([1, 1, 1]);
    expect(shown(next)).toEqual([["Anew."]]);
    expect(next.model.requests[0]?.messages).toMatchObject([{ role: "user", parts: [{ text: "ho" }] }]);
  });

  test("goes on from whole rounds as they were stored before results were", async () => {
    const { core, bot, chat, model } = await testBot({ scripts: [answer("Done.")] });
    const inbound = { ...edited("m1", "hi").message, id: "a" };
    await core.store.inbox.put(kims, { id: "fake:a", seq: "1", at: Date.now(), inbound });
    const job = await core.store.outbox.begin(kims, { id: "j", events: ["fake:a"], posts: {} });
    if (!job) throw new Error("it can't be begun");
    const asked = { type: "tool-call", id: "1", name: "clock", arguments: "{}" } as const;
    const noon = { type: "tool-result", id: "1", name: "clock", text: "noon", failed: false } as const;
    await core.store.outbox.rounds(job, {
      messages: [
        { role: "assistant", parts: [asked] },
        { role: "tool", parts: [noon] },
      ],
      spent: [],
      model: "scripted/model",
      tools: ["clock"],
    });
    await bot.work([chat]);
    await until("it is answered", () => chat.posts.at(-1)?.answer.state === "done");
    expect(model.requests[0]?.messages.slice(1)).toMatchObject([{ parts: [asked] }, { parts: [noon] }]);
  });
});

test("what comes of quick tools is stored once, and what comes of others as it comes", async () => {
  const later = Promise.withResolvers<void>();
  const quick = counted("quick", async () => ({ text: "quick" }));
  const slow = counted("slow", async () => later.promise.then(() => ({ text: "slow" })));
  const { store, writes } = watchedRounds();
  const bot = await testBot({
    store,
    tools: [quick.tool, slow.tool],
    personas: [testPersona("assistant", { tools: ["quick", "slow"] })],
    scripts: [
      [call("quick", {}, "1"), call("quick", {}, "2"), stop("tools")],
      [call("slow", {}, "3"), call("quick", {}, "4"), call("quick", {}, "5"), stop("tools")],
      answer("Done."),
    ],
  });
  const said = bot.say("hi");
  await until("the quick ones are stored", () => writes.length === 2);
  later.resolve();
  await said;
  expect(writes.map(({ messages, open }) => [messages.length, open?.results])).toMatchObject([
    [2, undefined],
    [2, [null, { text: "quick" }, { text: "quick" }]],
    [4, undefined],
  ]);
});

test("tools end when another process has begun the answer again, and nothing of them is stored", async () => {
  const ending = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<unknown>();
  const next = counted("next", async () => ending.promise.then(() => ({ text: "too late" })));
  const slow = counted("slow", (_, { signal }) => {
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => {
        reject(signal.reason as Error);
        ended.resolve(signal.reason);
      }),
    );
  });
  const { store, results } = watchedRounds();
  const bot = await testBot({
    store,
    tools: [next.tool, slow.tool],
    personas: [testPersona("assistant", { tools: ["next", "slow"] })],
    scripts: [[call("next", {}), call("slow", {}), usage(1_000, 10), stop("tools")]],
  });
  void bot.say("hi");
  await until("the round is stored", () => results() === 0);
  const { inbox, outbox } = bot.core.store;
  const [event] = await inbox.pending(kims, 1);
  if (event?.job === undefined) throw new Error("no answer was begun");
  const begin = () => outbox.begin(kims, { id: event.job ?? "", events: [event.id], posts: {} });
  await begin();
  ending.resolve();
  expect(await ended.promise).toBeInstanceOf(ClaimLost);
  expect((await begin())?.rounds?.open?.results).toEqual([null, null]);
});
