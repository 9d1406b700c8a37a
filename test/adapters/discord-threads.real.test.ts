import { ChannelType } from "discord-api-types/v10";
import { afterEach, describe, expect, test } from "vitest";
import type { Inbound } from "../../src/chat.ts";
import type { DiscordEmulator } from "../support/discord/index.ts";
import { adapterOf, closeScenes, message, none, openScene as open, to } from "../support/discord/scene.ts";

afterEach(closeScenes);

const createPublicThreads = String(1n << 35n);

/** Gives everyone on the server, and so the bot, this permission and no other. */
function allow({ gateway, world }: DiscordEmulator, permissions: string): void {
  const { id: guild_id, roles } = world.guild();
  const everyone = roles.find(({ id }) => id === guild_id);
  gateway.dispatch("GUILD_ROLE_UPDATE", {
    guild_id,
    role: { ...everyone, permissions },
  });
}

/** What was stored and read again. */
const stored = <Event extends Inbound>(inbound: Event): Event => JSON.parse(JSON.stringify(inbound)) as Event;

describe("answers in threads", () => {
  test("can open a thread of their own on the question", async () => {
    const { discord, adapter, inbound } = await open({}, { opensThread: () => true });
    allow(discord, createPublicThreads);
    const question = await discord.say({ text: "what is a llama?", place: "channel", mention: true });
    const asked = await inbound("message");
    const { thread, place } = asked;
    expect(place).toBe("thread");
    await Promise.all([
      adapter.status?.(thread, "thinking", to(asked)),
      adapter.post(thread, message("An animal."), { ...to(asked), replyTo: question }),
    ]);
    await adapter.post(thread, message("It spits."), to(asked, 1));
    expect(discord.seenIn(question).map(({ text }) => text)).toEqual(["An animal.", "It spits."]);
    expect(discord.world.rooms.get(question)?.name).toBe("what is a llama?");
    expect(discord.rest.calls.filter((call) => call.endsWith("/threads"))).toHaveLength(1);

    const said = {
      ...discord.world.messages.get(question)?.message,
      id: "1",
      channel_id: question,
      content: "where?",
    };
    discord.gateway.dispatch("MESSAGE_CREATE", { ...said, guild_id: discord.world.guildId, mentions: [] });
    const { channelName } = asked;
    expect(channelName).toBe("#general");
    // What somebody called the thread is nothing that a persona is told of it.
    expect(await inbound("message", 1)).toMatchObject({
      thread,
      address: "follow-up",
      text: "where?",
      channelName,
    });
  });

  test.each([undefined, false])("are replies in the channel unless that is set so: %s", async (opens) => {
    const asked: string[] = [];
    const opensThread = (channel: string) => {
      asked.push(channel);
      return opens;
    };
    const { discord, inbound } = await open({}, { opensThread });
    await discord.say({ text: "what?", place: "channel", mention: true });
    const thread = `discord:${discord.world.channel.id}`;
    expect(await inbound("message")).toMatchObject({ thread, place: "channel" });
    expect(asked).toContain(thread);
  });

  test("stay in the channel where no thread may be opened", async () => {
    const { discord, adapter, inbound, log } = await open({}, { opensThread: () => true });
    const question = await discord.say({ text: "what?", place: "channel", mention: true });
    const asked = await inbound("message");
    const id = await adapter.post(asked.thread, message("This."), { ...to(asked), replyTo: question });
    await adapter.edit(asked.thread, id, message("That."));
    expect(discord.seen("channel").at(-1)).toMatchObject({ text: "That.", replyTo: question });
    expect(log).toContain("I may not open threads here (Create Public Threads); I answer in the channel");
  });

  test("are opened for a persona under its own name too", async () => {
    const { discord, adapter, inbound } = await open({}, { opensThread: () => true, personas: "webhook" });
    allow(discord, createPublicThreads);
    const question = await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const said = { ...message("Hello."), persona: { name: "Tutor" } };
    const id = await adapter.post(asked.thread, said, to(asked));
    await adapter.edit(asked.thread, id, { ...said, blocks: [{ text: "Hello!" }] });
    expect(discord.seenIn(question)).toMatchObject([{ author: "Tutor", text: "Hello!" }]);
    expect(discord.world.webhooks.size).toBe(1);
    expect(discord.complaints).toEqual([]);
  });

  test("are opened by an adapter that never started, which posts, edits, uploads, downloads there", async () => {
    const { discord, adapter, inbound } = await open({}, { opensThread: () => true });
    allow(discord, createPublicThreads);
    const files = [{ name: "a.txt", mimeType: "text/plain", data: Buffer.from("alpha") }];
    const question = await discord.say({ text: "read", place: "channel", mention: true, files });
    const asked = stored(await inbound("message"));
    await adapter.stop();
    discord.expireFiles();
    const other = adapterOf(discord);
    const [file = { name: "", mimeType: "", ref: "" }] = asked.attachments;
    expect(await other.download(file, AbortSignal.timeout(5_000))).toEqual(Buffer.from("alpha"));
    const id = await other.post(asked.thread, message("It says"), to(asked));
    await adapterOf(discord).edit(asked.thread, id, message("It says alpha."));
    await other.upload?.(
      asked.thread,
      { name: "b.txt", mimeType: "text/plain", data: Buffer.from("b") },
      none(),
    );
    expect(discord.seenIn(question).map(({ text, files }) => text || files[0]?.name)).toEqual([
      "It says alpha.",
      "b.txt",
    ]);
    expect(discord.complaints).toEqual([]);
  });
});

test("who reads along: the server, those who may see the channel, those in a private thread", async () => {
  const { discord, inbound } = await open({});
  const { gateway, world } = discord;
  await discord.say({ text: "one", place: "channel", mention: true });
  await discord.say({ text: "two", place: "thread", mention: true });
  expect([(await inbound("message")).readBy, (await inbound("message", 1)).readBy]).toEqual([
    "server",
    "server",
  ]);
  allow(discord, createPublicThreads);
  const three = await discord.say({ text: "three", place: "thread", mention: true });
  expect(await inbound("message", 2)).toMatchObject({ readBy: "channel" });
  const id = world.newId();
  const thread = { ...world.threadChannel(world.thread), id, type: ChannelType.PrivateThread };
  gateway.dispatch("THREAD_CREATE", thread);
  const said = world.messages.get(three)?.message;
  gateway.dispatch("MESSAGE_CREATE", { ...said, id, channel_id: id, guild_id: world.guildId });
  const last = await inbound("message", 3);
  expect([last.thread, last.readBy]).toEqual([`discord:${world.channel.id}:${id}`, undefined]);
});
