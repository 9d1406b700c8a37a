import { describe, expect, test } from "vitest";
import type { Attachment } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { answer, attachment, png } from "../support/events.ts";
import { testBot, testPersona } from "../support/test-core.ts";

describe("what comes with a message", () => {
  const sign = () => attachment("sign.png", png, "image/png");

  test("a picture goes to a model that sees, with what text there surely is in it, without a word", async () => {
    const { say, chat, model, sent } = await testBot({
      pictureText: () => "EXIT\nTO THE L~FT",
      scripts: [answer("An exit.")],
    });
    await say("What is this?", { attachments: [sign()] });
    const types = model.requests[0]?.messages[0]?.parts.map(({ type }) => type);
    expect(types).toEqual(["image", "text"]);
    expect(sent()).toContain(
      "[Text read in picture 1 by OCR; where the picture says otherwise, the picture holds]\\nEXIT\\nTO THE L~FT\\n(hard to read: line 2)\\n[end]",
    );
    expect(chat.posts.map((post) => [post.answer.text, post.answer.notices])).toEqual([["An exit.", []]]);
  });

  test("where such a model writes a sure line otherwise, the answer says so; a doubtful one is its to read", async () => {
    const { say, chat } = await testBot({
      pictureText: () => "Coffee 4.50\nT~a 3.00",
      scripts: [answer("It says:\n\n- Coffee 4.80\n- Tea 3.00")],
    });
    await say("What does it cost?", { attachments: [sign()] });
    expect(chat.posts[0]?.answer.notices).toEqual([
      "In line 1 of the picture I read “Coffee 4.50”; the model wrote “Coffee 4.80”.",
    ]);
  });

  test("a picture without text, or one that takes long to read, goes alone, without a word", async () => {
    const reads: unknown[] = [];
    const bot = await testBot({
      scripts: [answer("1"), answer("2")],
      pictures: {
        fit: async (data) => ({ pictures: [{ mimeType: "image/png", data }], frames: 1 }),
        read: (_, { isGlance }) =>
          reads.push(isGlance) === 1
            ? Promise.resolve({ text: "", lines: [] })
            : new Promise(() => undefined),
      },
    });
    for (const text of ["one", "two"]) await bot.say(text, { attachments: [sign()] });
    expect(bot.sent()).not.toContain("Text read");
    expect(bot.chat.posts.map((post) => [post.answer.text, post.answer.notices])).toEqual([
      ["1", []],
      ["2", []],
    ]);
    expect(reads).toEqual([true, true]);
  });

  test("with `images: native` a model that sees gets the picture alone, and nothing is read", async () => {
    const personas = [testPersona("seer", { images: "native" })];
    const pictureText = () => expect.fail("it was read");
    const { say, model } = await testBot({ personas, pictureText, scripts: [answer("A cat.")] });
    await say("What is this?", { attachments: [sign()] });
    expect(model.requests[0]?.messages[0]?.parts.map(({ type }) => type)).toEqual(["image", "text"]);
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

  test("of what moves and can't be played, a still picture is seen or nothing, and the person is told", async () => {
    const { say, chat, model } = await testBot({ scripts: [answer("A cat.")] });
    const still = { ...attachment("cat.mp4.jpg", png, "image/jpeg"), stillOf: "cat.mp4" };
    const drawn = attachment("wave.json", Buffer.from("{}"), "video/lottie+json");
    await say("What is this?", { attachments: [still, drawn] });
    expect(model.requests[0]?.messages[0]?.parts[0]?.type).toBe("image");
    expect(chat.posts[0]?.answer.notices).toEqual([
      "cat.mp4 moves: I see one still picture of it, and hear nothing.",
      "I left out wave.json: it is a drawing that moves, which I can't play. A screenshot of it will do.",
    ]);
  });

  test("a text file is read, and what is neither text nor picture is told", async () => {
    const { say, sent, chat } = await testBot({ scripts: [answer("ok")] });
    await say("Summarize", {
      attachments: [
        attachment("notes.md", Buffer.from("# Größe")),
        attachment("a.exe", Buffer.from([0x4d, 0x5a, 0])),
        attachment("cut.txt", Buffer.from([0xff, 0xfe, 0x41])),
        attachment("blank.txt", Buffer.from("\n")),
      ],
    });
    expect(sent()).toContain("[File 1 notes.md]\\n# Größe");
    expect(chat.posts[0]?.answer.notices).toEqual([
      "I left out a.exe: it is a program, whatever its name says, so I did not open it.",
      "I left out cut.txt: I can read documents, text and pictures, and this is none of them.",
      "I left out blank.txt: it is empty.",
    ]);
  });

  test("a file that can't be had any more is told, and the rest is answered", async () => {
    const gone: Attachment = { name: "x.png", mimeType: "image/png", ref: "" };
    const { say, chat } = await testBot({ scripts: [answer("ok")] });
    chat.downloads.set("x.png", () => Promise.reject(new UserError("it is gone.")));
    await say("look", { attachments: [gone] });
    expect(chat.posts[0]?.answer).toMatchObject({ text: "ok", notices: ["I left out x.png: it is gone."] });
  });
});
