import { StickerFormatType } from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Adapter, Attachment } from "../../src/chat.ts";
import { closeScenes, message, none, openScene as open, plainId, to } from "../support/discord/scene.ts";
import { until } from "../support/until.ts";
import { managersRole } from "../support/discord/world.ts";

afterEach(closeScenes);

async function fetchWith(adapter: Adapter, attachment: Attachment | undefined): Promise<Uint8Array> {
  if (!attachment) throw new Error("there is no attachment");
  return adapter.download(attachment, AbortSignal.timeout(5_000));
}

describe("what people do", () => {
  test("a direct message is a question", async () => {
    const { discord, inbound } = await open();
    const id = await discord.say({ text: "hello <:wave:123456> **you**", as: "Mina" });
    const asked = await inbound("message");
    expect(asked).toMatchObject({
      id,
      messageId: id,
      place: "dm",
      channelName: "Mina",
      author: { name: "Mina" },
      text: "hello :wave: **you**",
      attachments: [],
    });
    expect(asked.thread).toMatch(/^discord:\d+$/u);
    expect(asked.author.id).toMatch(/^discord:\d+$/u);
    expect(asked).not.toHaveProperty("address");
  });

  test("a mention in a channel is a question, free of Discord's marks", async () => {
    const { discord, inbound } = await open();
    await discord.say({ text: "ask @Mina in <#1> please", place: "channel", mention: true });
    expect(await inbound("message")).toMatchObject({
      place: "channel",
      channelName: "#general",
      text: "ask @Mina in #channel please",
    });
  });

  test("who asks has roles and a server, and manages it by its own rights", async () => {
    const { discord, adapter, inbound } = await open();
    discord.world.guests.add("Mina");
    const people = ["Kim", "Mina"] as const;
    for (const as of people) await discord.say({ text: "hi", place: "channel", mention: true, as });
    for (const as of people) await discord.command("persona", "", { place: "channel", as });
    await discord.say({ text: "hi", as: "Mina" });
    const [kim, mina, direct] = [
      await inbound("message"),
      await inbound("message", 1),
      await inbound("message", 2),
    ];
    const commands = [await inbound("command"), await inbound("command", 1)] as const;
    const server = `discord:${discord.world.guildId}`;
    for (const each of [kim, commands[0]])
      expect(each).toMatchObject({ server, author: { roles: [`discord:${managersRole}`] } });
    expect(mina).toMatchObject({ server, author: { roles: [] } });
    expect(direct).not.toHaveProperty("server");
    expect(direct.author).not.toHaveProperty("roles");
    const all = [kim, mina, ...commands, direct].map(async (each) => adapter.manages?.(each));
    expect(await Promise.all(all)).toEqual([true, false, true, false, true]);
  });

  test("a sticker is its picture and its name; one that is drawn as it moves is not fetched", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.saySticker("Thumbs up", StickerFormatType.APNG, Buffer.from("still"));
    await discord.saySticker("Dance", StickerFormatType.Lottie, Buffer.from("{}"));
    const [still, drawn] = [await inbound("message"), await inbound("message", 1)];
    expect(still).toMatchObject({ text: ":Thumbs up:", attachments: [{ name: "Thumbs up.png" }] });
    expect(Buffer.from(await fetchWith(adapter, still.attachments[0])).toString()).toBe("still");
    expect(drawn).toMatchObject({ text: ":Dance:", attachments: [{ mimeType: "video/lottie+json" }] });
  });

  test("what arrives survives being stored", async () => {
    const { discord, inbounds, inbound } = await open();
    const files = [{ name: "a.txt", mimeType: "text/plain", data: Buffer.from("a") }];
    const id = await discord.say({ text: "hi", place: "channel", mention: true, files });
    await discord.edit(id, "ho");
    await discord.remove(id);
    await discord.command("ask", "why?", { place: "channel" });
    await inbound("deleted");
    await inbound("message", 1);
    expect(JSON.parse(JSON.stringify(inbounds))).toEqual(inbounds);
    expect(inbounds.map(({ type }) => type)).toEqual(["message", "edited", "deleted", "message"]);
  });

  test("talk among others is none, nor is what bots say", async () => {
    const { discord, inbounds, inbound } = await open();
    await discord.say({ text: "just talking", place: "channel" });
    await discord.say({ text: "@Mina look", place: "thread" });
    discord.world.person("Robo").bot = true;
    await discord.say({ text: "I am a bot", as: "Robo", place: "channel", mention: true });
    await discord.say({ text: "now you", place: "channel", mention: true });
    await inbound("message");
    expect(inbounds).toHaveLength(1);
  });

  test("in a thread nobody needs to be named", async () => {
    const { discord, inbound } = await open();
    await discord.say({ text: "and then?", place: "thread" });
    const asked = await inbound("message");
    expect(asked).toMatchObject({ place: "thread", address: "follow-up", text: "and then?" });
    expect(asked.thread).toBe(`discord:${discord.world.channel.id}:${discord.world.thread.id}`);
  });

  test("a reply brings along what it replies to", async () => {
    const { discord, adapter, inbound } = await open();
    const file = { name: "bus.txt", mimeType: "text/plain", data: Buffer.from("times") };
    const first = await discord.say({
      text: "The bus leaves at 7.",
      place: "channel",
      as: "Mina",
      files: [file],
    });
    await discord.say({ text: "when?", place: "channel", mention: true, replyTo: first });
    const asked = await inbound("message");
    expect(asked.quoted).toMatchObject({ author: "Mina", text: "The bus leaves at 7." });
    expect(await fetchWith(adapter, asked.quoted?.attachments[0])).toEqual(Buffer.from("times"));

    const own = await adapter.post(asked.thread, message("At seven."), { ...to(asked), replyTo: first });
    await discord.say({ text: "sure?", place: "channel", replyTo: plainId(own) });
    expect(await inbound("message", 1)).toMatchObject({ text: "sure?", quoted: { text: "At seven." } });
  });

  test("a forwarded message is asked about with its files", async () => {
    const { discord, adapter, inbound } = await open();
    const data = Buffer.from("menu");
    const files = [{ name: "menu.txt", mimeType: "text/plain", data }];
    const id = await discord.say({ text: "soup?", place: "channel", as: "Mina", files });
    const { message: original } = discord.world.messages.get(id) ?? {};
    const forward = await discord.say({ text: "" });
    const { message: sent } = discord.world.messages.get(forward) ?? {};
    Object.assign(sent ?? {}, {
      id: `${forward}1`,
      channel_type: 1,
      message_reference: { type: 1, message_id: id, channel_id: discord.world.channel.id },
      message_snapshots: [{ message: original }],
    });
    discord.gateway.dispatch("MESSAGE_CREATE", sent ?? {});
    const asked = await inbound("message");
    expect(asked).toMatchObject({ text: "", attachments: [], quoted: { text: "soup?" } });
    expect(await fetchWith(adapter, asked.quoted?.attachments[0])).toEqual(data);
  });

  test("changed and deleted questions are told; the same change has the same id", async () => {
    const { discord, inbounds, inbound } = await open();
    const id = await discord.say({ text: "2+2?" });
    discord.faults.repeatNext();
    await discord.edit(id, "3+3?");
    const edited = await inbound("edited");
    expect(edited).toMatchObject({ messageId: id, place: "dm", message: { text: "3+3?", messageId: id } });
    // Not when it was written: that may be long ago.
    expect(edited.at).toBe(Date.parse(discord.world.messages.get(id)?.message.edited_timestamp ?? ""));
    await discord.remove(id);
    expect(await inbound("deleted")).toMatchObject({
      messageId: id,
      thread: edited.thread,
      isAnonymous: true,
    });
    expect(new Set(inbounds.filter(({ type }) => type === "edited").map((each) => each.id)).size).toBe(1);
  });

  test("an old edit that is only shown again is none, as when its message is pinned", async () => {
    const { discord, inbounds, inbound } = await open();
    const id = await discord.say({ text: "2+2?" });
    const { message: asked } = discord.world.messages.get(id) ?? {};
    const edited_timestamp = "2026-01-01T00:00:00.000Z";
    discord.gateway.dispatch("MESSAGE_UPDATE", { ...asked, edited_timestamp, pinned: true });
    await discord.say({ text: "next" });
    await inbound("message", 1);
    expect(inbounds.map(({ type }) => type)).toEqual(["message", "message"]);
  });

  test("files are downloaded when asked for, also when their address has expired", async () => {
    const { discord, adapter, inbound } = await open();
    const data = Buffer.from("# Notes");
    await discord.say({
      text: "read",
      files: [{ name: "notes.md", mimeType: "text/markdown; charset=utf-8", data }],
    });
    const [attachment] = (await inbound("message")).attachments;
    expect(attachment).toMatchObject({ name: "notes.md", mimeType: "text/markdown", size: data.length });
    expect(discord.rest.calls.filter((call) => call.includes("attachments"))).toEqual([]);
    discord.expireFiles();
    expect(await fetchWith(adapter, attachment)).toEqual(data);
  });

  test("files that are gone or too large are refused in a sentence", async () => {
    const { discord, adapter, inbound } = await open({}, { maxFileBytes: 1024 * 1024 });
    const file = (name: string, size: number) => ({ name, mimeType: "text/plain", data: Buffer.alloc(size) });
    const id = await discord.say({
      text: "read",
      files: [file("a.txt", 10), file("b.txt", 1024 * 1024 + 1)],
    });
    const [small, large] = (await inbound("message")).attachments;
    await expect(fetchWith(adapter, large)).rejects.toThrow(new UserError("it is larger than 1 MB."));
    discord.expireFiles();
    await discord.remove(id);
    await expect(fetchWith(adapter, small)).rejects.toThrow(new UserError("it is no longer on Discord."));
  });
});

describe("without the message content intent", () => {
  test("mentions, direct messages and replies with a ping are read", async () => {
    const { discord, inbound, adapter } = await open({ messageContent: false });
    await discord.say({ text: "one" });
    await discord.say({ text: "two", place: "channel", mention: true });
    const asked = await inbound("message", 1);
    const own = await adapter.post(asked.thread, message("Yes."), to(asked));
    await discord.say({ text: "three", place: "channel", replyTo: plainId(own) });
    await inbound("message", 2);
    const texts = [0, 1, 2].map(async (index) => (await inbound("message", index)).text);
    expect(await Promise.all(texts)).toEqual(["one", "two", "three"]);
  });

  test.each(["role", "quiet reply"] as const)("whoever addresses it by a %s is told how to", async (how) => {
    const { discord, adapter, inbounds } = await open({ messageContent: false });
    const own = await adapter.post(`discord:${discord.world.channel.id}`, message("Hello."), none());
    const id = await discord.sayUnreadably({ text: "hey", place: "channel", replyTo: plainId(own) }, how);
    const told = await until("it is told", () =>
      discord.seen("channel").find(({ replyTo }) => replyTo === id),
    );
    expect(told.text).toContain("with a mention of me");
    expect(inbounds).toEqual([]);
  });

  test("what it can't read in a thread it leaves alone", async () => {
    const { discord, inbounds, inbound } = await open({ messageContent: false });
    await discord.say({ text: "among us", place: "thread" });
    await discord.say({ text: "you", place: "thread", mention: true });
    expect((await inbound("message")).text).toBe("you");
    expect(inbounds).toHaveLength(1);
  });
});

describe("answers", () => {
  test("stand as a reply, are edited, and can be taken back", async () => {
    const { discord, adapter, inbound } = await open();
    const question = await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const { thread } = asked;
    await adapter.status?.(thread, "thinking", to(asked));
    const id = await adapter.post(thread, message("Hel"), { ...to(asked), replyTo: question });
    await adapter.edit(thread, id, message("Hello @everyone <@1>."));
    expect(discord.seen("channel").at(-1)).toMatchObject({ id: plainId(id), replyTo: question, edits: 1 });
    expect(discord.statuses("channel")).toEqual(["typing"]);
    await adapter.remove?.(thread, id);
    await adapter.remove?.(thread, id);
    expect(discord.seen("channel")).toHaveLength(1);
    expect(discord.complaints).toEqual([]);
  });

  test("to a question that was deleted meanwhile stand alone", async () => {
    const { discord, adapter, inbound } = await open();
    const question = await discord.say({ text: "hi" });
    const asked = await inbound("message");
    await discord.remove(question);
    await adapter.post(asked.thread, message("Hello."), { ...to(asked), replyTo: question });
    expect(discord.seen()).toMatchObject([{ text: "Hello." }]);
    expect(discord.seen()[0]).not.toHaveProperty("replyTo");
  });

  test("are refused in a sentence where the bot may not write", async () => {
    const { discord, adapter } = await open();
    discord.world.forbidden.add("writing");
    const refused = adapter.post(`discord:${discord.world.channel.id}`, message("Hi."), none());
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/does not let me write in this channel.*Send Messages/u);
  });

  test("take files along, also where Slack's client has loaded another undici", async () => {
    await import("@slack/bolt");
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "code please" });
    const { thread } = await inbound("message");
    const data = Buffer.from("console.log(1);\n");
    await adapter.upload?.(thread, { name: "main.js", mimeType: "text/javascript", data }, none());
    expect(discord.seen().at(-1)?.files).toEqual([{ name: "main.js", data: new Uint8Array(data) }]);
  });
});
