import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import {
  answer,
  closeScenes,
  message,
  none,
  openScene as open,
  plainId,
  to,
} from "../support/discord/scene.ts";
import { until } from "../support/until.ts";

afterEach(closeScenes);

/** A command whose three seconds have passed: the emulator does not know it any more. */
const lateCommand = {
  id: "1",
  token: "late",
  type: 2,
  application_id: "1",
  app_permissions: String(2n ** 49n - 1n),
  entitlements: [],
  authorizing_integration_owners: {},
  data: { id: "1", name: "new", type: 1 },
};

describe("commands, shortcuts and buttons", () => {
  test("are registered once, and again only when they changed", async () => {
    const { discord, adapter } = await open();
    const puts = () => discord.rest.calls.filter((call) => call.startsWith("PUT"));
    expect(discord.clicks.registered.map(({ type, name }) => [type, name])).toEqual([
      [1, "ask"],
      [1, "persona"],
      [1, "new"],
      [3, "Translate in detail"],
    ]);
    await adapter.stop();
    await adapter.start(async () => {});
    expect(puts()).toHaveLength(1);
    expect(discord.complaints).toEqual([]);
  });

  test("a command's answer stands in its reply, further messages after it", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.command("persona", "tutor", { place: "channel" });
    const command = await inbound("command");
    const { thread } = command;
    expect(command).toMatchObject({
      name: "persona",
      argument: "tutor",
      place: "channel",
      channelName: "#general",
    });
    await adapter.status?.(thread, "thinking", to(command));
    const first = await adapter.post(thread, message("First."), to(command));
    await adapter.edit(thread, first, message("First!"));
    await adapter.post(thread, message("Second."), to(command, 1));
    adapter.settled?.(command);
    await sleep(50);
    expect(discord.seen("channel").map(({ text }) => text)).toEqual(["First!", "Second."]);
    expect(discord.statuses("channel")).toEqual(["is thinking…"]);
    expect(discord.complaints).toEqual([]);
  });

  test("where the bot may not write, a command says so and asks nothing", async () => {
    const { discord, inbound, inbounds } = await open();
    discord.world.forbidden.add("writing");
    await discord.command("ask", "why?", { place: "channel" });
    const told = await until("it is told", () => discord.seen("channel").at(-1));
    expect(told.text).toMatch(/does not let me write in this channel.*Send Messages/u);
    await discord.say({ text: "and here?" });
    await inbound("message");
    expect(inbounds).toHaveLength(1);
    expect(discord.complaints).toEqual([]);
  });

  test("in a thread that was archived before the connection stood, a click is known to be in its channel", async () => {
    const { discord, inbound } = await open();
    const { world } = discord;
    const parent = world.room("channel", "Kim");
    const room = world.openThread(parent, world.newId(), "of old");
    await discord.clicks.command("ask", "why?", { room, user: world.person("Kim") });
    expect(await inbound("message")).toMatchObject({
      thread: `discord:${parent.id}:${room.id}`,
      place: "thread",
      channelName: "#general",
    });
    expect(discord.complaints).toEqual([]);
  });

  test("a command that nothing is said to leaves nothing behind", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.command("new", "");
    adapter.settled?.(await inbound("command"));
    await until("it is deleted", () => discord.rest.calls.some((call) => call.startsWith("DELETE")));
    expect(discord.seen()).toEqual([]);
    expect([...discord.world.messages]).toEqual([]);
  });

  test("an answer that comes after the reply is gone is a message of its own", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.command("ask", "why?");
    const asked = await inbound("message");
    discord.world.messages.clear();
    await adapter.post(asked.thread, message("Because."), to(asked));
    expect(discord.seen().map(({ text }) => text)).toEqual(["Because."]);
  });

  test("a click is acknowledged in time while nobody can store it", async () => {
    const { discord, adapter, inbound } = await open({}, { receive: () => new Promise(() => {}) });
    await discord.say({ text: "hi" });
    await discord.command("new", "");
    const { thread } = await inbound("message");
    const actions = [{ token: "t", label: "Again" }];
    const [rendered] = adapter.render(answer({ text: "Heads.", actions }));
    const id = await adapter.post(thread, rendered ?? message(""), none());
    await discord.press(plainId(id), "Again");
    await inbound("press");
    expect(discord.complaints).toEqual([]);
  });

  test("a click that comes too late to be acknowledged is answered in the channel", async () => {
    const { discord, adapter, inbound } = await open();
    discord.gateway.dispatch("INTERACTION_CREATE", {
      ...lateCommand,
      channel_id: discord.world.channel.id,
      channel: { id: discord.world.channel.id, type: 0, name: "general" },
      guild_id: discord.world.guildId,
      member: { ...discord.world.member(discord.world.person("Kim")), permissions: "0" },
    });
    const late = await inbound("command");
    await adapter.post(late.thread, message("Afresh."), to(late));
    expect(discord.seen("channel").map(({ text }) => text)).toEqual(["Afresh."]);
  });

  test("a right-click asks a persona about a message", async () => {
    const { discord, inbound } = await open({ messageContent: false });
    const id = await discord.say({ text: "안녕하세요", place: "channel", as: "Mina" });
    await discord.shortcut("Translate in detail", id);
    expect(await inbound("message")).toMatchObject({
      persona: "translator",
      text: "",
      author: { name: "Kim" },
      quoted: { author: "Mina", text: "안녕하세요" },
    });
  });

  test("a button tells its token and its message", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "toss" });
    const { thread } = await inbound("message");
    const actions = Array.from({ length: 7 }, (_, index) => ({
      token: `t${index}`,
      label: `Button ${index}`,
    }));
    const [rendered] = adapter.render(answer({ text: "Heads.", actions }));
    const id = await adapter.post(thread, rendered ?? message(""), none());
    expect(discord.seen().at(-1)?.buttons).toHaveLength(7);
    await discord.press(plainId(id), "Button 6", "Mina");
    expect(await inbound("press")).toMatchObject({ token: "t6", messageId: id, author: { name: "Mina" } });
    expect(discord.complaints).toEqual([]);
  });
});
