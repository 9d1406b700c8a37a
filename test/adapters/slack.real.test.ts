import { eventually } from "../support/eventually.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSlackAdapter } from "../../adapters/slack/index.ts";
import type { Attachment, Inbound, PostOptions } from "../../src/chat.ts";
import { done, type SlackHarness, slackOptions, startSlack } from "../support/slack/harness.ts";
import { startSlackEmulator } from "../support/slack/index.ts";

let chat: SlackHarness;

/** How the core answers an event that it has read again from its store. */
function answerTo(inbound: Inbound | undefined): PostOptions {
  const { id: cause, context } = JSON.parse(JSON.stringify(inbound)) as Inbound;
  return { cause, key: "k", ...(context !== undefined && { context }) };
}

/** Downloads what was read again from the store. */
const fetched = (attachment: Attachment | undefined): Promise<Uint8Array> =>
  chat.adapter.download(JSON.parse(JSON.stringify(attachment)) as Attachment, AbortSignal.timeout(5000));

beforeEach(async () => {
  chat = await startSlack();
});
afterEach(async () => {
  await chat.stop();
  expect(chat.slack.complaints).toEqual([]);
});

describe("what people do in Slack", () => {
  it("hears a direct message, in a thread of its own", async () => {
    const id = await chat.slack.say({ text: "hello <b> & co" });
    expect(await chat.heardMessage()).toEqual({
      type: "message",
      id: `T001:D002:${id}`,
      at: Math.floor(Number(id) * 1000),
      thread: `slack:D002:${id}`,
      place: "dm",
      channelName: "Kim",
      server: "slack:T001",
      author: { id: "slack:U002", name: "Kim", locale: "en-US" },
      messageId: id,
      text: "hello <b> & co",
      attachments: [],
    });
  });

  it.each([
    ["server", { is_private: false }],
    ["channel", { is_private: true }],
    ["channel", { is_private: false, is_shared: true }],
  ])("tells who reads along: the %s of %j", async (readBy, readers) => {
    chat.slack.has.channel = readers;
    await chat.slack.say({ text: "hello", place: "channel", mention: true });
    expect(await chat.heardMessage()).toMatchObject({ readBy });
  });

  it("hears an answer to its own words in the same conversation", async () => {
    const question = await chat.slack.say({ text: "hello" });
    await chat.slack.say({ text: "go on", replyTo: question });
    const [first, second] = await chat.heard(2);
    expect(second?.thread).toBe(first?.thread);
    expect(second?.id).not.toBe(first?.id);
  });

  it("hears a mention twice under one id, and answers in its thread", async () => {
    const id = await chat.slack.say({ text: "what is <#C001|general>?", place: "channel", mention: true });
    const [first, second] = await chat.heard(2);
    expect(second).toEqual(first);
    expect(first).toMatchObject({
      thread: `slack:C001:${id}`,
      place: "channel",
      channelName: "#general",
      text: "what is #general?",
    });
  });

  it("leaves alone what people say to each other", async () => {
    await chat.slack.say({ text: "lunch?", place: "channel" });
    await chat.slack.say({ text: "<@U001> lunch?", place: "thread" });
    await chat.slack.say({ text: "you?", place: "channel", mention: true });
    await chat.heard(2);
    expect(new Set(chat.inbounds.map(({ id }) => id)).size).toBe(1);
  });

  it("hears a thread without a mention as a follow-up", async () => {
    await chat.slack.say({ text: "and then?", place: "thread" });
    expect(await chat.heardMessage()).toMatchObject({
      address: "follow-up",
      place: "thread",
      text: "and then?",
    });
  });

  it("takes the message that a thread hangs under for part of the question", async () => {
    await chat.slack.say({ text: "where?", place: "thread", mention: true });
    const message = await chat.heardMessage();
    expect(message.quoted).toEqual({
      author: "Ari",
      text: "Lunch plans for Friday go here.",
      attachments: [],
    });
    expect(message.address).toBeUndefined();
  });

  it("hears edits and deletions of questions", async () => {
    const id = await chat.slack.say({ text: "colour?" });
    await chat.slack.edit(id, "color?");
    await chat.slack.remove(id);
    const [message, edit, deletion] = await chat.heard(3);
    expect(edit).toMatchObject({
      type: "edited",
      messageId: id,
      message: { text: "color?", id: message?.id },
    });
    expect(deletion).toMatchObject({ type: "deleted", messageId: id, thread: message?.thread });
    expect(new Set(chat.inbounds.map((inbound) => inbound.id)).size).toBe(3);
  });

  it("hears the deletion of a question that was answered", async () => {
    const id = await chat.slack.say({ text: "colour?", place: "channel", mention: true });
    await chat.heard(2);
    await chat.say(`slack:C001:${id}`, done("red"));
    await chat.slack.remove(id);
    expect((await chat.heard(3))[2]).toMatchObject({ type: "deleted", messageId: id });
  });

  it("hears commands, by slash or by word in a thread", async () => {
    const question = await chat.slack.say({ text: "hello" });
    await chat.slack.command("persona", "tutor");
    await chat.slack.command("stop", "");
    await chat.slack.command("persona", "tutor now", { place: "thread" });
    await chat.heard(5);
    const commands = chat.inbounds.filter((inbound) => inbound.type === "command");
    expect(commands.map(({ name, argument, thread }) => [name, argument, thread])).toEqual([
      ["persona", "tutor", "slack:D002"],
      ["stop", "", `slack:D002:${question}`],
    ]);
    const written = chat.inbounds.filter((inbound) => inbound.type === "message").slice(1);
    for (const { text, thread } of written)
      expect([text, thread]).toEqual(["/persona tutor now", expect.stringMatching(/^slack:C001:/u)]);
    expect(written).not.toEqual([]);
  });

  it("hears a command that is written in the channel itself as one about the channel, or about the last thread", async () => {
    await chat.slack.say({ text: "/persona tutor", place: "channel", mention: true });
    expect((await chat.heardMessage()).thread).toBe("slack:C001");
    const question = await chat.slack.say({ text: "hello", place: "channel", mention: true });
    await chat.slack.say({ text: "!undo", place: "channel", mention: true });
    await chat.slack.say({ text: "!undo", place: "channel", mention: true });
    await chat.heard(8);
    const undone = chat.inbounds.filter((inbound) => inbound.type === "message" && inbound.text === "!undo");
    for (const each of undone)
      expect(each).toMatchObject({ thread: `slack:C001:${question}`, place: "thread" });
    expect(undone).not.toEqual([]);
  });

  it("says nothing aloud for who may not use the bot", async () => {
    const slack = await startSlackEmulator();
    const adapter = createSlackAdapter(slackOptions(slack));
    const heard: Inbound[] = [];
    await adapter.start(
      async (inbound) => void heard.push(inbound),
      undefined,
      async ({ author }) => author.name !== "Kim",
    );
    await slack.command("", "say: Mina is a fool", { place: "channel" });
    await slack.command("", "what's up?", { place: "channel", as: "Mina" });
    await eventually(() => expect(heard).toHaveLength(2));
    expect(slack.seen("channel").map(({ text }) => text)).toEqual([expect.stringContaining("what's up?")]);
    // Whatever they are told about it, they alone read.
    expect(heard[0]).toMatchObject({ type: "command", author: { name: "Kim" }, context: expect.any(String) });
    await adapter.stop();
    await slack.stop();
  });

  it("says a question aloud that was asked by slash command", async () => {
    await chat.slack.command("ask", "why is the sky blue?", { place: "channel" });
    const message = await chat.heardMessage();
    const [asked] = chat.slack.seen("channel");
    expect(asked?.text).toContain("why is the sky blue?");
    expect(message).toMatchObject({ text: "why is the sky blue?", thread: `slack:C001:${asked?.id}` });
  });

  it("shows the answer to a command in a channel to the one who gave it", async () => {
    await chat.slack.command("help", "", { place: "channel" });
    const [command] = await chat.heard();
    for (const message of chat.adapter.render(done("- /new")))
      await chat.adapter.post("slack:C001", message, answerTo(command));
    expect(chat.slack.seen("channel").map(({ text }) => text)).toEqual(["/new"]);
    expect(chat.slack.seen("channel", "Ari")).toEqual([]);
  });

  it("says so where it was never invited", async () => {
    await chat.slack.commandElsewhere("ask hello");
    await eventually(() => expect(chat.slack.responses[0]).toContain("Invite me first"));
    expect(chat.inbounds).toEqual([]);
  });

  it("takes a message chosen from its menu for a question to that persona", async () => {
    const id = await chat.slack.say({ text: "안녕", place: "channel", as: "Ari" });
    await chat.slack.shortcut(id, "persona:translate");
    expect(await chat.heardMessage()).toMatchObject({
      persona: "translate",
      text: "",
      thread: `slack:C001:${id}`,
      author: { name: "Kim" },
      quoted: { author: "Ari", text: "안녕" },
    });
  });

  it("hears a pressed button, and Slack's own stop button", async () => {
    const question = await chat.slack.say({ text: "hello" });
    const [id = ""] = await chat.say(`slack:D002:${question}`, {
      ...done("hi"),
      actions: [{ token: "t-1", label: "Again" }],
    });
    await chat.slack.press(id, "Again");
    await chat.slack.stopSession(question);
    const [, press, stop] = await chat.heard(3);
    expect(press).toMatchObject({
      type: "press",
      token: "t-1",
      messageId: id,
      thread: `slack:D002:${question}`,
    });
    expect(stop).toMatchObject({ type: "command", name: "stop", thread: `slack:D002:${question}` });
  });

  it("gives an event that comes twice the same id", async () => {
    chat.slack.faults.repeatNext();
    await chat.slack.say({ text: "hello" });
    const [first, second] = await chat.heard(2);
    expect(second).toEqual(first);
  });

  it("ignores its own messages and those of other bots", async () => {
    const question = await chat.slack.say({ text: "hello" });
    await chat.say(`slack:D002:${question}`, done("hi"));
    await chat.slack.say({ text: "last" });
    await chat.heard(2);
    expect(chat.inbounds.map((inbound) => inbound.type === "message" && inbound.text)).toEqual([
      "hello",
      "last",
    ]);
  });

  it("hears what was said while it was cut off", async () => {
    chat.slack.faults.cutConnections();
    await chat.slack.say({ text: "still there?" });
    expect(await chat.heardMessage()).toMatchObject({ text: "still there?" });
  });
});

describe("files", () => {
  const data = new TextEncoder().encode("one;하나\n");
  const file = { name: "words.csv", mimeType: "text/csv", data };

  it("come in with the bot's credentials, when they are asked for", async () => {
    await chat.slack.say({ text: "learn these", files: [file] });
    const [attachment] = (await chat.heardMessage()).attachments;
    expect(attachment).toMatchObject({ name: "words.csv", mimeType: "text/csv", size: data.length });
    expect(await fetched(attachment)).toEqual(Buffer.from(data));
  });

  it("are refused in a sentence when Slack shows its login page instead", async () => {
    chat.slack.has.files = false;
    await chat.slack.say({ text: "learn these", files: [file] });
    const [attachment] = (await chat.heardMessage()).attachments;
    await expect(fetched(attachment)).rejects.toThrow(/files:read/u);
  });

  it("are refused in a sentence when they are too large", async () => {
    await chat.restart({ maxFileBytes: 4 });
    await chat.slack.say({ text: "learn these", files: [file] });
    const [attachment] = (await chat.heardMessage()).attachments;
    await expect(fetched(attachment)).rejects.toThrow(/it is larger than/u);
  });

  it("go out into the thread, and can be taken back", async () => {
    const thread = `slack:D002:${await chat.slack.say({ text: "send it" })}`;
    const id = (await chat.adapter.upload?.(thread, file, { cause: "e", key: "k" })) ?? "";
    expect(chat.slack.seen()[1]?.files).toEqual([{ name: "words.csv", data: Buffer.from(data) }]);
    await chat.adapter.remove?.(thread, id);
    expect(chat.slack.seen()[1]?.files).toEqual([]);
  });
});
