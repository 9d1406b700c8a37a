import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ConversationKey } from "../../src/store/store.ts";
import { say as says, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot } from "../support/test-core.ts";

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
