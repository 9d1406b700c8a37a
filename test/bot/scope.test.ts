import { describe, expect, test } from "vitest";
import { conversationKey as keyOf } from "../../src/conversation/scope.ts";
import { createScopes } from "../../src/conversation/scopes.ts";
import { answer, inChannel, inThread } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { say as says, type Script } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

const boss = inChannel("boss");
const managed = (most = 4) => ({
  chat: fakeAdapter({ managers: ["fake:boss"] }),
  scripts: Array.from({ length: most }, (_, n) => answer(`${n}`)),
});

describe("/scope", () => {
  test("gives each person in a channel their own conversation, and makes it one again", async () => {
    const { say, command, sent, last } = await testBot(managed());
    await say("Kim's first", inChannel("kim"));
    await command("scope", "user", boss);
    expect(last()).toBe("From now on each person here has a conversation of their own with me.");
    await say("Kim's second", inChannel("kim"));
    expect(sent()).not.toContain("Kim's first");
    await say("Mina's", inChannel("mina"));
    expect(sent()).not.toContain("Kim's");
    await command("scope", "shared", boss);
    await say("and now?", inChannel("mina"));
    expect(sent()).toContain("Kim's first");
    expect(sent()).not.toMatch(/Kim's second|Mina's/u);
  });

  test("holds after a restart, in the channel's threads, and yields to a thread's own", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ ...managed(), dataFolder });
    await first.command("scope", "user", boss);
    await first.bot.stop();
    await first.core.store.close();
    const { say, command, sent } = await testBot({ ...managed(), dataFolder });
    await say("Kim's", inThread);
    await say("hi", { ...inThread, author: { id: "fake:mina", name: "Mina" } });
    expect(sent()).not.toContain("Kim's");
    await command("scope", "shared", { ...inThread, author: { id: "fake:boss", name: "Boss" } });
    await say("for all", inThread);
    await say("hi", { ...inThread, author: { id: "fake:mina", name: "Mina" } });
    expect(sent()).toContain("for all");
  });

  test("goes before the configuration's", async () => {
    const channels = { fake: { scope: "user" } } as const;
    const { say, command, sent, last } = await testBot({ ...managed(), settings: { channels } });
    await command("scope", "", boss);
    expect(last()).toMatch(/^Each person here has .*`\/scope shared`/u);
    await command("scope", "shared", boss);
    await say("Kim's", inChannel("kim"));
    await say("hi", inChannel("mina"));
    expect(sent()).toContain("Kim's");
  });

  test("is chosen by those who manage the place, and by nobody in a direct message", async () => {
    const { command, chat, last } = await testBot(managed());
    await command("scope", "user", inChannel("kim"));
    await command("scope", "user", inThread);
    await command("scope", "mine", boss);
    expect(chat.posts.flatMap((post) => post.answer.notices)).toEqual([
      "That holds for everyone here, so only those who manage this place can change it.",
      "That holds for everyone here, so only those who manage this place can change it.",
      "Write `/scope shared` or `/scope user`.",
    ]);
    await command("scope", "user");
    expect(last()).toContain("there is nothing to choose");
    await command("scope", "", inChannel("kim"));
    expect(last()).toMatch(/^Everyone here shares one conversation/u);
  });

  test("keeps the channel's persona for those who chose none of their own", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor"), testPersona("poet")];
    const { say, command, model } = await testBot({ ...managed(), personas });
    await command("persona", "tutor", boss);
    await command("scope", "user", boss);
    await say("hi", inChannel("kim"));
    await command("persona", "poet", inChannel("kim"));
    await say("hi", inChannel("kim"));
    await say("hi", inChannel("mina"));
    const used = model.requests.map(({ instructions }) => /You are (\w+)/u.exec(instructions)?.[1]);
    expect(used).toEqual(["tutor", "poet", "tutor"]);
  });
});

describe("what was asked before another scope was chosen", () => {
  const lee = { ...inThread, author: { id: "fake:lee", name: "Lee" } } as const;
  const asked = (text: string, messageId: string, where: typeof lee | typeof inThread = lee) =>
    ({ ...where, id: messageId, type: "message", messageId, text, attachments: [] }) as const;
  const openWith = (...scripts: Script[]) =>
    testBot({ chat: fakeAdapter({ managers: ["fake:boss"] }), scripts });

  test("can be stopped while it is answered", async () => {
    const { handle, command, chat } = await openWith([says("Once upon"), "wait"]);
    const question = handle(asked("A long tale", "m1"));
    await expect.poll(() => chat.posts[0]?.answer.text).toContain("Once");
    await command("scope", "user", boss);
    await command("stop", "", lee);
    await question;
    expect(chat.posts.map(({ answer }) => answer.state)).toEqual(["stopped", "done"]);
  });

  test("can be changed while it waits, and when it is answered, and be asked again by its person alone", async () => {
    const gate = Promise.withResolvers<void>();
    const { handle, command, sent, chat, core } = await openWith(
      [gate.promise, ...answer("1")],
      ...["2", "3", "4"].map((text) => answer(text)),
    );
    const first = handle(asked("Kim's", "m1", inThread));
    await expect.poll(() => core.store.inbox.pending(keyOf(inThread), 9)).toHaveLength(1);
    void handle(asked("teh question", "m2"));
    await expect.poll(() => core.store.inbox.pending(keyOf(inThread), 9)).toHaveLength(2);
    await command("scope", "user", boss);
    const edit = (text: string, id: string) =>
      handle({ ...lee, id, type: "edited", messageId: "m2", message: { ...asked(text, "m2"), id } });
    await edit("the question", "e1");
    gate.resolve();
    await first;
    await expect.poll(sent).toContain("Lee: the question");
    await expect.poll(() => core.store.inbox.pending(keyOf(inThread), 9)).toEqual([]);
    await edit("the other question", "e2");
    expect(sent()).toContain("Lee: the other question");
    const token = chat.posts.at(-1)?.answer.actions.find(({ label }) => label === "Again")?.token ?? "";
    const press = { type: "press", token, messageId: "2" } as const;
    await handle({ ...lee, ...press, id: "p1" });
    expect(sent()).toContain("Lee: the other question");
    expect(chat.posts.map(({ answer }) => answer.text)).toEqual([
      expect.stringMatching(/^From now on each person/u),
      "1",
      "4",
    ]);
    await handle({ ...inThread, ...press, id: "p2" });
    expect(chat.posts.at(-1)?.answer.notices).toEqual(["Only the person who asked can do that."]);
  });
});

test("what was asked before another scope was configured can be asked again", async () => {
  const dataFolder = makeFolder();
  const first = await testBot({ dataFolder, scripts: [answer("1")] });
  await first.say("Kim's", inThread);
  const token = first.chat.posts[0]?.answer.actions.find(({ label }) => label === "Again")?.token ?? "";
  await first.bot.stop();
  await first.core.store.close();
  const settings = { channels: { fake: { scope: "user" } } } as const;
  const { handle, last } = await testBot({ dataFolder, settings, chat: first.chat, scripts: [answer("2")] });
  await handle({ ...inThread, id: "p1", type: "press", token, messageId: "0" });
  expect(last()).toBe("2");
});

describe("scopes", () => {
  test("are read once a place until they change, and again after a read that failed", async () => {
    const { core } = await testBot();
    let reads = 0;
    let isAway = true;
    const documents: typeof core.store.documents = (kind) => {
      const real = core.store.documents(kind);
      const get = async (key: string): Promise<undefined> => {
        reads++;
        if (isAway) throw new Error("away");
        return (await real.get(key)) as undefined;
      };
      return { ...real, get };
    };
    const scopes = createScopes({ ...core, store: { ...core.store, documents } });
    await expect(scopes.of(boss)).rejects.toThrow("away");
    isAway = false;
    for (let n = 0; n < 5; n++) expect(await scopes.of(boss)).toBe("shared");
    expect(reads).toBe(2);
    await scopes.choose(boss.thread, "user");
    for (let n = 0; n < 5; n++) expect(await scopes.of(boss)).toBe("user");
    expect(reads).toBe(3);
  });
});
