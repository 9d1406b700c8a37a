import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { Attachment } from "../src/chat.ts";
import { UserError } from "../src/errors.ts";
import { ProviderError } from "../src/providers/provider.ts";
import { makeFolder } from "./support/folder.ts";
import { call, say as says, stop, usage } from "./support/scripted-model.ts";
import { testBot, testPersona } from "./support/test-core.ts";

const answer = (text: string) => [says(text), usage(10, 2), stop()];
const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
const attachment = (name: string, bytes: Uint8Array, mimeType = "text/plain"): Attachment => ({
  name,
  mimeType,
  fetch: async () => bytes,
});
const inChannel = (name: string) =>
  ({
    thread: "fake:general",
    place: "channel",
    channelName: "#general",
    author: { id: `fake:${name}`, name },
  }) as const;

const kim = {
  thread: "fake:kim",
  place: "dm",
  channelName: "Kim",
  author: { id: "fake:kim", name: "Kim" },
} as const;
const edited = (messageId: string, text: string) =>
  ({
    ...kim,
    id: "e1",
    type: "edited",
    messageId,
    message: { ...kim, id: "e1", type: "message", messageId, text, attachments: [] },
  }) as const;
const deleted = (messageId: string) =>
  ({ ...kim, id: `d-${messageId}`, type: "deleted", messageId }) as const;
const pressed = (token: string) => ({ ...kim, id: "p1", type: "press", token, messageId: "0" }) as const;

describe("a conversation", () => {
  test("knows what was said before, also after a restart", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, scripts: [answer("Hi Kim.")] });
    await first.say("My dog is called Rex.");
    await first.core.store.close();

    const { say, last, sent } = await testBot({ dataFolder, scripts: [answer("Rex.")] });
    await say("What is my dog called?");
    expect(sent()).toContain("My dog is called Rex.");
    expect(sent()).toContain("Hi Kim.");
    expect(last()).toBe("Rex.");
  });

  test("starts afresh with /new, keeping persona and model", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor")];
    const { say, command, sent, core, model } = await testBot({
      personas,
      scripts: [answer("a"), answer("b"), answer("c")],
    });
    await command("persona", "tutor");
    await say("First secret");
    await command("new");
    await say("Second");
    expect(sent()).not.toContain("First secret");
    expect(model.requests.at(-1)?.instructions).toContain("You are tutor.");
    expect(core.personas.list()).toHaveLength(2);
  });

  test("takes the last exchange back with /undo, but nothing from before /new", async () => {
    const { say, command, last, sent } = await testBot({ scripts: [answer("1"), answer("2"), answer("3")] });
    await say("one");
    await command("new");
    await say("two");
    await command("undo");
    await command("undo");
    expect(last()).toBe("There is nothing to take back.");
    await say("three");
    expect(sent()).not.toContain("two");
  });

  test("answers one question after the other, in order, each seeing the answer before it", async () => {
    const { say, command, model, chat } = await testBot({ scripts: [[says("A"), "wait"], answer("B")] });
    const first = say("first");
    while (chat.posts.length === 0) await sleep(1);
    const second = say("second");
    await sleep(5);
    expect(model.requests).toHaveLength(1);
    await command("stop");
    await Promise.all([first, second]);
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["A", "B"]);
    expect(JSON.stringify(model.requests[1]?.messages)).toContain('"A"');
  });

  test("keeps a direct message from a channel, and one channel from another", async () => {
    const { say, sent } = await testBot({ scripts: [answer("ok"), answer("ok"), answer("ok")] });
    await say("my PIN is 4711");
    await say("hello all", inChannel("Kim"));
    expect(sent()).not.toContain("4711");
    await say("hi", { ...inChannel("Kim"), thread: "fake:other" });
    expect(sent()).not.toContain("hello all");
  });

  test("names the writers in a channel", async () => {
    const { say, sent, model } = await testBot({ scripts: [answer("ok"), answer("ok")] });
    await say("I like tea", inChannel("Mina"));
    await say("and I coffee", inChannel("Jonas"));
    expect(sent()).toContain("Mina: I like tea");
    expect(sent()).toContain("Jonas: and I coffee");
    expect(model.requests[0]?.instructions).toContain("Several people write here");
  });
});

describe("a persona", () => {
  test("has its examples as turns before the conversation, which are never stored", async () => {
    const personas = [testPersona("vocab", { examples: [{ user: "학교", assistant: "학교;school" }] })];
    const { say, core, model } = await testBot({ personas, scripts: [answer("가다;to go")] });
    await say("가요");
    expect(model.requests[0]).toMatchObject({
      stableMessages: 2,
      messages: [
        { role: "user" },
        { role: "assistant", parts: [{ text: "학교;school" }] },
        { parts: [{ text: "가요" }] },
      ],
    });
    const [turn] = await core.store.turns.list("fake:kim" as never);
    expect(JSON.stringify(turn?.messages)).not.toContain("school");
  });

  test("answers one message when its name stands in front", async () => {
    const personas = [testPersona("assistant"), testPersona("korean-vocabulary", { aliases: ["vocab"] })];
    const { say, model } = await testBot({ personas, scripts: [answer("x"), answer("y")] });
    await say("vocab: 학교에 가요");
    expect(model.requests[0]?.instructions).toContain("You are korean-vocabulary.");
    expect(model.requests[0]?.messages.at(-1)?.parts).toEqual([{ type: "text", text: "학교에 가요" }]);
    await say("note: this is no persona");
    expect(model.requests[1]?.instructions).toContain("You are assistant.");
  });

  test("that wants the time gets it with the last message, not in its instructions", async () => {
    const personas = [testPersona("clock", { instructions: "It is {{time}}." })];
    const { say, model } = await testBot({ personas, scripts: [answer("x"), answer("y")] });
    await say("one");
    await say("two");
    expect(model.requests[0]?.instructions).toContain("It is the time given with the last message.");
    expect(model.requests[1]?.instructions).toBe(model.requests[0]?.instructions);
    expect(model.requests[1]?.messages.at(-1)?.parts).toMatchObject([
      { text: expect.stringMatching(/^\[Time\] \d\d:\d\d .+\n\ntwo$/u) },
    ]);
  });

  test("with context 0 sees no earlier exchange", async () => {
    const personas = [testPersona("vocab", { context: 0 })];
    const { say, model } = await testBot({ personas, scripts: [answer("1"), answer("2")] });
    await say("one");
    await say("two");
    expect(model.requests[1]?.messages).toHaveLength(1);
  });

  test("that is gone is told, and the default answers", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, personas: [testPersona("assistant"), testPersona("tutor")] });
    await first.command("persona", "tutor");
    await first.core.store.close();
    const { say, chat } = await testBot({ dataFolder, scripts: [answer("hi")] });
    await say("hello");
    expect(chat.posts[0]?.answer).toMatchObject({
      text: "hi",
      notices: ["The persona “tutor” chosen here is gone; assistant answers."],
    });
  });

  test("that does not exist gets a suggestion", async () => {
    const { command, chat } = await testBot({ personas: [testPersona("assistant"), testPersona("tutor")] });
    await command("persona", "tuter");
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "failed",
      notices: ["There is no persona “tuter”. Did you mean “tutor”?"],
    });
  });
});

describe("what comes with a message", () => {
  test("a picture goes to a model that sees", async () => {
    const { say, model } = await testBot({ scripts: [answer("A cat.")] });
    await say("What is this?", { attachments: [attachment("cat.png", png, "image/png")] });
    expect(model.requests[0]?.messages[0]?.parts[0]).toMatchObject({ type: "image", mimeType: "image/png" });
  });

  test("a picture's text goes to a model that does not, and the person is told", async () => {
    const { say, sent, chat } = await testBot({
      seesImages: false,
      pictureText: () => "EXIT",
      scripts: [answer("An exit.")],
    });
    await say("What is this?", { attachments: [attachment("sign.png", png, "image/png")] });
    expect(sent()).toContain("[Text read in picture 1]\\nEXIT");
    expect(chat.posts[0]?.answer.text).toBe("I read in the picture:\n> EXIT");
    expect(chat.posts[1]?.answer.notices).toEqual([
      "The model that answers can't see pictures, so it gets the text I read in them.",
    ]);
  });

  test("a persona that transcribes shows the text first, as a message of its own, each picture in order", async () => {
    const personas = [testPersona("subtitle", { images: "transcribe" })];
    const { say, chat, sent } = await testBot({
      personas,
      pictureText: (picture) => `text ${picture.at(-1)}`,
      scripts: [answer("ok")],
    });
    const picture = (last: number) =>
      attachment("a.png", Buffer.concat([png, Buffer.from([last])]), "image/png");
    await say("", { attachments: [picture(1), picture(2)] });
    expect(chat.posts.map((post) => post.answer.text)).toEqual([
      "I read in picture 1:\n> text 1",
      "I read in picture 2:\n> text 2",
      "ok",
    ]);
    expect(sent()).toMatch(/text 1.*text 2/u);
  });

  test("a text file is read, and what is neither text nor picture is told", async () => {
    const { say, sent, chat } = await testBot({ scripts: [answer("ok")] });
    await say("Summarize", {
      attachments: [
        attachment("notes.md", Buffer.from("# Größe")),
        attachment("a.exe", Buffer.from([0x4d, 0x5a, 0])),
        attachment("old.txt", Buffer.from([0xff, 0xfe, 0x41])),
      ],
    });
    expect(sent()).toContain("[File notes.md]\\n# Größe");
    expect(chat.posts[0]?.answer.notices).toEqual([
      "I left out a.exe: I can read text and pictures, and this is neither.",
      "I left out old.txt: it is not UTF-8 text. Please save it as UTF-8 and send it again.",
    ]);
  });

  test("a file that can't be had any more is told, and the rest is answered", async () => {
    const gone: Attachment = {
      name: "x.png",
      mimeType: "image/png",
      fetch: () => Promise.reject(new UserError("it is gone.")),
    };
    const { say, chat } = await testBot({ scripts: [answer("ok")] });
    await say("look", { attachments: [gone] });
    expect(chat.posts[0]?.answer).toMatchObject({ text: "ok", notices: ["I left out x.png: it is gone."] });
  });
});

describe("the context", () => {
  test("tells once that old turns left, and starts later requests at the same turn", async () => {
    const long = "word ".repeat(400);
    const scripts = Array.from({ length: 12 }, (_, index) => answer(`answer ${index}`));
    const { say, chat, model } = await testBot({ scripts, settings: { historyTokens: 2_000 } });
    for (let index = 0; index < 12; index++) await say(`question ${index} ${long}`);
    const told = chat.posts
      .flatMap((post) => post.answer.notices)
      .filter((notice) => notice.includes("left my view"));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(model.requests.at(-1)?.messages)).not.toContain("question 0");
    expect(JSON.stringify(model.requests.at(-1)?.messages)).toContain("question 10");
  });

  test("near a bound goes by the vendor's own count, where that is higher", async () => {
    const scripts = Array.from({ length: 6 }, () => answer("ok"));
    const long = "word ".repeat(400);
    const run = async (countTokens?: () => number) => {
      const { say, model } = await testBot({
        scripts,
        settings: { historyTokens: 2_000 },
        ...(countTokens && { countTokens }),
      });
      for (let index = 0; index < 6; index++) await say(`question ${index} ${long}`);
      return model.requests.at(-1)?.messages.length ?? 0;
    };
    expect(await run(() => 20_000)).toBeLessThan(await run());
  });

  test("refuses in plain words what no window can hold", async () => {
    const { say, chat } = await testBot({ window: 2_000, scripts: [] });
    await say("word ".repeat(5_000));
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "failed",
      notices: [expect.stringMatching(/too long for the model: about 5,\d+ of 2,000 tokens/u)],
    });
  });
});

describe("memory", () => {
  const personas = [testPersona("assistant", { memory: "read-write" })];

  test("is kept by the model, and enters only the turns of its owner", async () => {
    const { say, sent, model } = await testBot({
      personas,
      scripts: [
        [call("remember", { fact: "Learns Korean." }), stop("tools")],
        answer("Noted."),
        answer("Hi"),
        answer("Hi"),
      ],
    });
    await say("Remember that I learn Korean");
    await say("hello");
    expect(sent()).toContain("[What you know about this person]\\n- Learns Korean.");
    expect(model.requests[2]?.tools.map(({ name }) => name)).toEqual(["remember"]);
    await say("hello", { thread: "fake:mina", author: { id: "fake:mina", name: "Mina" } });
    expect(sent()).not.toContain("Korean");
  });

  test("from a direct message is not used where others read along, nor shown there", async () => {
    const { say, command, sent, last } = await testBot({ personas, scripts: [answer("ok")] });
    await command("memory", "add I owe Mina money.");
    await say("hi", inChannel("kim"));
    expect(sent()).not.toContain("owe");
    await command("memory", "", inChannel("kim"));
    expect(last()).not.toContain("owe");
    expect(last()).toContain("1 more, learned in private");
  });

  test("can be seen and forgotten", async () => {
    const { command, last, chat } = await testBot({ personas });
    await command("memory", "add Likes tea.");
    await command("memory", "add Has a dog.");
    await command("memory", "forget 1");
    expect(last()).toBe("Forgotten: Likes tea.");
    await command("memory");
    expect(last()).toContain("1. Has a dog.");
    await command("memory", "forget 7");
    expect(chat.posts.at(-1)?.answer.notices).toEqual(["There is no number “7”. /memory shows the numbers."]);
    await command("memory", "forget all");
    await command("memory");
    expect(last()).toBe("I remember nothing about you.");
  });
});

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
      { type: "text", text: "[File n.md]\nnotes\n\nand this\nand that" },
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

  test("an edit of the question starts its answer anew, in the same message", async () => {
    const { say, bot, chat, model, core } = await testBot({
      scripts: [[says("Old"), "wait"], answer("New")],
    });
    const asked = say("What is 2+2?", { messageId: "m1" });
    while (chat.posts.length === 0) await sleep(1);
    await bot.receive(chat, edited("m1", "What is 3+3?"));
    await asked;
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["New"]);
    expect(JSON.stringify(model.requests[1]?.messages)).not.toContain("2+2");
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("a deleted question stops its answer, and a waiting one is never asked", async () => {
    const { say, bot, chat, model } = await testBot({ scripts: [[says("Old"), "wait"]] });
    const asked = [say("one", { messageId: "m1" })];
    while (chat.posts.length === 0) await sleep(1);
    asked.push(say("two", { messageId: "m2" }));
    await bot.receive(chat, deleted("m2"));
    await bot.receive(chat, deleted("m1"));
    await Promise.all(asked);
    expect(chat.posts.map((post) => post.answer.state)).toEqual(["stopped"]);
    expect(model.requests).toHaveLength(1);
  });
});

describe("after an answer", () => {
  test("an edited question is answered in place, seeing only what came before it", async () => {
    const { say, bot, chat, sent, core } = await testBot({
      scripts: [answer("1"), answer("2"), answer("3"), answer("new 2")],
    });
    await say("one");
    await say("two", { messageId: "m2" });
    await say("three");
    await bot.receive(chat, edited("m2", "two, please"));
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

    const { bot, chat, model, core } = await testBot({ dataFolder, scripts: [answer("other 1")] });
    chat.posts.push(...first.chat.posts);
    await bot.receive(chat, pressed(again?.token ?? ""));
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["other 1"]);
    expect(model.requests[0]?.messages).toHaveLength(1);
    expect(model.requests[0]?.messages[0]?.parts[0]).toMatchObject({ type: "image" });
    expect(await core.store.turns.list("fake:kim" as never)).toHaveLength(1);
  });

  test("one that was cut offers to go on", async () => {
    const { say, bot, chat, sent } = await testBot({
      scripts: [[says("Part one"), stop("length")], answer("Part two")],
    });
    await say("Tell me all");
    const [more] = chat.posts[0]?.answer.actions ?? [];
    expect(more?.label).toBe("Go on");
    await bot.receive(chat, pressed(more?.token ?? ""));
    expect(sent()).toContain("Part one");
    expect(chat.posts[1]?.answer.text).toBe("Part two");
  });

  test("a button of something forgotten says so", async () => {
    const { bot, chat } = await testBot();
    await bot.receive(chat, pressed("again:01990000-0000-7000-8000-000000000000"));
    expect(chat.posts[0]?.answer.notices).toEqual([
      "This button is too old: I no longer have what it belongs to.",
    ]);
  });
});

describe("in a thread", () => {
  const inThread = {
    thread: "fake:general:t1",
    place: "thread",
    channelName: "#general",
    author: { id: "fake:kim", name: "Kim" },
  } as const;

  test("nobody has to name the bot once it has answered there", async () => {
    const { say, chat } = await testBot({ scripts: [answer("hello"), answer("yes")] });
    await say("just us talking", { ...inThread, address: "follow-up" });
    expect(chat.posts).toHaveLength(0);
    await say("@bot hello", inThread);
    await say("and you?", { ...inThread, address: "follow-up" });
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["hello", "yes"]);
  });

  test("the channel's persona holds unless the thread has its own", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor"), testPersona("poet")];
    const { say, command, model } = await testBot({ personas, scripts: [answer("1"), answer("2")] });
    await command("persona", "tutor", inChannel("Kim"));
    await say("hi", inThread);
    expect(model.requests[0]?.instructions).toContain("You are tutor.");
    await command("persona", "poet", inThread);
    await say("hi", inThread);
    expect(model.requests[1]?.instructions).toContain("You are poet.");
  });

  test("the configuration's persona holds on its channel or platform until someone chooses another", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor"), testPersona("poet")];
    const channels = {
      fake: { scope: "shared", persona: "poet" },
      "fake:general": { scope: "shared", persona: "tutor" },
    } as const;
    const { say, command, model } = await testBot({
      personas,
      settings: { channels },
      scripts: [answer("1"), answer("2"), answer("3")],
    });
    await say("hi", inThread);
    await say("hi");
    await command("persona", "assistant", inThread);
    await say("hi", inThread);
    const used = model.requests.map(({ instructions }) => /You are (\w+)/u.exec(instructions)?.[1]);
    expect(used).toEqual(["tutor", "poet", "assistant"]);
  });

  test("with the scope “user” each person has their own conversation in a channel", async () => {
    const channels = { "fake:general": { scope: "user" } } as const;
    const { say, sent } = await testBot({
      settings: { channels },
      scripts: [answer("1"), answer("2"), answer("3")],
    });
    await say("I am Kim's secret", inChannel("Kim"));
    await say("hi", inChannel("Mina"));
    expect(sent()).not.toContain("secret");
    await say("hi again", inChannel("Kim"));
    expect(sent()).toContain("secret");
  });

  test("what is replied to is part of the question, with its pictures", async () => {
    const { say, sent } = await testBot({ scripts: [answer("ok")] });
    const quoted = {
      author: "Mina",
      text: "The bus leaves at 7.",
      attachments: [attachment("map.png", png, "image/png")],
    };
    await say("when?", { ...inThread, quoted });
    expect(sent()).toContain("[Message by Mina that this is about]\\nThe bus leaves at 7.");
    expect(sent()).toContain("image/png");
  });
});

describe("when something goes wrong", () => {
  test("a vendor's failure becomes a sentence, after what was already said", async () => {
    const busy = new ProviderError("rate-limit", {
      provider: "openai",
      message: "429 sk-secret",
      retryAfterMs: 20_000,
    });
    const { say, chat, core } = await testBot({ scripts: [[says("Half"), busy], answer("ok")] });
    await say("hi");
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "failed",
      text: "Half",
      notices: ["The model is getting too many requests. Please ask again in 20 seconds."],
    });
    expect(await core.store.turns.list("fake:kim" as never)).toEqual([]);
    await say("again");
    expect(chat.posts[1]?.answer.text).toBe("ok");
  });

  test("the unexpected is named by an id, without its details", async () => {
    const { say, chat } = await testBot({ scripts: [[new Error("ECONNRESET at /srv/x.ts")]] });
    await say("hi");
    expect(chat.posts[0]?.answer.notices).toEqual([
      expect.stringMatching(/^Something went wrong on my side.*error [0-9a-f]{8}\.$/u),
    ]);
  });

  test("an answer that is empty or declined is said", async () => {
    const { say, chat } = await testBot({
      scripts: [[stop()], [stop("refused")], [says("Part"), stop("length")]],
    });
    for (const text of ["a", "b", "c"]) await say(text);
    expect(chat.posts.map((post) => post.answer.notices)).toEqual([
      ["The model gave no answer. Please ask again."],
      ["The model declined to answer this."],
      ["The answer reached its longest length. Say “go on” for the rest."],
    ]);
  });

  test("an unknown command gets the nearest", async () => {
    const { command, chat } = await testBot();
    await command("persna");
    expect(chat.posts[0]?.answer.notices).toEqual([
      "There is no /persna. Did you mean /persona? /help lists what I can do.",
    ]);
  });
});

describe("stopping", () => {
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
    expect(chat.posts[0]?.answer.notices).toEqual(["Nothing is running here."]);
  });

  test("the bot ends every running answer when it is stopped", async () => {
    const { say, bot, chat } = await testBot({ scripts: [[says("Half"), "wait"]] });
    const asked = say("hi");
    while (chat.posts.length === 0) await sleep(1);
    await bot.stop();
    await asked;
    expect(chat.posts[0]?.answer.state).toBe("stopped");
  });
});
