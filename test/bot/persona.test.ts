import { describe, expect, test, vi } from "vitest";
import { answer, attachment, edited, inChannel, inThread, png } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { testBot, testPersona } from "../support/test-core.ts";

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

  test("decides model, temperature, thinking, length and footer", async () => {
    const options = { temperature: 0.2, thinking: "high", maxOutputTokens: 77 };
    const personas = [testPersona("poet", { model: "other/model", options, footer: "full" })];
    const { say, model, chat, core } = await testBot({ personas, scripts: [answer("x")] });
    const chosen = vi.spyOn(core.models, "choose");
    await say("hi");
    expect(chosen).toHaveBeenCalledWith("other/model");
    expect(model.requests[0]).toMatchObject({ temperature: 0.2, thinking: "high", maxOutputTokens: 77 });
    expect(chat.posts[0]?.answer.footer).toBe("full");
  });

  test("without memory is told nothing of the person, and can keep nothing", async () => {
    const { say, command, sent, model } = await testBot({ scripts: [answer("x")] });
    await command("memory", "add Likes tea.");
    await say("hi");
    expect(sent()).not.toContain("tea");
    expect(model.requests[0]?.tools).toEqual([]);
  });

  test("yields to the model chosen with /model, until that is taken back", async () => {
    const { say, command, core } = await testBot({ scripts: [answer("x"), answer("y")] });
    const chosen = vi.spyOn(core.models, "choose");
    await command("model", "other/model");
    await say("hi");
    expect(chosen).toHaveBeenLastCalledWith("other/model");
    await command("model", "default");
    await say("hi");
    expect(chosen).toHaveBeenLastCalledWith("smart");
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

describe("in a thread", () => {
  test("nobody has to name the bot once it has answered there", async () => {
    const { say, handle, chat } = await testBot({ scripts: [answer("hello"), answer("yes")] });
    await say("just us talking", { ...inThread, address: "follow-up" });
    const edit = edited("m-1", "just the two of us");
    const message = { ...edit.message, ...inThread, address: "follow-up" } as const;
    await handle({ ...edit, ...inThread, message });
    await say("still just us", { ...inThread, address: "follow-up" });
    expect(chat.posts).toHaveLength(0);
    await say("@bot hello", inThread);
    await say("and you?", { ...inThread, address: "follow-up" });
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["hello", "yes"]);
  });

  test("the channel's persona holds unless the thread has its own", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor"), testPersona("poet")];
    const { say, command, model } = await testBot({
      personas,
      scripts: [answer("1"), answer("2")],
      access: { admins: ["fake:Kim"] },
    });
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
