import { describe, expect, it, onTestFinished } from "vitest";
import type { z } from "zod";
import type { Inbound } from "../../src/chat.ts";
import { createLimits, type Job, type Spent } from "../../src/limits/limits.ts";
import type { PlannedCall } from "../../src/limits/most.ts";
import { limitsSchema } from "../../src/limits/schema.ts";
import type { Usage } from "../../src/providers/provider.ts";
import { openStore } from "../../src/store/open.ts";
import type { FinishedRounds } from "../../src/store/store.ts";
import { makeFolder } from "../support/folder.ts";
import { conversation } from "../support/turns.ts";

/** Prices per token, in dollars. */
const input = 0.001;
const output = 0.002;
const cacheWrite = 0.003;

/** 2026-11-25, 20:40 UTC. */
const evening = Date.UTC(2026, 10, 25, 20, 40, 36);

type Settings = z.input<typeof limitsSchema>;

async function openLimits(settings: Settings | undefined, dataFolder = makeFolder()) {
  const store = await openStore({ dataFolder });
  onTestFinished(() => store.close());
  const clock = { now: evening };
  const cost = async (model: string, usage: Usage): Promise<number | undefined> => {
    if (model !== "vendor/priced") return undefined;
    const plain = usage.inputTokens - usage.cacheWriteTokens;
    return plain * input + usage.cacheWriteTokens * cacheWrite + usage.outputTokens * output;
  };
  const limits = createLimits({
    settings: settings && limitsSchema.parse(settings),
    ledger: store.ledger,
    models: { cost, searchPrice: async (model) => (model === "vendor/priced" ? 0.25 : undefined) },
    seconds: 300,
    now: () => clock.now,
  });
  return { limits, clock, close: () => store.close() };
}

let jobs = 0;

function job(
  changes: { place?: Inbound["place"]; person?: string; thread?: string; persona?: string } = {},
): Job {
  const { place = "channel", person = "fake:kim", thread = "fake:room:thread", persona = "tutor" } = changes;
  const id = `job-${jobs++}`;
  return { id, attempt: id, inbound: { author: { id: person, name: "Kim" }, place, thread }, persona };
}

const call = (changes: Partial<PlannedCall> = {}): PlannedCall => ({
  model: "vendor/priced",
  promptTokens: 100,
  request: { maxOutputTokens: 102, thinking: "off" },
  ...changes,
});
/** What `call` may cost: 100 × 0.003 + (102 + 2048) × 0.002 */
const most = 4.6;

const spent = (costUsd: number | undefined, changes: Partial<Spent> = {}): Spent => ({
  conversation,
  model: "vendor/priced",
  usage: { inputTokens: 90, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 10, thinkingTokens: 0 },
  ...(costUsd !== undefined && { costUsd }),
  tools: [],
  ...changes,
});

const refusal = (attempt: Promise<void>): Promise<string> =>
  attempt.then(
    () => "",
    (error: unknown) => {
      if (error instanceof Error && error.name === "UserError") return error.message;
      throw error;
    },
  );

describe("by default", () => {
  it("a person may ask 20 times a minute, wherever they ask", async () => {
    const { limits, clock } = await openLimits({});
    for (let n = 0; n < 20; n++) await limits.reserve(job({ thread: `fake:room-${n}` }), call());
    expect(await refusal(limits.reserve(job(), call()))).toBe(
      "You have asked 20 questions this minute, the most I take; it opens again in 24 seconds.",
    );
    await limits.reserve(job({ person: "fake:lee" }), call());
    clock.now += 24_000;
    await limits.reserve(job(), call());
  });

  it("tokens and money are not limited, and a model without a price may be used", async () => {
    const { limits } = await openLimits({});
    await limits.reserve(job(), call({ model: "vendor/unknown", promptTokens: 1e9 }));
  });
});

describe("a budget in dollars", () => {
  const budget: Settings = { person: { usd: { day: 10 } } };

  it("holds back the most an answer may cost, and only what it cost once it is there", async () => {
    const { limits } = await openLimits(budget);
    const [one, other, third] = [job(), job(), job()];
    await limits.reserve(one, call());
    await limits.reserve(other, call());
    expect(await refusal(limits.reserve(third, call()))).toBe(
      `This may cost up to 4.60 dollars, but of your 10.00 dollars for today only ${(10 - 2 * most).toFixed(2)} dollars ` +
        "are left while other answers are being written; ask again in a moment.",
    );
    await limits.settle(one, spent(0.1));
    await limits.reserve(third, call());
    await limits.settle(other, spent(0.1));
    await limits.settle(third, spent(0.1));
    await limits.reserve(job(), call());
    await limits.reserve(job(), call());
    expect(await refusal(limits.reserve(job(), call()))).toContain("only 0.50 dollars are left");
  });

  it("holds back what the vendor's own search may cost, and is no place for one without a price", async () => {
    const { limits } = await openLimits(budget);
    const searching = { ...call().request, webSearch: true };
    // 8 searches at 0.25 each
    await limits.reserve(job(), call({ request: searching }));
    expect(await refusal(limits.reserve(job(), call({ request: searching })))).toMatch(
      /^This may cost up to 6\.60/u,
    );
    const unpriced = call({ model: "vendor/unknown", request: searching });
    expect(await refusal(limits.reserve(job(), unpriced))).toContain("vendor/unknown");
  });

  it("that is used up says whose it was and when it opens", async () => {
    const { limits, clock } = await openLimits(budget);
    await limits.settle(job(), spent(10));
    const said = "You have used today's 10.00 dollars; it opens again in 3 hours, 20 minutes, at 00:00 UTC.";
    expect(await refusal(limits.reserve(job({ place: "dm" }), call()))).toBe(said);
    clock.now = Date.UTC(2026, 10, 26);
    await limits.reserve(job(), call());
  });

  it.each<[Settings, string]>([
    [
      { channel: { usd: { day: 10 } } },
      "This channel has used today's 10.00 dollars; it opens again in 3 hours, 20 minutes, at 00:00 UTC.",
    ],
    [
      { persona: { usd: { day: 10 } } },
      "This persona has used today's 10.00 dollars; it opens again in 3 hours, 20 minutes, at 00:00 UTC.",
    ],
    [
      { all: { usd: { month: 10 } } },
      "Everyone together has used this month's 10.00 dollars; it opens again in 5 days, 3 hours, on December 1, 2026 at 00:00 UTC.",
    ],
  ])("may be one of many: %j", async (settings, said) => {
    const { limits } = await openLimits(settings);
    await limits.settle(job({ person: "fake:lee" }), spent(10));
    expect(await refusal(limits.reserve(job(), call()))).toBe(said);
  });

  it("of a channel says nothing of another, nor of direct messages", async () => {
    const { limits } = await openLimits({ channel: { usd: { day: 10 } } });
    await limits.settle(job(), spent(10));
    await limits.reserve(job({ thread: "fake:elsewhere" }), call());
    await limits.reserve(job({ place: "dm", thread: "fake:room" }), call());
  });

  it("of several, the one that opens last is told", async () => {
    const { limits } = await openLimits({ person: { usd: { day: 1, month: 5 } }, all: { usd: { day: 2 } } });
    await limits.settle(job(), spent(6));
    expect(await refusal(limits.reserve(job(), call()))).toMatch(
      /^You have used this month's 5\.00 dollars; .*December 1, 2026/u,
    );
  });

  it("smaller than one answer says that waiting won't help", async () => {
    const { limits } = await openLimits({ person: { usd: { day: 2 } } });
    expect(await refusal(limits.reserve(job(), call()))).toBe(
      "This may cost up to 4.60 dollars, more than your 2.00 dollars for today. /new starts afresh and takes less.",
    );
  });

  it("refuses a model whose price nobody knows", async () => {
    const { limits } = await openLimits(budget);
    expect(await refusal(limits.reserve(job(), call({ model: "vendor/unknown" })))).toMatch(
      /^I can't tell what vendor\/unknown costs/u,
    );
  });

  it("counts an answer as what was held back when another model without a price gave it", async () => {
    const { limits } = await openLimits(budget);
    const [one, other] = [job(), job()];
    await limits.reserve(one, call());
    await limits.settle(one, spent(undefined, { model: "vendor/unknown" }));
    await limits.reserve(other, call());
    expect(await refusal(limits.reserve(job(), call()))).toContain("only 0.80 dollars are left");
  });

  it("knows of what was used before it was set", async () => {
    const dataFolder = makeFolder();
    const { limits, close } = await openLimits(undefined, dataFolder);
    await limits.reserve(job(), call({ model: "vendor/unknown" }));
    await limits.settle(job(), spent(10));
    await close();
    const later = await openLimits(budget, dataFolder);
    expect(await refusal(later.limits.reserve(job(), call()))).toContain(
      "You have used today's 10.00 dollars",
    );
  });
});

describe("an answer in several rounds", () => {
  const usage = { ...spent(0).usage, inputTokens: 2_000, outputTokens: 700 };
  const rounds: FinishedRounds = {
    messages: [],
    spent: Array.from({ length: 2 }, () => ({ model: "vendor/priced", usage })),
    model: "vendor/priced",
    tools: [],
    by: { attempt: "first", calls: 1, feesUsd: 0 },
  };

  it("counts, when its process died, what that attempt had finished and the call it was in, once", async () => {
    const { limits } = await openLimits({ person: { tokens: { day: 8_000 }, usd: { day: 100 } } });
    const one = { ...job(), attempt: "first" };
    const next = { ...one, attempt: "second" };
    await limits.reserve(one, call());
    for (let times = 0; times < 2; times++) {
      await limits.accountForLost({ ...next, rounds });
      await limits.reserve(next);
      await limits.reserve(next, call());
    }
    // 2000 + 700 of the one round that is its own, 100 + 1000 of the call; 100 + 102 + 2048 are held for the next.
    const [tokens, money] = await limits.budgets({ person: "fake:kim" });
    expect(tokens).toMatchObject({ used: 3_800, held: 2_250 });
    expect(money).toMatchObject({ used: 5.5e9, held: most * 1e9 });
    // It lived on, and tells it itself.
    await limits.settle(one, spent(1));
    const [after] = await limits.budgets({ person: "fake:kim" });
    expect(after).toMatchObject({ used: 3_800, held: 2_250 });
  });

  it("counts nothing more for an attempt that told what it took", async () => {
    const { limits } = await openLimits({ person: { tokens: { day: 8_000 } } });
    const one = { ...job(), attempt: "first" };
    await limits.reserve(one, call());
    await limits.settle(one, spent(0));
    await limits.accountForLost({ ...one, attempt: "second", rounds });
    await limits.reserve({ ...one, attempt: "second" }, call());
    const [tokens] = await limits.budgets({ person: "fake:kim" });
    expect(tokens).toMatchObject({ used: 100, held: 2_250 });
  });
});

describe("a message", () => {
  it("can be counted before anything is read, and is not counted again with its call", async () => {
    const { limits } = await openLimits({ person: { messages: { minute: 1 } } });
    const one = job();
    await limits.reserve(one);
    await limits.reserve(one, call());
    expect(await refusal(limits.reserve(job()))).toBe(
      "You have asked 1 question this minute, the most I take; it opens again in 24 seconds.",
    );
  });

  it("whose answer failed gives back what was held, and came once", async () => {
    const { limits } = await openLimits({ person: { messages: { hour: 2 }, usd: { day: 5 } } });
    const one = job();
    await limits.reserve(one, call());
    await limits.release(one);
    await limits.reserve(one, call());
    await limits.release(one);
    await limits.reserve(job(), call());
    expect(await refusal(limits.reserve(job()))).toBe(
      "You have asked 2 questions this hour, the most I take; it opens again in 20 minutes, at 21:00 UTC.",
    );
  });

  it("of a process that died holds nothing back when the longest answer would be over", async () => {
    const { limits, clock } = await openLimits({ person: { usd: { day: 5 } } });
    await limits.reserve(job(), call());
    expect(await refusal(limits.reserve(job(), call()))).toContain("while other answers are being written");
    clock.now += 360_000;
    await limits.reserve(job(), call());
  });
});

it("a person who is forgotten does not get their budget anew", async () => {
  const { limits } = await openLimits({ person: { usd: { day: 5 } } });
  await limits.settle(job(), spent(5));
  await limits.forgetPerson("fake:kim");
  expect(await refusal(limits.reserve(job(), call()))).toContain("You have used today's 5.00 dollars");
});

describe("settings", () => {
  it.each([
    { person: { messages: { minute: 0 } } },
    { person: { usd: { day: -1 } } },
    { person: { usd: { hour: 1 } } },
    { everyone: {} },
  ])("that can't be meant are refused: %j", (settings) => {
    expect(limitsSchema.safeParse(settings).success).toBe(false);
  });

  it("of a person keep the default for what they don't name", () => {
    const { person, all } = limitsSchema.parse({ person: { usd: { day: 1 } } });
    expect(person.messages.minute).toBe(20);
    expect(all.messages.minute).toBeUndefined();
  });
});
