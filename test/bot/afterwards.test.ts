import { describe, expect, test } from "vitest";
import { MessageGone } from "../../src/errors.ts";
import { answer, attachment, edited, inChannel, png, pressed } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says, stop } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

describe("after an answer", () => {
  test("a question that is edited just before it is begun is answered as it is now", async () => {
    let atLast: (() => Promise<void>) | undefined;
    const { bot, chat, sent } = await testBot({
      scripts: [answer("Yes."), answer("Yes.")],
      store: (store) => ({
        ...store,
        inbox: {
          ...store.inbox,
          async pending(...call) {
            const read = await store.inbox.pending(...call);
            const happen = atLast;
            if (read.length > 0) atLast = undefined;
            if (read.length > 0) await happen?.();
            return read;
          },
        },
      }),
    });
    atLast = () => bot.receive(chat, edited("m1", "as changed"));
    await bot.receive(chat, { ...edited("m1", "as written").message, id: "first" });
    await chat.dealtWith("first");
    expect(sent()).toContain("as changed");
    expect(chat.posts).toHaveLength(1);
  });

  test("an edited question is answered in place, seeing only what came before it", async () => {
    const { say, handle, chat, sent, core } = await testBot({
      scripts: [answer("1"), answer("2"), answer("3"), answer("new 2")],
    });
    await say("one");
    await say("two", { messageId: "m2" });
    await say("three");
    await handle(edited("m2", "two, please"));
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["1", "new 2", "3"]);
    expect(sent()).toContain("one");
    expect(sent()).not.toContain("three");
    const turns = await core.store.turns.list("fake:kim" as never);
    expect(turns.map(({ messages }) => messages.at(-1)?.parts)).toMatchObject([
      [{ text: "1" }],
      [{ text: "new 2" }],
      [{ text: "3" }],
    ]);
  });

  test("the button “Again” answers once more in place, also after a restart", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, scripts: [answer("1")] });
    await first.say("one", { attachments: [attachment("cat.png", png, "image/png")] });
    const [again] = first.chat.posts[0]?.answer.actions ?? [];
    expect(again?.label).toBe("Again");
    expect(again?.token.length).toBeLessThanOrEqual(60);
    await first.core.store.close();

    const { handle, chat, model, core } = await testBot({ dataFolder, scripts: [answer("other 1")] });
    chat.posts.push(...first.chat.posts);
    await handle(pressed(again?.token ?? ""));
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["other 1"]);
    expect(model.requests[0]?.messages).toHaveLength(1);
    expect(model.requests[0]?.messages[0]?.parts[0]).toMatchObject({ type: "image" });
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("one that was cut offers to go on", async () => {
    const { say, handle, chat, sent } = await testBot({
      scripts: [[says("Part one"), stop("length")], answer("Part two")],
    });
    await say("Tell me all");
    const [more] = chat.posts[0]?.answer.actions ?? [];
    expect(more?.label).toBe("Go on");
    await handle(pressed(more?.token ?? ""));
    expect(sent()).toContain("Part one");
    expect(chat.posts[1]?.answer.text).toBe("Part two");
  });

  test("edits in two chats are both answered, though platforms count messages per chat", async () => {
    const { say, handle, chat } = await testBot({
      scripts: [answer("1"), answer("2"), answer("new 1"), answer("new 2")],
    });
    const elsewhere = { thread: "fake:mina", author: { id: "fake:mina", name: "Mina" } };
    await say("one", { messageId: "m1" });
    await say("two", { messageId: "m1", ...elsewhere });
    const there = edited("m1", "two!", "b");
    await Promise.all([
      handle(edited("m1", "one!", "a")),
      handle({ ...there, ...elsewhere, message: { ...there.message, ...elsewhere } }),
    ]);
    expect(chat.posts.map((post) => post.answer.text).toSorted()).toEqual(["new 1", "new 2"]);
  });

  test("nobody presses another's button: it would bring their memory to the other's question", async () => {
    const { say, handle, chat, model } = await testBot({ scripts: [answer("1")] });
    await say("one", inChannel("Kim"));
    const [again] = chat.posts[0]?.answer.actions ?? [];
    await handle({ ...pressed(again?.token ?? ""), ...inChannel("Mina") });
    expect(model.requests).toHaveLength(1);
    expect(chat.posts[1]?.answer.notices).toEqual(["Only the person who asked can do that."]);
  });

  test("an answer that could not be shown is shown as soon as the platform takes it, and not made twice", async () => {
    const { say, chat, core } = await testBot({ scripts: [answer("1")] });
    chat.failures.push(new Error("frame lost"), new Error("socket hang up"), new Error("socket hang up"));
    await say("one");
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["1"]);
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("an answer is shown however often its platform did not take it meanwhile", async () => {
    const { say, chat } = await testBot({ scripts: [answer("1")] });
    chat.failures.push(...Array.from({ length: 25 }, () => new MessageGone("away")));
    await say("one");
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["1"]);
  });

  test("a button of something forgotten says so", async () => {
    const { handle, chat } = await testBot();
    await handle(pressed("again:01990000-0000-7000-8000-000000000000"));
    expect(chat.posts[0]?.answer.notices).toEqual([
      "This button is too old: I no longer have what it belongs to.",
    ]);
  });
});

describe("asking another", () => {
  const personas = [testPersona("assistant"), testPersona("tutor", { name: "The Tutor" })];

  test("offers the models and personas there are, and answers in place with the chosen one", async () => {
    const { say, handle, chat, model } = await testBot({
      personas,
      scripts: [answer("1"), answer("2"), answer("3")],
    });
    await say("one");
    const other = chat.posts[0]?.answer.actions.find(({ label }) => label === "Ask another");
    await handle({ ...pressed(other?.token ?? ""), id: "p1" });
    const offered = chat.posts[1]?.answer.actions ?? [];
    expect(offered.map(({ label }) => label)).toEqual(["smart", "assistant", "The Tutor"]);
    expect(offered.every(({ token }) => token.length <= 60)).toBe(true);

    await handle({ ...pressed(offered[2]?.token ?? ""), id: "p2", messageId: "1" });
    expect(model.requests.at(-1)?.instructions).toContain("You are tutor.");
    expect(chat.posts[0]?.answer).toMatchObject({ text: "2", persona: { name: "The Tutor" } });
    expect(chat.posts[1]?.isRemoved).toBe(true);
  });

  test("is for the person who asked", async () => {
    const { say, handle, chat, model } = await testBot({ personas, scripts: [answer("1")] });
    await say("one", inChannel("Kim"));
    const other = chat.posts[0]?.answer.actions.find(({ label }) => label === "Ask another");
    await handle({ ...pressed(other?.token ?? ""), ...inChannel("Mina") });
    expect(chat.posts[1]?.answer.notices).toEqual(["Only the person who asked can do that."]);
    expect(model.requests).toHaveLength(1);
  });
});
