import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { answer, attachment, deleted, edited, inChannel, pressed } from "../support/events.ts";
import { say as says } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

describe("while an answer is being written", () => {
  test("what the same person adds becomes one next question, in order", async () => {
    const { say, command, model, chat } = await testBot({ scripts: [[says("A"), "wait"], answer("B")] });
    const asked = [say("first")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("and this"), say("and that", { attachments: [attachment("n.md", Buffer.from("notes"))] }));
    await command("stop");
    await Promise.all(asked);
    expect(model.requests).toHaveLength(2);
    expect(model.requests[1]?.messages.at(-1)?.parts).toEqual([
      { type: "text", text: "[File 1 n.md]\nnotes\n[end]\n\nand this\nand that" },
    ]);
  });

  test("what another person writes stays a question of its own", async () => {
    const { say, command, model, chat } = await testBot({
      scripts: [[says("A"), "wait"], answer("B"), answer("C")],
    });
    const asked = [say("first", inChannel("Kim"))];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("mine", inChannel("Mina")), say("also mine", inChannel("Kim")));
    await command("stop", "", inChannel("Kim"));
    await Promise.all(asked);
    expect(model.requests).toHaveLength(3);
  });

  test("a command in between ends what is joined, and takes its turn", async () => {
    const { say, command, model, chat, sent } = await testBot({
      scripts: [[says("A"), "wait"], answer("B"), answer("C")],
    });
    const asked = [say("first")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("before"), command("new"), say("after"));
    await command("stop");
    await Promise.all(asked);
    expect(model.requests).toHaveLength(3);
    expect(sent()).toContain("after");
    expect(sent()).not.toContain("before");
  });

  test("what is said to another persona is not joined", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor")];
    const { say, command, model, chat } = await testBot({
      personas,
      scripts: [[says("A"), "wait"], answer("B"), answer("C")],
    });
    const asked = [say("first")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("second"), say("tutor: explain"));
    await command("stop");
    await Promise.all(asked);
    expect(model.requests.map(({ instructions }) => /You are (\w+)/u.exec(instructions)?.[1])).toEqual([
      "assistant",
      "assistant",
      "tutor",
    ]);
  });

  test("of two quick edits the last one counts, and one turn is kept", async () => {
    const { say, handle, chat, sent, core } = await testBot({
      scripts: [[says("Old"), "wait"], answer("New"), answer("New")],
    });
    const asked = say("one", { messageId: "m1" });
    while (chat.posts.length === 0) await sleep(1);
    await Promise.all([handle(edited("m1", "two", "a")), handle(edited("m1", "three", "b")), asked]);
    expect(sent()).toContain("three");
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["New"]);
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("an edit of the first of two joined messages keeps the second", async () => {
    const { say, handle, chat, command, sent } = await testBot({
      scripts: [[says("A"), "wait"], [says("B"), "wait"], answer("C")],
    });
    const asked = [say("first")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("Translate:", { messageId: "m1" }), say("안녕하세요", { messageId: "m2" }));
    await command("stop");
    while (chat.posts.length === 1) await sleep(1);
    await handle(edited("m1", "Explain:"));
    await Promise.all(asked);
    expect(sent()).toContain("Explain:\\n안녕하세요");
  });

  test("an edit of the question starts its answer anew, in the same message", async () => {
    const { say, handle, chat, model, core } = await testBot({
      scripts: [[says("Old"), "wait"], answer("New")],
    });
    const asked = say("What is 2+2?", { messageId: "m1" });
    while (chat.posts.length === 0) await sleep(1);
    await handle(edited("m1", "What is 3+3?"));
    await asked;
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["New"]);
    expect(JSON.stringify(model.requests[1]?.messages)).not.toContain("2+2");
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("a question that is deleted while its answer's first words are on their way leaves none of them half said", async () => {
    const chat = fakeAdapter();
    const [shown, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const post = chat.post.bind(chat);
    Object.assign(chat, {
      async post(...given: Parameters<typeof post>) {
        const id = await post(...given);
        shown.resolve();
        await told.promise;
        return id;
      },
    });
    const { say, handle } = await testBot({ scripts: [[says("Once upon a time"), "wait"]], chat });
    const asked = say("a story", { messageId: "m1" });
    await shown.promise;
    await handle(deleted("m1"));
    told.resolve();
    await asked;
    expect(chat.posts.at(-1)?.answer).toMatchObject({ state: "stopped", text: "Once upon a time" });
  });

  test("a deleted question stops its answer, and a waiting one is never asked", async () => {
    const { say, handle, chat, model } = await testBot({ scripts: [[says("Old"), "wait"]] });
    const asked = [say("one", { messageId: "m1" })];
    while (chat.posts.length === 0) await sleep(1);
    void say("two", { messageId: "m2" });
    await handle(deleted("m2"));
    await handle(deleted("m1"));
    await Promise.all(asked);
    expect(chat.posts.map((post) => post.answer.state)).toEqual(["stopped"]);
    expect(model.requests).toHaveLength(1);
  });

  test("of joined messages one can be deleted: the others are answered, in the same place", async () => {
    const { say, handle, chat, command, sent, core } = await testBot({
      scripts: [[says("A"), "wait"], [says("4, and"), "wait"], answer("Shakespeare")],
    });
    const asked = [say("first")];
    while (chat.posts.length === 0) await sleep(1);
    void say("What is 2+2?", { messageId: "m1" });
    asked.push(say("Who wrote Hamlet?", { messageId: "m2" }));
    await command("stop");
    while (chat.posts.length === 1) await sleep(1);
    await handle(deleted("m1"));
    await Promise.all(asked);
    expect(chat.posts.map(({ answer: { text, state } }) => [text, state])).toEqual([
      ["A", "stopped"],
      ["Shakespeare", "done"],
    ]);
    expect(sent()).toContain("Who wrote Hamlet?");
    expect(sent()).not.toContain("2+2");
    expect(await core.store.inbox.pending("fake:kim" as never, 9)).toEqual([]);
  });

  test("a question that its platform deletes without saying whose it is stops its answer, and nobody else's", async () => {
    const settings = { channels: { "fake:general": { scope: "user" } } } as const;
    const { say, handle, chat } = await testBot({
      settings,
      access: { allow: ["fake:kim", "fake:mina"] },
      scripts: [
        [says("Half"), "wait"],
        [says("Half"), "wait"],
      ],
    });
    const asked = say("hi", { ...inChannel("kim"), messageId: "m1" });
    void say("hi", { ...inChannel("mina"), messageId: "m2" });
    while (chat.posts.length < 2) await sleep(1);
    const unknown = { id: "fake:unknown", name: "someone" };
    const taken = { ...deleted("m1"), ...inChannel("kim"), author: unknown } as const;
    await handle({ ...taken, author: { id: "fake:mina", name: "mina" }, id: "d1" });
    await handle({ ...taken, thread: "fake:elsewhere", isAnonymous: true, id: "d2" });
    await sleep(20);
    expect(chat.posts.map(({ answer }) => answer.state)).toEqual(["growing", "growing"]);
    await handle({ ...taken, isAnonymous: true, id: "d3" });
    await asked;
    expect(chat.posts.map(({ answer }) => answer.state).toSorted()).toEqual(["growing", "stopped"]);
    expect(chat.posts.find(({ replyTo }) => replyTo === "m1")?.answer.state).toBe("stopped");
  });

  test("a question that is deleted while its edit is answered stops that answer, too", async () => {
    const { say, handle, chat } = await testBot({ scripts: [answer("Old"), [says("New"), "wait"]] });
    await say("one", { messageId: "m1" });
    const changed = handle(edited("m1", "two"));
    while (chat.posts[0]?.answer.text !== "New") await sleep(1);
    await handle(deleted("m1"));
    await changed;
    expect(chat.posts.map(({ answer: { text, state } }) => [text, state])).toEqual([["New", "stopped"]]);
  });

  test("before the first words of that one, what answered the question stays as it was", async () => {
    const { say, handle, chat, model, core } = await testBot({ scripts: [answer("Old"), ["wait"]] });
    await say("one", { messageId: "m1" });
    const changed = handle(edited("m1", "two"));
    while (model.requests.length < 2) await sleep(1);
    await handle(deleted("m1"));
    await changed;
    expect(chat.posts.map(({ answer: { text, state } }) => [text, state])).toEqual([["Old", "done"]]);
    expect(await core.store.turns.find("fake:kim" as never, { asked: "m1" })).toMatchObject({
      outcome: "done",
      posts: { 0: "0" },
    });
  });

  test("a deleted question's edit that waits is never answered", async () => {
    const { say, handle, chat, command, model } = await testBot({
      scripts: [answer("Old"), [says("B"), "wait"], answer("never")],
    });
    await say("one", { messageId: "m1" });
    const asked = say("another");
    while (chat.posts.length < 2) await sleep(1);
    void handle(edited("m1", "two"));
    await handle(deleted("m1"));
    await command("stop");
    await asked;
    await say("and then");
    expect(model.requests.map(({ messages }) => messages.at(-1)?.parts)).toEqual([
      [{ type: "text", text: "one" }],
      [{ type: "text", text: "another" }],
      [{ type: "text", text: "and then" }],
    ]);
    expect(chat.posts[0]?.answer.text).toBe("Old");
  });
});

describe("stopping", () => {
  test("by its button works like the command", async () => {
    const { say, handle, chat } = await testBot({ scripts: [[says("Half"), "wait"]] });
    const asked = say("hi");
    while (chat.posts.length === 0) await sleep(1);
    const [button] = chat.posts[0]?.answer.actions ?? [];
    expect(button?.label).toBe("Stop");
    await handle(pressed(button?.token ?? ""));
    await asked;
    expect(chat.posts[0]?.answer.state).toBe("stopped");
  });

  test("the bot begins nothing new", async () => {
    const { say, bot, chat, model } = await testBot({ scripts: [[says("Half"), "wait"], answer("never")] });
    const asked = [say("hi")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("waiting"));
    await bot.stop();
    await Promise.all(asked);
    await expect(say("too late")).rejects.toThrow("the bot is stopping");
    expect(model.requests).toHaveLength(1);
  });

  test("works while a file is still being fetched", async () => {
    const { say, command, chat, model } = await testBot();
    // A file that never comes, but heeds its signal.
    chat.downloads.set(
      "big.png",
      (signal) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    );
    const asked = say("look", { attachments: [{ name: "big.png", mimeType: "image/png", ref: "" }] });
    while (!chat.statuses.includes("getting big.png")) await sleep(1);
    await command("stop");
    await asked;
    expect(chat.posts.map((post) => post.answer)).toMatchObject([
      { state: "stopped", notices: ["Stopped."] },
    ]);
    expect(model.requests).toHaveLength(0);
  });

  test("keeps what was said, in the chat and in the history", async () => {
    const { say, command, chat, sent } = await testBot({
      scripts: [[says("Once upon"), "wait"], answer("ok")],
    });
    const asked = say("Tell me a story");
    while (chat.posts.length === 0) await sleep(1);
    await command("stop");
    await asked;
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "stopped",
      text: "Once upon",
      notices: ["Stopped."],
    });
    await say("go on");
    expect(sent()).toContain("Once upon");
  });

  test("with nothing running says so", async () => {
    const { command, chat } = await testBot();
    await command("stop");
    expect(chat.posts[0]?.answer.text).toBe("Nothing is running here.");
  });

  test("the bot says that an answer goes on after its restart", async () => {
    const { say, bot, chat } = await testBot({ scripts: [[says("Half"), "wait"]] });
    const asked = say("hi");
    while (chat.posts.length === 0) await sleep(1);
    await bot.stop();
    await asked;
    expect(chat.posts.map((post) => post.answer.text)).toEqual([
      "Half\n\n*I'm being restarted. The answer goes on here in a moment.*",
    ]);
  });
});
