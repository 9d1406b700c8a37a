import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { createBot } from "../../src/bot.ts";
import { createLocalCoordinator } from "../../src/store/coordinator-local.ts";
import { answer, edited, inChannel } from "../support/events.ts";
import { say as says, stop, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

const hour = 3_600_000;

describe("who waits", () => {
  test("behind others' questions is told how many are ahead, where the answer will stand", async () => {
    const first = Promise.withResolvers<void>();
    const { say, chat } = await testBot({
      scripts: [[says("A"), first.promise, usage(1, 1), stop()], answer("B"), answer("C")],
      settings: { patienceMs: 20 },
    });
    const asked = [say("one", inChannel("Kim"))];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("two", inChannel("Mina")), say("three", inChannel("Ari")));
    while (chat.posts.length < 3) await sleep(1);
    expect(chat.posts.slice(1).map(({ answer }) => answer.text)).toEqual([
      "One question is ahead of yours; I'll answer here.",
      "2 questions are ahead of yours; I'll answer here.",
    ]);
    first.resolve();
    await Promise.all(asked);
    expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["A", "B", "C"]);
  });

  test("for a place among the answers written at once is told, and answered in the same message", async () => {
    const first = Promise.withResolvers<void>();
    const { say, chat, model } = await testBot({
      scripts: [[says("A"), first.promise, usage(1, 1), stop()], answer("B")],
      settings: { patienceMs: 20, parallel: 1 },
    });
    const elsewhere = { thread: "fake:mina", author: { id: "fake:mina", name: "Mina" } };
    const asked = [say("one")];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("two", elsewhere));
    while (chat.posts.length < 2) await sleep(1);
    expect(model.requests).toHaveLength(1);
    expect(chat.posts[1]?.answer.text).toBe("One question is ahead of yours; I'll answer here.");
    first.resolve();
    await Promise.all(asked);
    expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["A", "B"]);
  });

  test("sees at once that they were heard, where more came at once than is answered at once", async () => {
    const first = Promise.withResolvers<void>();
    const { say, chat } = await testBot({
      scripts: [[first.promise, says("A"), usage(1, 1), stop()], answer("B"), answer("C")],
      settings: { parallel: 1 },
    });
    const people = ["kim", "mina", "ari"].map((name) => ({
      thread: `fake:${name}`,
      author: { id: `fake:${name}`, name },
    }));
    const asked = people.map((person) => say("hi", person));
    while (chat.statuses.length < 3) await sleep(1);
    expect(chat.posts).toEqual([]);
    first.resolve();
    await Promise.all(asked);
  });

  test("can be waited for: what a person writes in a burst is one question", async () => {
    const { say, model } = await testBot({ scripts: [answer("A")], settings: { burstMs: 400 } });
    const asked = [say("one")];
    await sleep(10);
    asked.push(say("two"));
    await Promise.all(asked);
    expect(model.requests.map(({ messages }) => messages.at(-1)?.parts)).toEqual([
      [{ type: "text", text: "one\ntwo" }],
    ]);
  });
});

describe("a question that took long to come", () => {
  test("is not answered out of the blue: its writer is told", async () => {
    const { say, chat, model } = await testBot();
    await say("hello?", { at: Date.now() - 3 * hour });
    await say("hello??", { at: Date.now() - 1.5 * hour });
    expect(chat.posts.map(({ answer }) => answer.notices)).toEqual([
      ["I was away when you wrote this, 3 hours ago. Write it again if you still want an answer."],
      ["I was away when you wrote this, 90 minutes ago. Write it again if you still want an answer."],
    ]);
    expect(model.requests).toHaveLength(0);
  });

  test("was edited many times while it was answered, and the last words count", async () => {
    const { say, handle, chat, model } = await testBot({
      scripts: [...Array.from({ length: 8 }, () => [says("Old"), "wait"] as const), answer("New")],
    });
    const asked = say("one", { messageId: "m1" });
    for (let edit = 1; edit <= 8; edit++) {
      while (model.requests.length < edit) await sleep(1);
      void handle(edited("m1", `edit ${edit}`, `e${edit}`));
    }
    await asked;
    expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["New"]);
    expect(JSON.stringify(model.requests.at(-1)?.messages)).toContain("edit 8");
  });
});

test("who only listens leaves a chat alone as well, when another process was asked to", async () => {
  const { core, chat } = await testBot({ settings: { parallel: 1 } });
  const coordinator = createLocalCoordinator();
  const gateway = createBot({ ...core, coordinator }, { answers: false });
  const hear = async (id: string): Promise<void> => {
    await gateway.receive(chat, { type: "message", id, text: "hi", attachments: [], ...inChannel("kim") });
    await sleep(10);
  };
  await hear("e1");
  await until("they are told that it works", () => chat.statuses.length > 0);
  await coordinator.publish({ type: "frozen", chat: "fake:general", ms: 60_000 });
  await hear("e2");
  await hear("e3");
  expect(chat.statuses).toHaveLength(1);
});
