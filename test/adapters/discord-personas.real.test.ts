import { afterEach, describe, expect, test } from "vitest";
import type { DiscordMessage } from "../../adapters/discord/render.ts";
import { adapterOf, answer, closeScenes, openScene, plainId, to } from "../support/discord/scene.ts";

afterEach(closeScenes);

const open = () => openScene({}, { personas: "webhook" });
const picture = "https://example.org/tutor.png";
const said = (text: string, name = "Tutor"): DiscordMessage => ({
  blocks: [{ text }],
  buttons: [{ token: "again", label: "Again" }],
  persona: { name, picture },
});
const calls = (all: readonly string[], end: string): number =>
  all.filter((call) => call.endsWith(end)).length;

describe("a persona under its own name", () => {
  test("posts, edits and takes back by one webhook of the channel, also from another process", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const first = await adapter.post(asked.thread, said("Hel"), to(asked));
    const second = await adapter.post(asked.thread, said("More.", "Vocab"), to(asked, 1));
    const other = adapterOf(discord, { personas: "webhook" });
    await other.edit(asked.thread, first, said("Hello."));
    expect(discord.seen("channel").slice(1)).toMatchObject([
      { fromBot: true, author: "Tutor", text: "Hello.", edits: 1 },
      { fromBot: true, author: "Vocab", text: "More." },
    ]);
    expect(discord.world.messages.get(plainId(first))?.message.author.avatar).toBe(picture);
    await other.remove?.(asked.thread, second);
    expect(discord.seen("channel")).toHaveLength(2);
    expect(discord.world.webhooks.size).toBe(1);
    expect(discord.complaints).toEqual([]);
  });

  test("stays of components where its text becomes short, also from another process", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi", place: "thread", mention: true });
    const asked = await inbound("message");
    const id = await adapter.post(asked.thread, said("word ".repeat(500)), to(asked));
    await adapterOf(discord, { personas: "webhook" }).edit(asked.thread, id, said("Hello."));
    expect(discord.seen("thread").at(-1)).toMatchObject({ author: "Tutor", text: "Hello.", edits: 1 });
    expect(discord.complaints).toEqual([]);
  });

  test("speaks in threads too, and its buttons and replies to it come back", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi", place: "thread", mention: true });
    const asked = await inbound("message");
    const id = await adapter.post(asked.thread, said("Hello."), to(asked));
    await adapter.edit(asked.thread, id, said("Hello!"));
    expect(discord.seen("thread").at(-1)).toMatchObject({ author: "Tutor", text: "Hello!", edits: 1 });
    await discord.press(plainId(id), "Again");
    expect(await inbound("press")).toMatchObject({ token: "again", messageId: id, thread: asked.thread });
    await discord.say({ text: "sure?", place: "thread", replyTo: plainId(id) });
    const reply = await inbound("message", 1);
    expect(reply).not.toHaveProperty("address");
    expect(reply.quoted).toMatchObject({ author: "Tutor", text: "Hello!" });
    expect(discord.complaints).toEqual([]);
  });

  test("is found again, as a webhook's posts have no nonce", async () => {
    const { discord, adapter, inbound } = await open();
    const question = await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    expect(adapter.postsOnce).toBeUndefined();
    const options = { ...to(asked), replyTo: question };
    expect(await adapter.find?.(asked.thread, { ...options, known: [] })).toBeUndefined();
    const id = await adapter.post(asked.thread, said("Hello."), options);
    const other = adapterOf(discord, { personas: "webhook" });
    expect(await other.find?.(asked.thread, { ...options, known: [] })).toBe(id);
    expect(await other.find?.(asked.thread, { ...options, known: [id] })).toBeUndefined();
  });

  test("is the bot itself in direct messages, and first of all where a command is answered", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi" });
    const direct = await inbound("message");
    await adapter.post(direct.thread, said("Hello."), to(direct));
    await discord.command("ask", "why?", { place: "channel" });
    const asked = await inbound("message", 1);
    await adapter.post(asked.thread, said("Because."), to(asked));
    await adapter.post(asked.thread, said("And this."), to(asked, 1));
    expect(discord.seen().at(-1)?.author).toBe("Parlance");
    expect(discord.seen("channel").map(({ author }) => author)).toEqual(["Parlance", "Tutor"]);
    expect(discord.complaints).toEqual([]);
  });

  test("is the bot itself where Manage Webhooks is missing, which is said once", async () => {
    const { discord, adapter, inbound, log } = await open();
    discord.world.forbidden.add("webhooks");
    await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    await adapter.post(asked.thread, said("One."), to(asked));
    await adapter.post(asked.thread, said("Two."), to(asked, 1));
    expect(discord.seen("channel").slice(1)).toMatchObject([
      { author: "Parlance", text: "One." },
      { author: "Parlance", text: "Two." },
    ]);
    expect(log.filter((line) => line.includes("Manage Webhooks"))).toHaveLength(1);
    expect(calls(discord.rest.calls, "/webhooks")).toBe(1);
  });

  test("is the bot itself under a name that Discord does not allow, or when the webhook was deleted", async () => {
    const { discord, adapter, inbound } = await open();
    await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    await adapter.post(asked.thread, said("One.", "Discord guide"), to(asked));
    await adapter.post(asked.thread, said("Two."), to(asked, 1));
    discord.world.webhooks.clear();
    await adapter.post(asked.thread, said("Three."), to(asked, 2));
    await adapter.post(asked.thread, said("Four."), to(asked, 3));
    const authors = discord.seen("channel").map(({ author }) => author);
    expect(authors.slice(1)).toEqual(["Parlance", "Tutor", "Parlance", "Tutor"]);
    expect(discord.complaints).toEqual([]);
  });

  test("by name stands under the answer, and asks Discord for no webhook", async () => {
    const { discord, adapter, inbound } = await openScene();
    await discord.say({ text: "hi", place: "channel", mention: true });
    const asked = await inbound("message");
    const [rendered = said("")] = adapter.render(answer({ text: "Hello.", persona: { name: "Tutor" } }));
    await adapter.post(asked.thread, rendered, to(asked));
    expect(discord.seen("channel").at(-1)).toMatchObject({ author: "Parlance", text: "Hello." });
    expect(calls(discord.rest.calls, "/webhooks")).toBe(0);
  });
});
