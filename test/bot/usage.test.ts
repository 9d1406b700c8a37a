import { afterEach, describe, expect, test, vi } from "vitest";
import type { LedgerEntry } from "../../src/limits/ledger.ts";
import { inChannel } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { testBot, type TestBotOptions } from "../support/test-core.ts";

afterEach(() => vi.useRealTimers());

/** A bot on the afternoon of 26 November, whose ledger knows some days before. */
async function openBot(options: TestBotOptions = {}) {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-26T15:00:00Z") });
  const bot = await testBot({
    chat: fakeAdapter({ uploads: true }),
    access: { admins: ["fake:boss"] },
    ...options,
  });
  let turns = 0;
  const add = (at: string, changes: Partial<LedgerEntry> = {}): Promise<void> =>
    bot.core.store.ledger.settle("", {
      turn: `turn-${turns++}`,
      attempt: "1",
      at: new Date(at),
      person: "fake:kim",
      conversation: "",
      persona: "tutor",
      model: "openai/gpt-6-sol",
      usage: {
        inputTokens: 9_000,
        cachedTokens: 4_000,
        cacheWriteTokens: 0,
        outputTokens: 1_000,
        thinkingTokens: 200,
      },
      isEstimate: false,
      costNano: 1_230_000_000,
      tools: [],
      ...changes,
    });
  await add("2026-10-30T10:00:00Z", { costNano: 400_000_000 });
  await add("2026-11-25T23:59:59Z", {
    persona: "vocab",
    model: "anthropic/claude-opus-5-5",
    costNano: 20_000_000,
  });
  await add("2026-11-26T00:00:00Z");
  await add("2026-11-26T09:00:00Z", { costNano: 1 });
  await add("2026-11-26T10:00:00Z", {
    person: "fake:mina",
    channel: "fake:general",
    costNano: 5_000_000_000,
  });
  const boss = { thread: "fake:boss", author: { id: "fake:boss", name: "Boss" } };
  const posted = () => {
    const answer = bot.chat.posts.findLast(({ answer: { text } }) => text !== "")?.answer;
    return { text: answer?.text ?? "", notices: answer?.notices, actions: answer?.actions };
  };
  const file = () => bot.chat.posts.findLast(({ file: sent }) => sent)?.file;
  return { ...bot, add, boss, posted, file };
}

describe("/usage", () => {
  test("tells a person today and this month, by model and persona, and what is left of their budget", async () => {
    const { command, posted, file } = await openBot({
      limits: { person: { usd: { month: 10 }, tokens: { day: 50_000 } }, all: { usd: { day: 100 } } },
    });
    await command("usage");
    expect(posted().text).toBe(
      [
        "**Today:** 2 answers, 20k tokens, $1.23",
        "**This month:** 3 answers, 30k tokens, $1.25",
        "",
        "**By model**",
        "- `openai/gpt-6-sol`: 2 answers, 20k tokens, $1.23",
        "- `anthropic/claude-opus-5-5`: 1 answer, 10k tokens, $0.020",
        "",
        "**By persona**",
        "- `tutor`: 2 answers, 20k tokens, $1.23",
        "- `vocab`: 1 answer, 10k tokens, $0.020",
        "",
        "**Left of your budget**",
        "- 30k tokens of 50k tokens today",
        "- $8.75 of $10.00 this month",
        "",
        "Days and months are those of UTC.",
      ].join("\n"),
    );
    expect(posted().actions).toEqual([{ label: "As a table", token: "run:usage csv" }]);
    expect(file()).toMatchObject({ name: "usage.png", mimeType: "image/png" });
  });

  test("says how many answers had no known price, and shows no cost where none had", async () => {
    const { command, posted, add } = await openBot();
    await add("2026-11-26T11:00:00Z", { model: "mine/small", costNano: undefined as never });
    await command("usage");
    expect(posted().text).toContain("**Today:** 3 answers, 30k tokens, $1.23 and 1 of unknown price");
    expect(posted().text).toContain("- `mine/small`: 1 answer, 10k tokens\n");
  });

  test("tells nothing where others read along", async () => {
    const { command, chat } = await openBot();
    await command("usage", "", inChannel("Kim"));
    const { answer } = chat.posts.at(-1) ?? {};
    expect(answer?.text).toBe("");
    expect(answer?.notices).toEqual([
      "What you use is yours to know: ask me for `/usage` in a direct message.",
    ]);
  });

  test("as a table has each of the person's answers, exactly, and nobody else's", async () => {
    const { command, posted, file } = await openBot();
    await command("usage", "csv");
    expect(posted().text).toBe("4 lines, one for each answer.");
    expect(Buffer.from(file()?.data ?? []).toString()).toBe(
      [
        "at,channel,persona,model,input_tokens,cached_tokens,output_tokens,thinking_tokens,cost_usd,estimated,tools",
        "2026-10-30T10:00:00.000Z,,tutor,openai/gpt-6-sol,9000,4000,1000,200,0.4,0,",
        "2026-11-25T23:59:59.000Z,,vocab,anthropic/claude-opus-5-5,9000,4000,1000,200,0.02,0,",
        "2026-11-26T00:00:00.000Z,,tutor,openai/gpt-6-sol,9000,4000,1000,200,1.23,0,",
        "2026-11-26T09:00:00.000Z,,tutor,openai/gpt-6-sol,9000,4000,1000,200,1e-9,0,",
        "",
      ].join("\r\n"),
    );
  });

  test("is told to someone who has used nothing", async () => {
    const { command, chat } = await testBot();
    await command("usage");
    expect(chat.posts.at(-1)?.answer.text).toBe(
      "No model has answered you this month.\n\nDays and months are those of UTC.",
    );
  });
});

describe("/usage all", () => {
  test("is for those who run the bot", async () => {
    const { command, chat } = await openBot();
    await command("usage", "all");
    expect(chat.posts.at(-1)?.answer.notices).toEqual(["Only those who run me can do that."]);
  });

  test("tells them everyone's by model, channel, person and persona, of thirty days", async () => {
    const { command, posted, boss, file } = await openBot({ limits: { all: { usd: { day: 100 } } } });
    await command("usage", "all", boss);
    expect(posted().text).toBe(
      [
        "**Today:** 3 answers, 30k tokens, $6.23",
        "**Everyone, thirty days:** 5 answers, 50k tokens, $6.65",
        "",
        "**By model**",
        "- `openai/gpt-6-sol`: 4 answers, 40k tokens, $6.63",
        "- `anthropic/claude-opus-5-5`: 1 answer, 10k tokens, $0.020",
        "",
        "**By channel**",
        "- `fake:general`: 1 answer, 10k tokens, $5.00",
        "- direct messages: 4 answers, 40k tokens, $1.65",
        "",
        "**By person**",
        "- `fake:mina`: 1 answer, 10k tokens, $5.00",
        "- `fake:kim`: 4 answers, 40k tokens, $1.65",
        "",
        "**By persona**",
        "- `tutor`: 4 answers, 40k tokens, $6.63",
        "- `vocab`: 1 answer, 10k tokens, $0.020",
        "",
        "**Left of everyone's budget**",
        "- $93.77 of $100.00 today",
        "",
        "Days and months are those of UTC.",
      ].join("\n"),
    );
    expect(file()?.name).toBe("usage.png");
  });

  test("knows nobody who was forgotten, and still counts what they took", async () => {
    const { command, posted, boss } = await openBot();
    await command("forget", "me yes");
    await command("usage", "all", boss);
    expect(posted().text).toContain("- people who were forgotten: 4 answers, 40k tokens, $1.65");
    expect(posted().text).not.toContain("fake:kim");
  });

  test("as a table has the sums of each day, to the last billionth", async () => {
    const { command, boss, file } = await openBot();
    await command("usage", "all csv", boss);
    expect(
      Buffer.from(file()?.data ?? [])
        .toString()
        .split("\r\n")
        .slice(0, 4),
    ).toEqual([
      "day,channel,person,persona,model,answers,input_tokens,cached_tokens,output_tokens,thinking_tokens,cost_usd,answers_of_unknown_price",
      "2026-10-30,,fake:kim,tutor,openai/gpt-6-sol,1,9000,4000,1000,200,0.400000000,0",
      "2026-11-25,,fake:kim,vocab,anthropic/claude-opus-5-5,1,9000,4000,1000,200,0.020000000,0",
      "2026-11-26,,fake:kim,tutor,openai/gpt-6-sol,2,18000,8000,2000,400,1.230000001,0",
    ]);
  });
});
