import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { InboundMessage } from "../../src/chat.ts";
import type { ConversationKey } from "../../src/store/store.ts";
import { english as words } from "../../src/words/words.ts";
import { answer, edited } from "../support/events.ts";
import { type FakeAdapter, fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says, type Script, stop, usage } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

const from = (name: string, text: string): InboundMessage => ({
  id: `asked-${name}`,
  type: "message",
  messageId: `asked-${name}`,
  thread: `fake:${name}`,
  place: "dm",
  channelName: name,
  author: { id: `fake:${name}`, name },
  text,
  attachments: [],
});

const people = ["kim", "mina", "noor", "olaf"];

/** One life of a process, which a certain question brings down at once; the others take a moment. */
async function liveOnce(dataFolder: string, chat: FakeAdapter, isFirst: boolean): Promise<"died" | "lived"> {
  const died = Promise.withResolvers<"died">();
  const script: Script = ({ messages }) => {
    if (JSON.stringify(messages.at(-1)).includes("poison")) {
      died.resolve("died");
      return ["wait"];
    }
    return [sleep(20), says("Fine."), usage(1, 1), stop()];
  };
  const { bot, core } = await testBot({
    dataFolder,
    chat,
    scripts: Array.from({ length: 20 }, () => script),
  });
  const { inbox } = core.store;
  const isQuiet = async (name: string): Promise<boolean> =>
    (await inbox.pending(`fake:${name}` as ConversationKey, 1)).length === 0;
  async function quiet(): Promise<"lived"> {
    for (const name of people) while (!(await isQuiet(name))) await sleep(2);
    return "lived";
  }
  if (isFirst)
    await Promise.all(
      people.map((name) => bot.receive(chat, from(name, name === "mina" ? "poison" : "hello"))),
    );
  else await bot.work([chat]);
  const outcome = await Promise.race([died.promise, quiet()]);
  // Nothing is stored any more, as after a crash.
  await core.store.close();
  return outcome;
}

test("a question that brings the process down again and again is given up, and those beside it are answered", async () => {
  const dataFolder = makeFolder();
  const chat = fakeAdapter({ finds: true });
  for (let life = 0; (await liveOnce(dataFolder, chat, life === 0)) === "died"; life++)
    expect(life).toBeLessThan(20);
  const shown = Object.fromEntries(
    people.map((name) => [name, chat.posts.findLast(({ thread }) => thread === `fake:${name}`)?.answer]),
  );
  expect(shown["mina"]?.notices).toEqual([words.gaveUp]);
  for (const name of ["kim", "noor", "olaf"]) expect(shown[name]?.text, name).toBe("Fine.");
});

test("an edit that comes while the finished answer is being shown is not lost when the process dies then", async () => {
  const dataFolder = makeFolder();
  const chat = fakeAdapter({ finds: true });
  const end = Promise.withResolvers<void>();
  const first = await testBot({
    dataFolder,
    chat,
    scripts: [answer("Old.")],
    store: (store) => ({ ...store, outbox: { ...store.outbox, close: () => end.promise } }),
  });
  await first.bot.receive(chat, { ...from("kim", "one"), messageId: "m" });
  while (chat.posts[0]?.answer.state !== "done") await sleep(1);
  await first.core.store.close();
  const second = await testBot({ dataFolder, chat, scripts: [answer("New.")] });
  const changed = edited("m", "two");
  await second.bot.receive(chat, changed);
  await second.bot.work([chat]);
  await chat.dealtWith(changed.id);
  end.resolve();
  expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["New."]);
});

test("a question that is changed again and again while it is answered is not given up", async () => {
  const started = Array.from({ length: 8 }, () => Promise.withResolvers<void>());
  const waits: Script[] = started.map(({ resolve }) => () => {
    resolve();
    return ["wait"];
  });
  const { handle, bot, chat } = await testBot({ scripts: [...waits, answer("At last.")] });
  const asked = handle({ ...from("kim", "one"), messageId: "m" });
  for (const [index, { promise }] of started.entries()) {
    await promise;
    await bot.receive(chat, edited("m", `version ${index}`, `edit-${index}`));
  }
  await asked;
  expect(chat.posts.map(({ answer }) => answer.text)).toEqual(["At last."]);
  expect(chat.posts.flatMap(({ answer }) => answer.notices)).toEqual([]);
});
