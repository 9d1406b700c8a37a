import { eventually } from "../support/eventually.ts";
import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import type { Attachment, Inbound } from "../../src/chat.ts";
import { UserError } from "../../src/errors.ts";
import { about, closeAll, first, next, openStage, wordsOf } from "../support/telegram/stage.ts";

afterEach(closeAll);

const attachmentsOf = (inbound: Inbound) => (inbound.type === "message" ? inbound.attachments : []);

describe("coming in", () => {
  it("takes direct messages, mentions, replies and commands, and leaves the rest of a group alone", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "hello" });
    const hello = await next(stage);
    expect(hello).toMatchObject({ type: "message", text: "hello", place: "dm", author: { name: "Kim" } });
    await telegram.say({ text: "not for the bot", place: "channel" });
    await telegram.say({ text: "what is 물?", place: "channel", mention: true, as: "Lee" });
    const mention = await next(stage, 2);
    expect(mention).toMatchObject({ text: "what is 물?", place: "channel", channelName: "Korean" });
    if (mention.type !== "message") throw new Error("no message");
    const posted = await adapter.post(
      mention.thread,
      first(stage, "water"),
      about(mention.id, mention.messageId),
    );
    await telegram.say({ text: "and fire?", place: "channel", replyTo: posted });
    expect(await next(stage, 3)).toMatchObject({
      text: "and fire?",
      quoted: { author: "Parlance", text: "water" },
    });
    await telegram.command("persona", "tutor", { place: "channel" });
    expect(await next(stage, 4)).toMatchObject({ type: "command", name: "persona", argument: "tutor" });
    await telegram.command("ask", "why?");
    expect(await next(stage, 5)).toMatchObject({ type: "message", text: "why?" });
    expect(telegram.seen("channel").at(-3)).toMatchObject({ text: "water", replyTo: mention.messageId });
    expect(telegram.complaints).toEqual([]);
  });

  it("hears a topic's messages as follow-ups, unless they are for somebody else", async () => {
    const stage = await openStage();
    const { telegram } = stage;
    await telegram.say({ text: "@someone_else look", place: "thread" });
    await telegram.say({ text: "go on", place: "thread" });
    expect(await next(stage)).toMatchObject({ text: "go on", place: "thread", address: "follow-up" });
    await telegram.say({ text: "tell me", place: "thread", mention: true });
    const mention = await next(stage, 2);
    expect(mention).not.toHaveProperty("address");
    expect(mention).not.toHaveProperty("quoted");
    expect(mention.thread).toMatch(/^telegram:-\d+:\d+$/u);
  });

  it("works with privacy mode on", async () => {
    const stage = await openStage({ privacy: true });
    await stage.telegram.say({ text: "unheard", place: "thread" });
    await stage.telegram.say({ text: "heard", place: "thread", mention: true });
    expect(wordsOf(await next(stage))).toBe("heard");
  });

  it("asks a persona about the message that its command replies to", async () => {
    const stage = await openStage();
    const sentence = await stage.telegram.say({ text: "물을 마셔요", as: "Kim" });
    await stage.telegram.say({ text: "/vocab", replyTo: sentence });
    expect(await next(stage, 2)).toMatchObject({
      type: "message",
      persona: "vocab",
      text: "",
      quoted: { text: "물을 마셔요" },
    });
  });

  it("downloads the largest photo of each part of an album, which have one name and stand in their order", async () => {
    const stage = await openStage();
    const [one, two] = [randomBytes(5000), randomBytes(4000)];
    const picture = (name: string, data: Uint8Array) => ({ name, mimeType: "image/jpeg", data });
    await stage.telegram.say({ text: "compare", files: [picture("a.jpg", one), picture("b.jpg", two)] });
    await next(stage, 2);
    expect(stage.received.map(wordsOf)).toEqual(["compare", ""]);
    const albums = stage.received.map(({ album }) => album);
    expect(albums[0]?.id).toMatch(/^telegram:7000001:album:/u);
    expect(albums).toEqual([albums[0], { ...albums[0], place: Number(albums[0]?.place) + 1 }]);
    const files = await Promise.all(
      stage.received
        .flatMap(attachmentsOf)
        .map((each) => stage.adapter.download(each, AbortSignal.timeout(5000))),
    );
    expect(files.map((data) => Buffer.from(data))).toEqual([one, two]);
  });

  it("takes voice notes and documents, and says so when one is too large or gone", async () => {
    const stage = await openStage({}, { maxFileBytes: 1000 });
    await stage.telegram.say({
      text: "",
      files: [{ name: "v", mimeType: "audio/ogg", data: randomBytes(10) }],
    });
    const [voice] = attachmentsOf(await next(stage));
    expect(voice).toMatchObject({ name: "voice.ogg", mimeType: "audio/ogg", size: 10 });
    await stage.telegram.say({
      text: "read",
      files: [{ name: "b.pdf", mimeType: "application/pdf", data: randomBytes(2000) }],
    });
    const [book] = attachmentsOf(await next(stage, 2));
    if (!voice || !book) throw new Error("no files");
    const download = (file: Attachment) => stage.adapter.download(file, AbortSignal.timeout(5000));
    expect(await download(voice)).toHaveLength(10);
    await expect(download(book)).rejects.toThrow(/it is larger than/u);
    stage.telegram.world.files.clear();
    await expect(download(voice)).rejects.toThrow(UserError);
  });

  it("tells of an edited question and of a pressed button", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "what is bul" });
    const { thread, id: cause } = await next(stage);
    await telegram.edit(question, "what is mul");
    expect(await next(stage, 2)).toMatchObject({
      type: "edited",
      messageId: question,
      message: { text: "what is mul" },
    });
    const posted = await adapter.post(
      thread,
      first(stage, "water", { actions: [{ token: "again:42", label: "Again" }] }),
      about(cause),
    );
    await telegram.press(posted, "Again");
    expect(await next(stage, 3)).toMatchObject({ type: "press", token: "again:42", messageId: posted });
    await eventually(() =>
      expect(telegram.calls.map(({ method }) => method)).toContain("answerCallbackQuery"),
    );
  });

  it("gives the same event the same id", async () => {
    const stage = await openStage();
    stage.telegram.faults.repeatNext();
    await stage.telegram.say({ text: "once" });
    await next(stage, 2);
    expect(stage.received[0]?.id).toBe(stage.received[1]?.id);
  });
});
