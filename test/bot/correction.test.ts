import { describe, expect, test } from "vitest";
import type { ConversationKey } from "../../src/store/store.ts";
import { answer, attachment, inChannel, png, pressed } from "../support/events.ts";
import type { FakePost } from "../support/fake-adapter.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { testBot, testPersona, type TestBotOptions } from "../support/test-core.ts";

const kim = "fake:kim" as ConversationKey;
const picture = (last = 1) => attachment("a.png", Buffer.concat([png, Buffer.from([last])]), "image/png");
const about = (messageId: string, text: string) => ({
  quoted: { author: "Bot", text, attachments: [], messageId },
});
const shown = ({ answer: { text } }: FakePost): string => text;

const subtitle = "네가 여긴 웬일이야\n연락도 엾이";
const options: TestBotOptions = {
  personas: [testPersona("subtitle", { images: "transcribe" })],
  seesImages: false,
  pictureText: () => subtitle,
  scripts: [answer("first"), answer("second"), answer("third"), answer("fourth")],
};

describe("the text that was read in a picture", () => {
  test("is told line by line, with what is hard to read, and a button", async () => {
    const { say, chat, sent } = await testBot({ ...options, pictureText: () => "하나\n두~울" });
    await say("", { attachments: [picture()] });
    const [transcript, reply] = chat.posts.map((post) => post.answer);
    expect(transcript?.text).toBe(
      "I read in the picture:\n> 하나\n> 두~울\n\nLine 2 is hard to read: please check.",
    );
    expect(transcript?.actions).toEqual([{ token: "fix", label: "Fix" }]);
    expect(reply?.text).toBe("first");
    expect(sent()).toContain("하나\\n두~울\\n(hard to read: line 2)\\n[end]");
  });

  test("goes to a model that sees along with the picture", async () => {
    const { say, model } = await testBot({ ...options, seesImages: true });
    await say("", { attachments: [picture()] });
    const types = model.requests[0]?.messages.flatMap(({ parts }) => parts.map(({ type }) => type));
    expect(types).toEqual(["image", "text"]);
  });

  test("is marked where a model that sees the picture writes it otherwise", async () => {
    const scripts = [
      answer("**Subtitle**\n네가 여긴 웬일이야?\n연락도 없이.\n\n**Translation**\nWhat brings you here?"),
    ];
    const { say, chat } = await testBot({ ...options, seesImages: true, scripts });
    await say("", { attachments: [picture()] });
    expect(chat.posts.map(shown)).toEqual([
      "I read in the picture:\n> 네가 여긴 웬일이야\n> 연락도 엾이 ⚠️\n\nLine 2: the model reads 연락도 없이.",
      expect.stringContaining("**Subtitle**"),
    ]);
  });

  test.each([
    ["the whole text", "네가 여긴 웬일이야?\n연락도 없이."],
    ["one line, by its number", "2: 연락도 없이."],
    ["one line, by being like it", "연락도 없이."],
  ])("is corrected by a reply with %s: text and answer are written anew, in place", async (_, right) => {
    const { say, chat, sent, core } = await testBot(options);
    await say("", { attachments: [picture()], messageId: "m1" });
    await say(right, { ...about("0", subtitle), messageId: "m2" });
    expect(chat.posts).toHaveLength(2);
    expect(chat.posts.map(shown)).toEqual([
      expect.stringMatching(
        /^As you corrected it, the picture says:\n> 네가 여긴 웬일이야\??\n> 연락도 없이\.$/u,
      ),
      "second",
    ]);
    expect(sent()).toContain("연락도 없이.\\n[end]");
    expect(sent()).not.toContain("엾이");
    const turns = await core.store.turns.list(kim);
    expect(turns).toHaveLength(1);
    expect(turns[0]).toMatchObject({ asked: "m1", posts: { "s0.0": "0", "0": "1" } });
    expect(JSON.stringify(turns[0]?.messages)).toContain(
      "[Text read in picture 1, corrected by the person who sent it]",
    );
  });

  test("can be corrected again, and after a restart", async () => {
    const dataFolder = makeFolder();
    const chat = fakeAdapter();
    const first = await testBot({ ...options, dataFolder, chat });
    await first.say("", { attachments: [picture()] });
    await first.say("2: 연락도 없어", about("0", subtitle));
    await first.bot.stop();
    await first.core.store.close();
    const { say, sent } = await testBot({ ...options, dataFolder, chat });
    await say("2: 연락도 없이", about("0", subtitle));
    expect(sent()).toContain("연락도 없이\\n[end]");
    expect(chat.posts).toHaveLength(2);
  });

  test("is not corrected by a question about it", async () => {
    const { say, chat, core } = await testBot(options);
    await say("", { attachments: [picture()] });
    await say("what does the second line mean?", about("0", subtitle));
    expect(chat.posts.map(shown)).toEqual([expect.stringContaining("엾이"), "first", "second"]);
    expect(await core.store.turns.list(kim)).toHaveLength(2);
  });

  test("is corrected by nobody but who sent the picture", async () => {
    const { say, chat } = await testBot(options);
    await say("", { ...inChannel("kim"), attachments: [picture()] });
    await say("2: 연락도 없이", { ...inChannel("lee"), ...about("0", subtitle) });
    expect(chat.posts.map(shown)).toEqual([expect.stringContaining("엾이"), "first", "second"]);
  });

  test("of one of several pictures leaves the others", async () => {
    const texts = ["하나둘", "셋넷"];
    const { say, chat, sent } = await testBot({
      ...options,
      pictureText: (bytes) => texts[(bytes.at(-1) ?? 0) - 1] ?? "",
    });
    await say("", { attachments: [picture(1), picture(2)] });
    await say("셋넷다", about("1", "셋넷"));
    expect(chat.posts.map(shown)).toEqual([
      "I read in picture 1:\n> 하나둘",
      "As you corrected it, picture 2 says:\n> 셋넷다",
      "second",
    ]);
    expect(sent()).toMatch(/picture 1\]\\n하나둘.*picture 2, corrected.*\]\\n셋넷다/u);
  });

  test("has a button that tells how; whatever is said in reply to that is the text", async () => {
    const { say, handle, chat, sent } = await testBot(options);
    await say("", { attachments: [picture()] });
    await handle(pressed("fix"));
    const hint = chat.posts[2];
    expect(hint && shown(hint)).toBe(
      "Reply to this message with the right text, and I answer again. One line is enough, such as `2: …`. This is what I have:\n```\n1: 네가 여긴 웬일이야\n2: 연락도 엾이\n```",
    );
    await say("전혀 다른 말", about("2", "…"));
    expect(sent()).toContain("\\n전혀 다른 말\\n[end]");
    expect(chat.posts[1] && shown(chat.posts[1])).toBe("second");
    expect(hint?.isRemoved).toBe(true);
  });

  test("is not told to others how to correct, nor once it is gone", async () => {
    const { say, handle, command, chat } = await testBot(options);
    await say("", { ...inChannel("kim"), attachments: [picture()] });
    await handle({ ...pressed("fix"), ...inChannel("lee") });
    expect(chat.posts[2]?.answer.notices).toEqual(["Only the person who asked can do that."]);
    await command("undo", "", inChannel("kim"));
    await handle({ ...pressed("fix"), ...inChannel("kim"), id: "press-2" });
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "I no longer have the text of that picture: please send it again.",
    ]);
  });

  test("is corrected by what is said right after, where replies name no message", async () => {
    const chat = Object.assign(fakeAdapter(), { namesNoReplied: true });
    const { say, handle } = await testBot({ ...options, chat });
    await say("", { attachments: [picture()] });
    await say("연락도 없이.");
    expect(chat.posts.map(shown)).toEqual([expect.stringContaining("> 연락도 없이."), "second"]);
    await handle(pressed("fix"));
    expect(chat.posts.map(shown)[2]).toMatch(
      /^Write the right text as your next message here, and I answer/u,
    );
    await say("고마워요");
    expect(chat.posts).toHaveLength(4);
  });

  test("stays as it is, with its answer, where the correction comes too late", async () => {
    const { say, chat } = await testBot(options);
    await say("", { attachments: [picture()] });
    await say("2: 연락도 없이", { ...about("0", subtitle), at: Date.now() - 2 * 3_600_000 });
    expect(chat.posts.map(shown)).toEqual([expect.stringContaining("엾이"), "first", ""]);
    expect(chat.posts[2]?.answer.notices).toHaveLength(1);
  });

  test("stays as it is, with its answer, where the correction can't be answered", async () => {
    const scripts = [answer("first"), [new Error("broken")]];
    const { say, chat } = await testBot({ ...options, scripts: scripts });
    await say("", { attachments: [picture()] });
    await say("2: 연락도 없이", about("0", subtitle));
    expect(chat.posts[1] && shown(chat.posts[1])).toBe("first");
    expect(chat.posts[2]?.answer.state).toBe("failed");
  });
});
