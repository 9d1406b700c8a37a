import { expect, test } from "vitest";
import type { InboundMessage } from "../../src/chat.ts";
import { answer } from "../support/events.ts";
import { factsIn, keeps, rememberingBot, under } from "../support/remembering.ts";
import type { TestBot } from "../support/test-core.ts";

/** A place of a server whose id is that of its first channel, as on Discord. */
const at = (thread: string, readBy?: InboundMessage["readBy"], server = "fake:1") =>
  ({
    thread: `fake:${thread}`,
    place: thread.includes(":") ? "thread" : "channel",
    channelName: `#${thread}`,
    server,
    ...(readBy && { readBy }),
    author: { id: "fake:kim", name: "Kim" },
  }) as const;

const general = at("2", "server");
const random = at("3", "server");
const hidden = at("1", "channel");
const elsewhere = at("9", "server", "fake:8");

const dm = { thread: "fake:kim", place: "dm", channelName: "Kim" } as const;

const rememberingTea = (): Promise<TestBot> =>
  rememberingBot([...keeps("Likes tea."), ...Array.from({ length: 8 }, () => answer("Hi"))]);

/** In which of these places the next prompt holds the fact. */
async function known(bot: TestBot, places: readonly object[]): Promise<readonly boolean[]> {
  const found = [];
  for (const place of places) {
    await bot.say("hi", place);
    found.push(bot.sent().includes("1. Likes tea."));
  }
  return found;
}

test("what was told in a private channel stays in there, its threads, and direct messages", async () => {
  const bot = await rememberingTea();
  await bot.say("I like tea", hidden);
  const places = [at("1:t", "channel"), dm, general, at("2:t", "server"), elsewhere, at("7", "channel")];
  expect(await known(bot, places)).toEqual([true, true, false, false, false, false]);
  await bot.command("memory", "", general);
  expect(bot.last()).toContain("1 more, not for those who read along here");
  await bot.command("memory", "unshare 1", general);
  expect(under(bot)?.notices).toEqual(["Others read along here: ask me that in a direct message."]);
  await bot.command("memory", "share 1");
  expect(await known(bot, [elsewhere])).toEqual([true]);
  await bot.command("memory");
  expect(bot.last()).toContain("· shared");
});

test("what was told in a public channel is known in all of its server, and in no other", async () => {
  const bot = await rememberingTea();
  await bot.say("I like tea", general);
  expect(await known(bot, [random, hidden, at("1:t"), elsewhere, dm])).toEqual([
    true,
    true,
    true,
    false,
    true,
  ]);
  await bot.command("memory", "unshare 1");
  expect(await known(bot, [general])).toEqual([false]);
});

test("a place of which nobody knows who reads along is private", async () => {
  const bot = await rememberingTea();
  await bot.say("I like tea", at("4:t"));
  expect(await known(bot, [at("4:t"), at("4:u"), at("4")])).toEqual([true, false, false]);
});

test("what is told again among others is known among both, and one that contradicts it takes its place", async () => {
  const bot = await rememberingBot();
  await bot.command("memory", "add Lives in Seoul.", hidden);
  await bot.command("memory", "add Lives in Seoul.", elsewhere);
  await bot.command("memory", "add Lives in Seoul.", elsewhere);
  expect(bot.last()).toBe("I know that already.");
  expect(await factsIn(bot)).toEqual(["Lives in Seoul.", "Lives in Seoul."]);
  await bot.command("memory", "add Lives in Busan.", hidden);
  expect(await factsIn(bot)).toEqual(["Lives in Busan."]);
  await bot.command("memory", "edit 1 Lives in Daegu.");
  await bot.command("memory", "", hidden);
  expect(bot.last()).toContain("Lives in Daegu.");
});
