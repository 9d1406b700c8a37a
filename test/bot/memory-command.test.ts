import { describe, expect, test } from "vitest";
import { answer, inChannel, inThread } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { factsIn, keeps, press, rememberingBot, under } from "../support/remembering.ts";

describe("/memory", () => {
  test("shows each fact with where and when it was learned, by whom", async () => {
    const bot = await rememberingBot(keeps("Lives in Seoul."));
    await bot.command("memory", "add Likes tea.");
    await bot.say("I live in Seoul", { ...inChannel("kim"), messageId: "m7" });
    await bot.command("memory");
    const day = new Date().toLocaleDateString("en", { dateStyle: "long", timeZone: "UTC" });
    expect(bot.last()).toContain(
      [
        "**What I remember about you** (2 of at most 500)",
        "",
        `- \`1\` Likes tea. *(in private, ${day})*`,
        `- \`2\` Lives in Seoul. *([#general](https://fake.chat/fake:general/m7), ${day}, by assistant)*`,
      ].join("\n"),
    );
    await bot.command("memory", "", inChannel("kim"));
    expect(bot.last()).not.toContain("tea");
    expect(bot.last()).toContain("1 more, not for those who read along here");
  });

  test("keeps its numbers while facts go", async () => {
    const bot = await rememberingBot();
    for (const fact of ["Likes tea.", "Has a dog.", "Plays chess."])
      await bot.command("memory", `add ${fact}`);
    await bot.command("memory", "forget 1");
    expect(bot.last()).toBe("Forgotten for good: Likes tea.");
    await bot.command("memory", "forget 2");
    expect(bot.last()).toBe("Forgotten for good: Has a dog.");
    await bot.command("memory", "edit 3 Plays go.");
    expect(bot.last()).toBe("Changed: Plays go. (before: Plays chess.)");
    await bot.command("memory");
    expect(bot.last()).toContain("- `3` Plays go.");
    await bot.command("memory", "undo");
    expect(bot.last()).toBe("Undone. Again: Plays chess.");
    await bot.command("memory", "forget 7");
    expect(under(bot)?.notices).toEqual(["There is no number “7” here. `/memory` shows the numbers."]);
  });

  test("forget all asks first", async () => {
    const bot = await rememberingBot();
    await bot.command("memory", "add Likes tea.");
    await bot.command("memory", "forget all");
    expect(await factsIn(bot)).toEqual(["Likes tea."]);
    await press(bot, "Forget all");
    expect(bot.last()).toBe("One fact forgotten for good.");
    await bot.command("memory");
    expect(bot.last()).toContain("I remember nothing about you.");
  });

  test("forget all is the button of who asked: whoever else presses it keeps what is theirs", async () => {
    const bot = await rememberingBot();
    await bot.command("memory", "add Likes tea.", inChannel("kim"));
    await bot.command("memory", "add Likes coffee.", inChannel("lee"));
    await bot.command("memory", "forget all", inChannel("kim"));
    const token = under(bot)?.actions.find(({ label }) => label === "Forget all")?.token ?? "";
    await bot.handle({ ...inChannel("lee"), id: "press", type: "press", token, messageId: "2" });
    expect(under(bot)?.notices).toEqual(["Only the person who asked can do that."]);
    expect(await bot.core.store.facts.list("fake:lee")).toHaveLength(1);
  });

  test("share lets a private fact be used where others read along, and unshare ends that", async () => {
    const bot = await rememberingBot([answer("1"), answer("2"), answer("3")]);
    await bot.command("memory", "add Likes tea.");
    await bot.say("hi", inChannel("kim"));
    expect(bot.sent()).not.toContain("tea");
    await bot.command("memory", "share 1");
    await bot.say("hi", inThread);
    expect(bot.sent()).toContain("[What you know about Kim]\\n1. Likes tea.");
    await bot.command("memory", "unshare 1");
    await bot.say("hi", inChannel("kim"));
    expect(bot.sent()).not.toContain("tea");
  });

  test("pause: nothing is learned and nothing is used, also after a restart", async () => {
    const dataFolder = makeFolder();
    const bot = await rememberingBot([answer("1")], { dataFolder });
    await bot.command("memory", "add Likes tea.");
    await bot.command("memory", "pause");
    await bot.bot.stop();
    await bot.core.store.close();
    const after = await rememberingBot([answer("1"), answer("2")], { dataFolder });
    await after.say("hi");
    expect(after.sent()).not.toContain("tea");
    expect(after.model.requests[0]?.tools).toEqual([]);
    await after.command("memory", "add Has a dog.");
    expect(under(after)?.notices).toEqual(["Memory is paused. `/memory resume` first."]);
    await after.command("memory", "resume");
    await after.say("hi");
    expect(after.sent()).toContain("Likes tea.");
  });

  test("why tells which facts the last answer was given, also after a restart", async () => {
    const dataFolder = makeFolder();
    const bot = await rememberingBot([answer("1")], { dataFolder });
    await bot.command("memory", "why");
    expect(bot.last()).toBe("I have not answered you here yet.");
    await bot.command("memory", "add Likes tea.");
    await bot.command("memory", "add Has a dog.");
    await bot.say("hi");
    await bot.command("memory", "add Plays chess.");
    await bot.command("memory", "forget 2");
    await bot.bot.stop();
    await bot.core.store.close();
    const after = await rememberingBot([answer("2")], { dataFolder });
    await after.command("memory", "why");
    expect(after.last()).toBe(
      "My last answer to you here was given these:\n\n- `1` Likes tea.\n\n1 more that is forgotten, or not for this place, by now.",
    );
    await after.say("hi", inChannel("kim"));
    await after.command("memory", "why", inChannel("kim"));
    expect(after.last()).toBe("My last answer to you here used none of what I remember about you.");
  });

  test("export sends it as a file, in private alone", async () => {
    const bot = await rememberingBot([], { chat: fakeAdapter({ uploads: true }) });
    await bot.command("memory", "add Likes tea.");
    await bot.command("instructions", "add be brief");
    await bot.command("memory", "export", inChannel("kim"));
    expect(under(bot)?.notices).toEqual(["Others read along here: ask me that in a direct message."]);
    await bot.command("memory", "export");
    expect(bot.chat.posts.at(-2)?.answer.text).toBe("1 fact and 1 instruction, with what they were before.");
    const { file } = bot.chat.posts.at(-1) ?? {};
    expect(JSON.parse(Buffer.from(file?.data ?? "").toString())).toMatchObject({
      facts: [{ text: "Likes tea.", place: "dm" }],
      instructions: [{ text: "be brief" }],
    });
  });
});
