import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import type { Inbound } from "../../src/chat.ts";
import {
  adapterOf,
  closeScenes,
  message,
  none,
  openScene as open,
  plainId,
  to,
} from "../support/discord/scene.ts";
import { until } from "../support/until.ts";

afterEach(closeScenes);

/** What was stored and read again. */
const stored = <Event extends Inbound>(inbound: Event): Event => JSON.parse(JSON.stringify(inbound)) as Event;

describe("an adapter that never started", () => {
  test("answers a command that another process received, after that one has stopped", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.command("ask", "why?", { place: "channel" });
    const asked = stored(await inbound("message"));
    await adapter.stop();
    const other = adapterOf(discord);
    await other.status?.(asked.thread, "thinking", to(asked));
    const id = await other.post(asked.thread, message("Because"), to(asked));
    await other.edit(asked.thread, id, message("Because of that."));
    await other.post(asked.thread, message("And this."), to(asked, 1));
    other.settled?.(asked);
    await sleep(50);
    expect(discord.seen("channel").map(({ text }) => text)).toEqual(["Because of that.", "And this."]);
    expect(discord.statuses("channel")).toEqual(["is thinking…"]);
    expect(discord.complaints).toEqual([]);
  });
});

describe("“is thinking…”", () => {
  test("is taken back by whoever deals with the event, but never an answer", async () => {
    const { discord, inbound } = await open();
    await discord.command("new", "");
    await discord.command("ask", "why?");
    const [silent, asked] = [stored(await inbound("command")), stored(await inbound("message"))];
    const other = adapterOf(discord);
    await other.post(asked.thread, message("Because."), to(asked));
    for (const event of [asked, silent, asked]) adapterOf(discord).settled?.(event);
    await until("it is deleted", () => discord.rest.calls.some((call) => call.startsWith("DELETE")));
    await sleep(50);
    expect([...discord.world.messages.values()].map((each) => each.message.content)).toEqual(["Because."]);
  });

  test("a message or a button has none to take back", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi" });
    const calls = discord.rest.calls.length;
    adapter.settled?.(await inbound("message"));
    await sleep(50);
    expect(discord.rest.calls).toHaveLength(calls);
  });
});

describe("a post of which nobody knows whether it stands", () => {
  test("is found by what it replies to, also long after", async () => {
    const { discord, adapter, inbound } = await open({ nonceMs: 0 });
    const question = await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const before = await adapter.post(asked.thread, message("Something else."), none());
    const options = { ...to(asked), replyTo: question };
    discord.rest.dropNextAnswer();
    const id = await adapter.post(asked.thread, message("Hello."), options);
    const other = adapterOf(discord);
    const found = await other.find?.(asked.thread, { ...options, known: [before] });
    expect(discord.seen("channel").find(({ id }) => id === plainId(found ?? ""))).toMatchObject({
      text: "Hello.",
      replyTo: question,
    });
    expect(
      await other.find?.(asked.thread, { ...options, known: [before, id, found ?? ""] }),
    ).toBeUndefined();
  });

  test("is not found where there is none, nor in what others said or the bot said to others", async () => {
    const { discord, adapter, inbound } = await open();
    const question = await discord.say({ text: "hi", place: "channel", mention: true });
    const another = await discord.say({ text: "and me", place: "channel", as: "Mina", mention: true });
    const asked = await inbound("message");
    await adapter.post(asked.thread, message("To Mina."), { ...none(), replyTo: another });
    const sought = { ...to(asked), replyTo: question, known: [] };
    expect(await adapter.find?.(asked.thread, sought)).toBeUndefined();
    expect(await adapter.find?.("discord:404", sought)).toBeUndefined();
  });

  test("is found after its event where it replies to nothing", async () => {
    const { discord, adapter, inbound } = await open();
    const thread = `discord:${discord.world.channel.id}`;
    await adapter.post(thread, message("Long ago."), none());
    await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const first = await adapter.post(thread, message("One."), to(asked));
    const second = await adapter.post(thread, message("Two."), to(asked, 1));
    expect(await adapter.find?.(thread, { ...to(asked, 1), known: [first] })).toBe(second);
  });

  test("is the command's reply, once that no longer waits", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.command("ask", "why?");
    const asked = await inbound("message");
    const sought = { ...to(asked), known: [] };
    expect(await adapter.find?.(asked.thread, sought)).toBeUndefined();
    const other = await adapter.post(asked.thread, message("Something else."), none());
    const id = await adapter.post(asked.thread, message("Because."), to(asked));
    const { message: reply } = discord.world.messages.get(id) ?? {};
    Object.assign(reply ?? {}, { interaction_metadata: { id: asked.id } });
    expect(await adapterOf(discord).find?.(asked.thread, sought)).toBe(id);
    expect(await adapterOf(discord).find?.(asked.thread, { ...sought, known: [id, other] })).toBeUndefined();
  });
});
