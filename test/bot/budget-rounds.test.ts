import { describe, expect, test } from "vitest";
import { z } from "zod";
import { councilSchema } from "../../src/council/schema.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { councilModel } from "../support/council.ts";
import { answer } from "../support/events.ts";
import { call, say as says, type Script, stop, takeOver, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, type TestBotOptions, testPersona } from "../support/test-core.ts";
import { until } from "../support/until.ts";

const look = {
  name: "look",
  description: "Looks.",
  input: z.object({}),
  status: "looking",
  run: async () => ({ text: "x".repeat(15_000) }),
} satisfies Tool;

const lookup = [call("look", {}), usage(9_000, 100), stop("tools")];

const looking = (options: TestBotOptions) =>
  testBot({ tools: [look], personas: [testPersona("assistant", { tools: ["look"] })], ...options });

/** What stands against the one budget of all. */
async function useOf({ core: { limits } }: TestBot): Promise<{ used: number; held: number }> {
  const [budget] = await limits.budgets("all");
  if (!budget) throw new Error("no budget holds");
  return { used: budget.used, held: budget.held };
}

const mina = { thread: "fake:mina", author: { id: "fake:mina", name: "Mina" } };

const notices = ({ chat }: TestBot) => chat.posts.at(-1)?.answer.notices;

test("what the rounds of an answer took is held back while it goes on, with the most of its next call", async () => {
  const goingOn = Promise.withResolvers<void>();
  const bot = await looking({
    limits: { all: { tokens: { day: 100_000 } } },
    scripts: [
      [call("look", {}, "1"), usage(40_000, 10), stop("tools")],
      [call("look", {}, "2"), usage(40_000, 10), stop("tools")],
      [goingOn.promise, says("A"), usage(9_000, 10), stop()],
      answer("B"),
    ],
  });
  const first = bot.say("one");
  await until("it is in its third round", () => bot.model.requests.length === 3);
  const { used, held } = await useOf(bot);
  expect(used).toBe(0);
  expect(held).toBeGreaterThan(80_020 + 9_192);
  await bot.say("two", mina);
  expect(bot.model.requests).toHaveLength(3);
  expect(notices(bot)?.join()).toContain("while other answers are being written");
  goingOn.resolve();
  await first;
  expect(await useOf(bot)).toEqual({ used: 89_030, held: 0 });
});

test("a round that there is no budget for is not made: the answer ends with a short one, and says why", async () => {
  const bot = await looking({
    limits: { all: { tokens: { day: 23_000 } } },
    settings: { maxOutputTokens: 4_000 },
    scripts: [lookup, [says("So far: x."), call("look", {}), usage(9_000, 100), stop("tools")]],
  });
  await bot.say("one");
  expect(bot.model.requests).toHaveLength(2);
  const [, last] = bot.model.requests;
  expect(last?.maxOutputTokens).toBe(500);
  expect(JSON.stringify(last?.messages.at(-1))).toContain("No more tool calls in this answer.");
  expect(bot.last()).toBe("So far: x.");
  expect(notices(bot)).toEqual([
    expect.stringMatching(
      /^I can go no further with this: of everyone's 23,000 tokens for today only 13,900 tokens are left; it opens again in/u,
    ),
  ]);
  expect(await useOf(bot)).toEqual({ used: 18_200, held: 0 });
  // What was sent to end it is no part of the conversation.
  const [turn] = await bot.core.store.turns.list("fake:kim" as never);
  expect(JSON.stringify(turn?.messages)).not.toContain("No more tool calls");
});

test("where not even that fits, what was said so far is the answer", async () => {
  const bot = await looking({
    limits: { person: { tokens: { day: 20_000 } } },
    scripts: [[says("Let me look."), ...lookup], answer("never")],
  });
  await bot.say("one");
  expect(bot.model.requests).toHaveLength(1);
  expect(bot.last()).toBe("Let me look.");
  expect(notices(bot)?.join()).toContain("of your 20,000 tokens for today only 10,900 tokens are left");
  const [kims] = await bot.core.limits.budgets({ person: "fake:kim" });
  expect(kims).toMatchObject({ used: 9_100, held: 0 });
});

test("what a call took that died is held back beside the most of the one that goes on with it", async () => {
  const goingOn = Promise.withResolvers<void>();
  const bot = await looking({
    limits: { all: { tokens: { day: 80_000 } } },
    scripts: [
      [
        usage(60_000, 6_000),
        says("So far"),
        ...takeOver("other/model", { inputTokens: 60_000, outputTokens: 6_000 }),
        goingOn.promise,
        says(" and on."),
        usage(9_000, 10),
        stop(),
      ],
    ],
  });
  const first = bot.say("one");
  await until("another goes on", () => bot.last() === "So far");
  await until("it is held back", async () => (await useOf(bot)).held > 66_000 + 8_192);
  await bot.say("two", mina);
  expect(bot.model.requests).toHaveLength(1);
  goingOn.resolve();
  await first;
  expect(bot.chat.posts.map(({ answer }) => answer.text)).toContain("So far and on.");
  expect(await useOf(bot)).toEqual({ used: 75_010, held: 0 });
});

test("where no budget is left to go on with what a call said that died, that is the answer", async () => {
  const bot = await looking({
    limits: { all: { tokens: { day: 70_000 } } },
    scripts: [
      [
        usage(60_000, 6_000),
        says("So far"),
        ...takeOver("other/model", { inputTokens: 60_000, outputTokens: 6_000 }),
        says("never"),
      ],
    ],
  });
  await bot.say("one");
  expect(bot.last()).toBe("So far");
  expect(notices(bot)?.join()).toContain("of everyone's 70,000 tokens for today only 4,000 tokens are left");
  expect(await useOf(bot)).toEqual({ used: 66_000, held: 0 });
});

describe("tools that cost something", () => {
  let runs = 0;
  const paid = {
    ...look,
    name: "paid",
    input: z.object({ n: z.number().optional() }),
    mostUsd: 0.05,
    run: async () => {
      runs++;
      return { text: "found", fees: { usd: 0.05, unpriced: 0 } };
    },
  } satisfies Tool;
  const askFor = (count: number): Script => [
    ...Array.from({ length: count }, (_, n) => call("paid", { n }, `c${n}`)),
    usage(10, 10),
    stop("tools"),
  ];
  // The scripted model takes 0.001 dollars a call.
  const paying = (usd: number, ...scripts: Script[]) => {
    runs = 0;
    return testBot({
      limits: { all: { usd: { day: usd } } },
      tools: [paid],
      personas: [testPersona("assistant", { tools: ["paid"] })],
      scripts,
    });
  };

  test("are not run where no budget is left for them, and the model answers without", async () => {
    const bot = await paying(0.02, askFor(20), answer("Without."));
    await bot.say("one");
    expect(runs).toBe(0);
    expect(bot.last()).toBe("Without.");
    expect(bot.sent()).toContain("the budget has no room for what it costs");
    expect(notices(bot)).toEqual([
      expect.stringContaining("of everyone's 0.02 dollars for today only 0.02 dollars are left"),
    ]);
    expect(await useOf(bot)).toEqual({ used: 2e6, held: 0 });
  });

  test("are run as often as there is room for, of those that a round wants", async () => {
    const bot = await paying(0.3, askFor(20), answer("With five."));
    await bot.say("one");
    expect(runs).toBe(5);
    expect(await useOf(bot)).toEqual({ used: 252e6, held: 0 });
  });

  test("all run while there is room, and nothing is said", async () => {
    const bot = await paying(2, askFor(20), answer("With all."));
    await bot.say("one");
    expect(runs).toBe(20);
    expect(notices(bot)).toEqual([]);
    expect(await useOf(bot)).toEqual({ used: 1_002e6, held: 0 });
  });
});

test("a model of a council that there is no budget to go on with says so in place of its answer", async () => {
  const dear: Script = [call("look", {}), usage(56_000, 100), stop("tools")];
  const bot = await looking({
    limits: { all: { tokens: { day: 70_000 } } },
    streams: {
      "a/one": councilModel("a/one", [], { answer: dear }).stream,
      "b/two": councilModel("b/two", [], { answer: answer("It is x.") }).stream,
    },
    settings: { council: councilSchema.parse({ members: ["a/one", "b/two"], chair: "b/two" }) },
  });
  await bot.command("council", "what is it?");
  expect(bot.last()).toBe("It is x.");
  expect(bot.chat.posts.at(-1)?.answer.folds?.map(({ title }) => title)).toEqual([
    expect.stringMatching(
      /^a\/one: I can go no further with this: of everyone's 70,000 tokens for today only/u,
    ),
  ]);
});

test("where nothing but messages is limited, no round asks the accounts", async () => {
  let reserved = 0;
  const bot = await looking({
    store: (store) => ({
      ...store,
      ledger: {
        ...store.ledger,
        reserve: (...given) => {
          reserved++;
          return store.ledger.reserve(...given);
        },
      },
    }),
    scripts: [lookup, lookup, answer("Done.")],
  });
  await bot.say("one");
  expect(bot.last()).toBe("Done.");
  expect(reserved).toBe(1);
});

test("a council is held back for as a whole: of two at once that both don't fit, one has all its calls", async () => {
  const goingOn = Promise.withResolvers<void>();
  const names = ["a/one", "b/two", "c/three"];
  const summary = answer("They say yes.");
  const models = names.map((name) =>
    councilModel(name, [], { answer: [goingOn.promise, ...answer("Yes.")], summary }),
  );
  const bot = await testBot({
    limits: { all: { tokens: { day: 80_000 } } },
    streams: Object.fromEntries(models.map(({ stream }, index) => [names[index] ?? "", stream])),
    settings: { council: councilSchema.parse({ members: names, chair: "a/one" }) },
  });
  const first = bot.command("council", "Is it?");
  await until("all are asked", () => models.every(({ requests }) => requests.length === 1));
  expect((await useOf(bot)).held).toBeGreaterThan(60_000);
  await bot.command("council", "Is it?", mina);
  expect(notices(bot)?.[0]).toContain("while other answers are being written; ask again in a moment");
  goingOn.resolve();
  await first;
  expect(bot.chat.posts[0]?.answer).toMatchObject({
    state: "done",
    text: expect.stringContaining("They say yes."),
  });
  expect(models.flatMap(({ requests }) => requests)).toHaveLength(7);
  expect(await useOf(bot)).toEqual({ used: 117, held: 0 });
});
