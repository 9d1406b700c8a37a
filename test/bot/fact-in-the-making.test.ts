import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Store } from "../../src/store/store.ts";
import type { Tool } from "../../src/tools/tool.ts";
import { answer, inChannel } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { factsIn, keeps, press, rememberingBot, under } from "../support/remembering.ts";
import { call, type Script, stop } from "../support/scripted-model.ts";
import { testPersona } from "../support/test-core.ts";
import { until } from "../support/until.ts";
import { watchedRounds } from "../support/watched-rounds.ts";

/** A store that keeps a fact only when it is told to go on. */
function slowToKeep() {
  const [begun, going] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const store = (store: Store): Store => ({
    ...store,
    facts: {
      ...store.facts,
      async add(...fact) {
        begun.resolve();
        await going.promise;
        return store.facts.add(...fact);
      },
    },
  });
  return { store, begun: begun.promise, goOn: () => going.resolve() };
}

describe("a fact whose answer ends before its line is shown", () => {
  test("is not kept where it was only on its way", async () => {
    const bot = await rememberingBot(keeps("Lives in Seoul."));
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
    Object.assign(bot.chat, { linkTo: () => (asked.resolve(), answered.promise) });
    const said = bot.say("I live in Seoul");
    await asked.promise;
    await bot.command("stop");
    await said;
    answered.resolve("https://fake.chat/late");
    await bot.command("memory");
    expect(bot.last()).not.toContain("Seoul");
    expect(await factsIn(bot)).toEqual([]);
  });

  test("has its line and its button where it was kept all the same", async () => {
    const writing = slowToKeep();
    const bot = await rememberingBot(keeps("Lives in Seoul."), writing);
    const said = bot.say("I live in Seoul");
    await writing.begun;
    await bot.command("stop");
    writing.goOn();
    await said;
    expect(under(bot)).toMatchObject({
      state: "stopped",
      notices: ["Remembered: Lives in Seoul.", "Stopped."],
    });
    await press(bot, "Undo");
    expect(await factsIn(bot)).toEqual([]);
  });

  test("is gone with all else when its person is forgotten", async () => {
    const writing = slowToKeep();
    const bot = await rememberingBot(keeps("Lives in Seoul."), writing);
    const said = bot.say("I live in Seoul", inChannel("kim"));
    await writing.begun;
    const forgotten = bot.command("forget", "me yes");
    await Promise.race([forgotten, sleep(100)]);
    writing.goOn();
    await Promise.all([forgotten, said]);
    expect(bot.last()).toContain("Done: I no longer know you");
    expect(await factsIn(bot)).toEqual([]);
  });

  test("has them after a restart, also when it took another's place or is to be asked for", async () => {
    const goingOn = Promise.withResolvers<void>();
    const slow: Tool = {
      name: "slow",
      description: "Takes its time.",
      input: z.strictObject({}),
      status: "waiting",
      speaksForItself: true,
      async run() {
        await goingOn.promise;
        return { text: "late" };
      },
    };
    const personas = [testPersona("assistant", { memory: "read-write", tools: ["slow"] })];
    const options = { dataFolder: makeFolder(), tools: [slow], personas };
    const all: Script = [
      call("slow", {}),
      call("remember", { fact: "Lives in Busan." }, "1"),
      call("remember", { fact: "Has diabetes." }, "2"),
      call("forget", { number: 2 }),
      stop("tools"),
    ];
    const { store, results } = watchedRounds();
    const first = await rememberingBot([all], { ...options, store });
    await first.command("memory", "add Lives in Seoul.");
    await first.command("memory", "add Learns Korean.");
    void first.say("I live in Busan, have diabetes, and learn nothing any more");
    await until("it is noted", () => results() === 3);
    await first.bot.stop();
    await first.core.store.close();
    goingOn.resolve();
    const bot = await rememberingBot([answer("Noted.")], { ...options, chat: first.chat });
    await bot.bot.work([bot.chat]);
    await until("it is answered", () => bot.chat.posts.length === 3 && under(bot)?.state === "done");
    expect(under(bot)?.notices).toEqual([
      "Changed: Lives in Busan. (before: Lives in Seoul.)",
      expect.stringContaining("Has diabetes."),
      "Forgotten: Learns Korean.",
    ]);
    expect(under(bot)?.actions.map(({ label }) => label)).toEqual(
      expect.arrayContaining(["Undo", "Keep 2", "Undo 3"]),
    );
    await press(bot, "Undo");
    expect(await factsIn(bot)).toEqual(["Lives in Seoul."]);
  });
});
