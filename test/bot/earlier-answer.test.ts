import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ProviderError } from "../../src/providers/provider.ts";
import { english as words } from "../../src/words/words.ts";
import { answer, attachment, edited, inChannel, pressed } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says, type Script, stop } from "../support/scripted-model.ts";
import { type TestBot, testBot } from "../support/test-core.ts";

const hour = 3_600_000;

const busy = new ProviderError("overloaded", { provider: "scripted", message: "no" });

/** A bot that had answered a question and died over its edit. */
async function crashedOverAnEdit() {
  const dataFolder = makeFolder();
  const { bot, chat, core, say } = await testBot({
    dataFolder,
    scripts: [answer("Old"), [says("Half a"), "wait"]],
  });
  await say("one", { messageId: "m1" });
  await bot.receive(chat, edited("m1", "two"));
  while (chat.posts[0]?.answer.text !== "Half a") await sleep(1);
  // Nothing is stored any more, as after a crash.
  await core.store.close();
  return { dataFolder, chat };
}

/** What people read: each message's text, and the bot's own sentences under it. */
const shown = ({ chat }: TestBot) =>
  chat.posts.map(({ answer: { text, notices } }) => (notices.length > 0 ? { text, notices } : text));

describe("an answer that stands already", () => {
  test("stays when an edit of its question is not answered, which is told beside it", async () => {
    const bot = await testBot({ scripts: [answer("A fine long answer")] });
    await bot.say("one", { messageId: "m1" });
    await bot.handle({ ...edited("m1", "two"), at: Date.now() - 2 * hour });
    expect(shown(bot)).toEqual(["A fine long answer", { text: "", notices: [words.tooOld(120)] }]);
  });

  test("makes room for a new one when its question is edited, however long ago that was written", async () => {
    const bot = await testBot({ scripts: [answer("Old"), answer("New")] });
    await bot.say("one", { messageId: "m1" });
    const edit = edited("m1", "two");
    const at = Date.now() - 2 * hour;
    await bot.handle({ ...edit, at: Date.now(), message: { ...edit.message, at } });
    expect(shown(bot)).toEqual(["New"]);
    // How long it took does not count from the old words.
    expect(bot.chat.posts[0]?.answer.receipt?.elapsedMs).toBeLessThan(hour);
  });

  test("stays when who asked presses Again, and may not use the bot any more", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, scripts: [answer("A fine answer")] });
    await first.say("hi", inChannel("kim"));
    const token = first.chat.posts[0]?.answer.actions[0]?.token ?? "";
    await first.bot.stop();
    await first.core.store.close();
    const bot = await testBot({ dataFolder, chat: first.chat, access: { allow: ["fake:mina"] } });
    await bot.handle({ ...pressed(token), ...inChannel("kim") });
    expect(shown(bot)).toEqual(["A fine answer", { text: "", notices: [expect.any(String)] }]);
  });

  test("stays when the new one is stopped before a model was asked", async () => {
    const chat = fakeAdapter();
    chat.downloads.set("slow.txt", (signal) => sleep(60_000, new Uint8Array(), { signal }));
    const bot = await testBot({ chat, scripts: [answer("Old")] });
    await bot.say("one", { messageId: "m1" });
    const edit = edited("m1", "two");
    const attachments = [attachment("slow.txt", new Uint8Array())];
    const answered = bot.handle({ ...edit, message: { ...edit.message, attachments } });
    await sleep(20);
    await bot.command("stop");
    await answered;
    expect(shown(bot)).toEqual(["Old", { text: "", notices: [words.stopped] }]);
  });

  test("is told once that there is no new one, where the platform did not take that at first", async () => {
    const bot = await testBot({ scripts: [answer("Old")], settings: { restMs: 1 } });
    await bot.say("one", { messageId: "m1" });
    bot.chat.failures.push(new Error("away"));
    await bot.handle({ ...edited("m1", "two"), at: Date.now() - 2 * hour });
    expect(shown(bot)).toEqual(["Old", { text: "", notices: [words.tooOld(120)] }]);
  });

  test("stands again when a new one was begun in its place, and what is left of that came too late", async () => {
    const { dataFolder, chat } = await crashedOverAnEdit();
    const bot = await testBot({ dataFolder, chat, settings: { tooOldMs: 1 } });
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith("edit-m1");
    expect(shown(bot)).toEqual([{ text: "Old", notices: [words.tooOld(0)] }]);
    expect(bot.chat.posts[0]?.answer.state).toBe("failed");
  });

  test("stands again when a new one was begun in its place, and no model goes on with that", async () => {
    const { dataFolder, chat } = await crashedOverAnEdit();
    const bot = await testBot({ dataFolder, chat, scripts: [[busy]] });
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith("edit-m1");
    expect(shown(bot)).toEqual([{ text: "Old", notices: [words.provider("overloaded", undefined)] }]);
    expect(bot.chat.posts[0]?.answer.state).toBe("failed");
  });

  test("has no half of one that was to go on from it left under it, when no model does", async () => {
    const dataFolder = makeFolder();
    const long: Script = [says("One"), stop("length")];
    const first = await testBot({ dataFolder, scripts: [long, [says("Half a"), "wait"]] });
    await first.say("hi");
    const token = first.chat.posts[0]?.answer.actions.find(({ token }) => token.startsWith("more"))?.token;
    await first.bot.receive(first.chat, pressed(token ?? ""));
    while (first.last() !== "Half a") await sleep(1);
    await first.core.store.close();
    const bot = await testBot({ dataFolder, chat: first.chat, scripts: [[busy]] });
    await bot.bot.work([bot.chat]);
    await bot.chat.dealtWith(`press-${token}`);
    const why = words.provider("overloaded", undefined);
    expect(shown(bot).slice(1)).toEqual([{ text: "", notices: [why] }]);
  });

  test("an edit that comes again after a later one changes nothing, though the question only waited when it came", async () => {
    const { say, handle, bot, chat, command, model, sent } = await testBot({
      scripts: [[says("A"), "wait"], answer("to three"), answer("to two")],
    });
    const asked = say("first");
    while (chat.posts.length === 0) await sleep(1);
    void say("one", { messageId: "m1" });
    await handle(edited("m1", "two", "a"));
    await bot.receive(chat, edited("m1", "two", "a"));
    await handle(edited("m1", "three", "b"));
    await bot.receive(chat, edited("m1", "two", "a"));
    await command("stop");
    await asked;
    while (chat.posts[1]?.answer.state !== "done") await sleep(1);
    expect(sent()).toContain("three");
    await bot.receive(chat, edited("m1", "two", "a"));
    await say("next");
    expect(model.requests).toHaveLength(3);
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["A", "to three", "to two"]);
  });
});
