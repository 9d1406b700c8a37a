import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ConversationKey, Store } from "../../src/store/store.ts";
import { answer, attachment, inChannel, png } from "./events.ts";
import { call, say as says, stop, usage } from "./scripted-model.ts";
import { testBot, testPersona } from "./test-core.ts";

/** Where one test's data is kept, and how all that is really there is looked through. */
export interface ForgetPlace {
  readonly options: { readonly dataFolder?: string; readonly databaseUrl?: string };
  /** Where any of these words stands, in any column or byte. */
  search(words: readonly string[]): Promise<readonly string[]>;
}

const id = "fake:kim9q7x";
const author = { id, name: "Kimberley9q7x" };
const inPrivate = { thread: id, place: "dm", channelName: author.name, author } as const;
const inPublic = (channel: string, thread = "") =>
  ({
    ...inPrivate,
    thread: `fake:${channel}${thread === "" ? "" : `:${thread}`}`,
    place: thread === "" ? "channel" : "thread",
    channelName: `#${channel}`,
  }) as const;
const mina = inChannel("mina");
const minaIn = (channel: string) => ({ ...inChannel("mina"), thread: `fake:${channel}` });

const picture = Buffer.concat([png, Buffer.from("picture9q7x")]);
/** Too long to go along whole: its text is kept in parts of its own. */
const story = Buffer.from(`${"They went on. ".repeat(5_000)}Then the tale9 ended.`);
const markers = [
  "9q7x",
  "tea9",
  "direct9",
  "general9",
  "thread9",
  "own9",
  "running9",
  "waiting9",
  "answer9",
  "summary9",
  "brief9",
  "dog9",
  "tale9",
  "album9",
];
const keys = ["fake:general", "fake:general:t1", "fake:busy", "fake:run"] as ConversationKey[];

/** What `/forget me` promises, whichever database is behind it. */
export function describeForgetting(name: string, createPlace: () => Promise<ForgetPlace>): void {
  describe(name, () => {
    test("nothing of a forgotten person is left in what is stored, nor in any prompt; all else stays", async () => {
      const place = await createPlace();
      const bot = await testBot({ ...settings, ...place.options, scripts: scripts() });
      await live(bot);
      expect((await place.search(markers)).length).toBeGreaterThan(5);
      expect(await place.search(["album9"])).not.toEqual([]);
      const before = await othersTurns(bot);

      const waits = Promise.withResolvers<void>();
      const busy = await beBusy(bot, waits.promise);
      await bot.command("forget", "me", inPrivate);
      expect(bot.last()).toContain("`/forget me yes` does it.");
      expect(await bot.core.store.turns.list(id as ConversationKey)).toHaveLength(1);

      await bot.command("forget", "me yes", inPrivate);
      expect(bot.last()).toMatch(/^Done: I no longer know you\./u);
      // Nothing in the making is left open, and nobody else's is touched.
      const shown = bot.chat.posts.map((post) => post.answer);
      expect(shown.find(({ text }) => text.includes("running9"))).toMatchObject({
        state: "stopped",
        notices: ["Stopped."],
      });
      waits.resolve();
      await Promise.all(busy);
      expect(bot.last()).not.toContain("waiting9");
      expect(bot.model.requests).toHaveLength(6);
      expect(await place.search(markers)).toEqual([]);
      await bot.bot.stop();
      expect(await othersTurns(bot)).toStrictEqual([before[0], before[1], ["busy"], before[3]]);
      await bot.core.store.close();
      expect(await place.search(markers)).toEqual([]);

      const after = await testBot({
        ...settings,
        ...place.options,
        scripts: [answer("1"), answer("2"), answer("3")],
      });
      await after.say("and now?", mina);
      expect(after.sent()).toContain("Mina's question");
      expect(after.sent()).not.toMatch(/9q7x|general9|answer9/u);
      await after.say("hello", { ...inPrivate, author: { id, name: "Kim" } });
      expect(after.sent()).not.toMatch(/direct9|tea9|answer9/u);
      expect(after.model.requests.at(-1)?.instructions).toContain("You are assistant.");
      expect((await after.core.store.facts.list("fake:mina")).map(({ text }) => text)).toEqual([
        "Likes coffee.",
      ]);
    });

    test("nothing is left of who never asked anything, nor of the command itself, while the bot runs", async () => {
      const place = await createPlace();
      const bot = await testBot({ ...settings, ...place.options, scripts: [answer("1")] });
      await bot.command("forget", "me yes", inPublic("general"));
      expect(bot.last()).toMatch(/^Done: I no longer know you\./u);
      expect(await place.search(markers)).toEqual([]);
    });

    test("nothing of a forgotten fact is left in what is stored, nor in any prompt, nor of what it was before", async () => {
      const place = await createPlace();
      const personas = [testPersona("assistant", { memory: "read-write" })];
      const keeps = [call("remember", { fact: "Drinks tea9 each day." }), usage(1, 1), stop("tools")];
      const bot = await testBot({ ...place.options, personas, scripts: [keeps, answer("ok"), answer("hm")] });
      await bot.say("You may remember what I drink", inPrivate);
      await bot.command("memory", "edit 1 Drinks general9 tea9.", inPrivate);
      await bot.command("memory", "add Has a dog.", inPrivate);
      expect(await place.search(["tea9"])).not.toEqual([]);
      await bot.command("memory", "forget 1", inPrivate);
      await bot.say("What do I drink?", inPrivate);
      expect(bot.sent()).toContain("2. Has a dog.");
      expect(bot.sent()).not.toContain("tea9");
      expect(await place.search(["tea9", "general9"])).toEqual([]);
      await bot.bot.stop();
      await bot.core.store.close();
      expect(await place.search(["tea9", "general9"])).toEqual([]);
    });

    test("a limit on their questions is no way around: how many they asked stays, and nothing else", async () => {
      const place = await createPlace();
      const limits = { person: { messages: { hour: 1, day: 5 } } };
      const scripts = [answer("answer9")];
      const bot = await testBot({ ...settings, ...place.options, limits, scripts });
      await bot.say("direct9", inPrivate);
      await bot.command("forget", "me yes", inPrivate);
      await bot.say("again", { ...inPrivate, author: { id, name: "Kim" } });
      expect(bot.chat.posts.at(-1)?.answer.notices[0]).toContain("You have asked 1 question this hour");
      await bot.bot.stop();
      await bot.core.store.close();
      expect(await place.search(markers.slice(1))).toEqual([]);
    });

    test("a budget of their own is no way around: its sum stays, and nothing else", async () => {
      const place = await createPlace();
      const limits = { person: { tokens: { month: 4_000 } } };
      const bot = await testBot({
        ...settings,
        ...place.options,
        limits,
        scripts: [[says("answer9"), usage(3_000, 500), stop()]],
      });
      await bot.say("direct9", inPrivate);
      await bot.command("forget", "me yes", inPrivate);
      await bot.say("again", { ...inPrivate, author: { id, name: "Kim" } });
      expect(bot.chat.posts.at(-1)?.answer.notices[0]).toContain("your 4,000 tokens for this month");
      await bot.bot.stop();
      await bot.core.store.close();
      expect(await place.search(markers.slice(1))).toEqual([]);
    });
  });
}

const settings = {
  personas: [testPersona("assistant"), testPersona("poet")],
  access: { admins: [id] },
};

const scripts = () => [
  answer("an answer9 in private"),
  answer("an answer9 in general"),
  answer("Mina's answer"),
  answer("an answer9 in a thread"),
];

/** Leaves something of Kim, and of Mina, everywhere. */
async function live({
  say,
  command,
  core,
  model,
  bot,
  chat,
}: Awaited<ReturnType<typeof testBot>>): Promise<void> {
  await say("direct9", {
    ...inPrivate,
    attachments: [attachment("own9.png", picture, "image/png"), attachment("own9.txt", story)],
  });
  await say("general9", { ...inPublic("general"), messageId: "m-9q7x" });
  const part = {
    ...inPublic("general"),
    id: "part",
    type: "message",
    text: "album9",
    attachments: [],
  } as const;
  await bot.receive(chat, { ...part, album: { id: "album", place: 1 }, address: "others" });
  await say("Mina's question", mina);
  await say("thread9", inPublic("general", "t1"));
  for (const key of ["fake:general", id] as ConversationKey[]) await sumUp(core.store, key);
  await command("persona", "poet", inPrivate);
  await command("memory", "add Likes tea9.", inPrivate);
  await command("memory", "add Likes coffee.", mina);
  await command("memory", "add Has a dog9.", inPrivate);
  await command("memory", "edit 2 Has two dog9s.", inPrivate);
  await command("instructions", "add be brief9", inPrivate);
  await command("memory", "pause", inPrivate);
  await core.store.links.offer(author, { hash: "hash9q7x", expiresAt: Number.MAX_SAFE_INTEGER });
  await core.store.links.claim({ id: "fake:k2", name: "other" }, "hash9q7x", Date.now());
  await core.store.links.confirm(id, "fake:k2", Date.now());
  await core.store.links.offer(author, { hash: "hash9q7x", expiresAt: Number.MAX_SAFE_INTEGER });
  await core.store.grants.request({ place: id, name: author.name, event: "e", code: "AAA-222" }, Date.now());
  await core.access.allow("AAA-222", id);
  await core.access.claimOwnership("guess", author);
  expect(model.requests).toHaveLength(4);
}

/** What `/compact` leaves: in the channel, of Mina's words too. */
async function sumUp(store: Store, key: ConversationKey): Promise<void> {
  const turns = (await store.turns.list(key)).map((turn) => turn.id);
  const through = turns.at(-1) ?? "";
  const summary = { text: "summary9", after: "", through, turns: turns.length, person: "", at: new Date() };
  expect(await store.summaries.put(key, summary, { turns })).toBe(true);
}

/** Kim is being answered in one place, and waits behind Mina in another. */
async function beBusy(
  bot: Awaited<ReturnType<typeof testBot>>,
  waits: Promise<void>,
): Promise<readonly Promise<void>[]> {
  const { model, say, chat } = bot;
  const running: Promise<void>[] = [];
  model.play([says("running9"), "wait"], [waits, says("busy"), usage(1, 1), stop()]);
  running.push(say("running9", inPublic("run")));
  while (!chat.posts.some((post) => post.answer.text === "running9")) await sleep(1);
  running.push(say("Mina is first", minaIn("busy")));
  while (model.requests.length < 6) await sleep(1);
  running.push(say("waiting9", inPublic("busy")));
  while ((await bot.core.store.inbox.pending("fake:busy" as ConversationKey, 9)).length < 2) await sleep(1);
  return running;
}

/** What was answered in shared places to anyone but Kim. */
async function othersTurns({ core: { store } }: Awaited<ReturnType<typeof testBot>>): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const key of keys) {
    const turns = await store.turns.list(key);
    const others = turns.filter(({ person }) => person !== id);
    all.push(key === "fake:busy" && others.length > 0 ? ["busy"] : others);
  }
  return all;
}
