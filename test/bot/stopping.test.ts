import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { councilSchema } from "../../src/council/schema.ts";
import { english } from "../../src/words/words.ts";
import { councilModel } from "../support/council.ts";
import { answer, inChannel, pressed } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { say as says, stop } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

describe("stopping", () => {
  test("is for who asked, and who manages the place: anyone else is told so at once", async () => {
    const chat = fakeAdapter({ managers: ["fake:ada"] });
    const bot = await testBot({ chat, settings: { patienceMs: 10 }, scripts: [[says("Half"), "wait"]] });
    const asked = bot.say("hi", inChannel("kim"));
    while (chat.posts.length === 0) await sleep(1);
    const refused = [
      bot.handle({ ...pressed("stop"), ...inChannel("mina") }),
      bot.command("stop", "", inChannel("leo")),
    ];
    const sentence = "Only the person who asked, or someone who manages this place, can stop this answer.";
    await until(
      "both are told",
      () => chat.posts.filter(({ answer }) => answer.text === sentence).length === 2,
    );
    expect(chat.posts[0]?.answer.state).toBe("growing");
    await bot.handle({ ...pressed("stop"), ...inChannel("ada"), id: "ada's" });
    await Promise.all([asked, ...refused]);
    expect(chat.posts.map(({ answer }) => [answer.text, answer.notices])).toEqual([
      ["Half", ["Stopped."]],
      ["", [sentence]],
      ["", [sentence]],
    ]);
  });

  test("a council is for the same people", async () => {
    const chat = fakeAdapter({ managers: ["fake:ada"] });
    const members = { members: ["a/one", "b/two"], chair: "a/one" };
    const bot = await testBot({
      chat,
      settings: { patienceMs: 10, council: councilSchema.parse(members) },
      streams: Object.fromEntries(
        members.members.map((name) => [name, councilModel(name, [], { answer: ["wait"] }).stream]),
      ),
    });
    const asked = bot.command("council", "Which city?", inChannel("kim"));
    while (chat.posts.length === 0) await sleep(1);
    const refused = bot.handle({ ...pressed("stop"), ...inChannel("mina") });
    await until("she is told", () => chat.posts[1]?.answer.text === english.notYourAnswer);
    expect(chat.posts[0]?.answer.state).toBe("growing");
    await bot.command("stop", "", inChannel("ada"));
    await Promise.all([asked, refused]);
    expect(chat.posts[0]?.answer).toMatchObject({ state: "stopped", notices: ["Stopped."] });
  });

  test("by the button of an answer that is done leaves another's alone", async () => {
    const scripts = [answer("Kim's"), [says("Half"), "wait"] as const];
    const bot = await testBot({ scripts });
    await bot.say("hi", inChannel("kim"));
    const asked = bot.say("hi", inChannel("mina"));
    while (bot.chat.posts.length === 1) await sleep(1);
    await bot.handle({ ...pressed("stop"), ...inChannel("kim") });
    expect(bot.chat.posts.map(({ answer }) => answer.state)).toEqual(["done", "growing"]);
    await bot.command("stop", "", inChannel("mina"));
    await asked;
    expect(bot.chat.posts.map(({ answer }) => answer.state)).toEqual(["done", "stopped"]);
  });

  test("who waits takes back what they asked, and nobody else's", async () => {
    const { chat, ...bot } = await testBot({
      settings: { patienceMs: 10 },
      scripts: [[says("Half"), "wait"], answer("never")],
    });
    const asked = bot.say("hi", inChannel("kim"));
    while (chat.posts.length === 0) await sleep(1);
    const waiting = bot.say("and me", inChannel("mina"));
    await until("she is told to wait", () => chat.posts[1]?.answer.text.includes("ahead of yours"));
    await bot.command("stop", "", inChannel("mina"));
    await until("she is told at once", () => chat.posts[1]?.answer.text === "Stopped.");
    expect(chat.posts[0]?.answer.state).toBe("growing");
    await bot.command("stop", "", inChannel("kim"));
    await Promise.all([asked, waiting]);
    expect(chat.posts.map(({ answer }) => [answer.state, answer.notices])).toEqual([
      ["stopped", ["Stopped."]],
      ["stopped", ["Stopped."]],
    ]);
    expect(bot.model.requests).toHaveLength(1);
  });

  test("reaches a question that waits for more of the same person, and not what is asked after it", async () => {
    const bot = await testBot({ settings: { burstMs: 200 }, scripts: [answer("to the second")] });
    const first = bot.say("one");
    await sleep(20);
    await bot.command("stop");
    await Promise.all([first, bot.say("two")]);
    expect(bot.chat.posts.map(({ answer }) => [answer.text, answer.notices])).toEqual([
      ["", ["Stopped."]],
      ["to the second", []],
    ]);
    expect(bot.sent()).not.toContain("one");
  });

  test("comes again, and leaves alone what was asked meanwhile", async () => {
    const going = Promise.withResolvers<void>();
    const bot = await testBot({
      scripts: [
        [says("One"), "wait"],
        [says("Two"), going.promise, says(" three"), stop()],
      ],
    });
    const first = bot.say("one");
    await until("it is answered", () => bot.last() === "One");
    await bot.command("stop", "", { id: "the stop" });
    await first;
    const second = bot.say("two");
    await until("the next is answered", () => bot.last() === "Two");
    await bot.command("stop", "", { id: "the stop" });
    going.resolve();
    await second;
    expect(bot.chat.posts.map(({ answer }) => [answer.state, answer.text])).toEqual([
      ["stopped", "One"],
      ["done", "Two three"],
    ]);
  });
});
