import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Unreachable } from "../../src/platform/trouble.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { answer, deleted, inChannel } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { say as says } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

test("whoever waits behind another is told so where their answer will stand, however slow the platform is", async () => {
  const chat = fakeAdapter();
  let isTold = false;
  const isTelling = Promise.withResolvers<void>();
  const slowly = {
    ...chat,
    async post(...args: Parameters<typeof chat.post>) {
      if (args[1].text.includes("ahead of yours") && !isTold) {
        isTold = true;
        isTelling.resolve();
        throw new Error("socket hang up");
      }
      return chat.post(...args);
    },
  };
  const { bot } = await testBot({ chat: slowly, scripts: [[says("A"), "wait"], answer("B")] });
  const ask = (name: string) => {
    const id = `asked-${name}`;
    return {
      id,
      type: "message",
      messageId: id,
      text: "hello",
      attachments: [],
      ...inChannel(name),
    } as const;
  };
  await bot.receive(slowly, ask("Kim"));
  while (chat.posts.length === 0) await sleep(1);
  await bot.receive(slowly, ask("Mina"));
  await isTelling.promise;
  await bot.receive(slowly, {
    ...inChannel("Kim"),
    id: "stop",
    type: "command",
    name: "stop",
    argument: "",
  });
  await chat.dealtWith("asked-Mina");
  await sleep(1_500);
  expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["A", "B"]);
});

test("who waits and takes the question back is not told any more that they wait", async () => {
  const { say, handle, command, chat, core, model } = await testBot({
    scripts: [[says("A"), "wait"], answer("B")],
    settings: { patienceMs: 200 },
  });
  const asked = [say("hi", inChannel("Kim"))];
  while (chat.posts.length === 0) await sleep(1);
  void say("and me", { ...inChannel("Mina"), messageId: "m1" });
  while (chat.posts.length === 1) await sleep(1);
  asked.push(say("or this", { ...inChannel("Mina"), messageId: "m2" }));
  await handle({ ...deleted("m1"), ...inChannel("Mina") });
  // Their other question waits as well: where its own answer will stand, that is said.
  while (chat.posts.length === 2) await sleep(1);
  expect(chat.posts.map(({ isRemoved = false, replyTo }) => [isRemoved, replyTo])).toEqual([
    [false, undefined],
    [true, "m1"],
    [false, "m2"],
  ]);
  await command("stop", "", inChannel("Kim"));
  await Promise.all(asked);
  expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["A", chat.posts[1]?.answer.text, "B"]);
  expect(model.requests).toHaveLength(2);
  expect(await core.store.outbox.known("fake:general")).not.toContain("1");
});

test("also when that is being told at this moment", async () => {
  const chat = fakeAdapter();
  const [telling, told] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slowly = {
    ...chat,
    async post(...args: Parameters<typeof chat.post>) {
      if (args[1].text.includes("ahead of yours")) {
        telling.resolve();
        await told.promise;
      }
      return chat.post(...args);
    },
  };
  const { bot } = await testBot({
    chat: slowly,
    scripts: [[says("A"), "wait"]],
    settings: { patienceMs: 20 },
  });
  const asked = { ...inChannel("Kim"), id: "k", type: "message", text: "hi", attachments: [] } as const;
  await bot.receive(slowly, asked);
  while (chat.posts.length === 0) await sleep(1);
  await bot.receive(slowly, { ...asked, ...inChannel("Mina"), id: "m", messageId: "m1" });
  await telling.promise;
  await bot.receive(slowly, { ...deleted("m1"), ...inChannel("Mina") });
  await sleep(20);
  told.resolve();
  while (!chat.posts[1]?.isRemoved) await sleep(1);
  expect(chat.posts).toHaveLength(2);
});

test("whom a process that ended was about to tell is told before those behind them", async () => {
  const { bot, core, chat } = await testBot({
    scripts: [[says("A"), "wait"]],
    settings: { patienceMs: 300 },
  });
  const { inbox, outbox } = core.store;
  const asked = (id: string, name: string) =>
    ({ ...inChannel(name), id, type: "message", messageId: id, text: id, attachments: [] }) as const;
  const key = "fake:general" as ConversationKey;
  const all = [asked("1", "Kim"), asked("2", "Mina"), asked("3", "Lee"), asked("4", "Mina")];
  for (const inbound of all)
    await inbox.put(key, { id: `fake:${inbound.id}`, seq: `00${inbound.id}`, at: Date.now(), inbound });
  await outbox.begin(key, { id: "j", events: ["fake:2"], posts: {}, isHeld: true });
  await bot.work([chat]);
  await bot.receive(chat, asked("5", "Noor"));
  while (chat.posts.length < 5) await sleep(5);
  await sleep(100);
  expect(chat.posts.map(({ replyTo }) => replyTo)).toEqual(["1", "2", "3", "4", "5"]);
});

test("what tells someone to wait is not taken for an answer that got no receipt", async () => {
  const chat = fakeAdapter();
  const isUnknown = Promise.withResolvers<void>();
  const broken = {
    ...chat,
    async post(...args: Parameters<typeof chat.post>) {
      if (args[1].text !== "A" || chat.posts.length > 0) return chat.post(...args);
      isUnknown.resolve();
      throw new Unreachable("socket hang up");
    },
    // As on Telegram: whatever stands there and is nobody else's.
    async find(_: string, { known }: { known: readonly string[] }) {
      return chat.posts.map((_, index) => String(index)).find((id) => !known.includes(id));
    },
  };
  const { bot, core } = await testBot({
    chat: broken,
    scripts: [answer("A"), answer("B")],
    settings: { patienceMs: 50 },
  });
  // No receipt is stored yet.
  Object.assign(core.store.outbox, { known: async () => [] });
  const asked = (id: string, name: string) =>
    ({ ...inChannel(name), id, type: "message", messageId: id, text: id, attachments: [] }) as const;
  await bot.receive(broken, asked("1", "Kim"));
  await isUnknown.promise;
  await bot.receive(broken, asked("2", "Mina"));
  await Promise.all([chat.dealtWith("1"), chat.dealtWith("2")]);
  const shown = chat.posts.map(({ replyTo, versions }) => [
    replyTo,
    new Set(versions.map(({ text }) => text)),
  ]);
  expect(shown).toEqual([
    ["2", new Set(["One question is ahead of yours; I'll answer here.", "B"])],
    ["1", new Set(["A"])],
  ]);
});
