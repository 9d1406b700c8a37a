import { describe, expect, test } from "vitest";
import type { StoredTurn } from "../../src/store/store.ts";
import { answer, attachment, inChannel, inThread, png } from "../support/events.ts";
import { novel, secretOf } from "../support/book.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { entry } from "../support/ledger-entries.ts";
import { say as says, stop } from "../support/scripted-model.ts";
import { testBot, testPersona, type TestBot, type TestBotOptions } from "../support/test-core.ts";
import { until } from "../support/until.ts";
import { pictureBytes, pictureMessage, storedTurn, turnId } from "../support/turns.ts";

const kim = "fake:kim";
const kimIn = (channel: string) => ({ ...inChannel("kim"), thread: `fake:${channel}` });

const withFiles = (options: TestBotOptions = {}): Promise<TestBot> =>
  testBot({ chat: fakeAdapter({ uploads: true }), ...options });

interface Export {
  readonly person: string;
  readonly facts?: readonly { readonly text: string }[];
  readonly choices?: readonly object[];
  readonly access?: readonly object[];
  readonly limits?: object;
  readonly accounts?: readonly object[];
  readonly files?: readonly { readonly name: string; readonly parts: readonly { readonly text: string }[] }[];
  readonly turns: readonly (StoredTurn & { readonly conversation: string })[];
}

/** The files that were sent, read. */
const sentFiles = ({ chat }: TestBot): readonly { readonly name: string; readonly data: Export }[] =>
  chat.posts.flatMap(({ file }) =>
    file ? [{ name: file.name, data: JSON.parse(Buffer.from(file.data).toString("utf8")) as Export }] : [],
  );

describe("/privacy", () => {
  test("tells in private how much is kept, where, how long, and what changes it", async () => {
    const { say, command, last } = await testBot({
      scripts: [answer("1"), answer("2"), answer("3")],
      settings: { retention: { days: 90 }, vendors: ["openai", "ollama"] },
    });
    await say("one", { attachments: [attachment("a.png", png, "image/png")] });
    await say("two", inChannel("kim"));
    await say("not mine", inChannel("mina"));
    await command("memory", "add Likes tea.");
    await command("privacy");
    const today = new Date().toLocaleDateString("en", { dateStyle: "long", timeZone: "UTC" });
    expect(last()).toContain(`since ${today}:\n- 2 questions with their answers and 1 picture\n- 1 fact`);
    expect(last()).toContain("to a model, at: openai, ollama.");
    expect(last()).toContain("questions 90 days, facts until you delete them");
    for (const command of ["/export", "/memory forget 1", "/undo", "/forget me"])
      expect(last()).toContain(`\`${command}\``);
  });

  test("says nothing private where others read along", async () => {
    const { say, command, last } = await testBot({ scripts: [answer("1")] });
    await say("one");
    await command("privacy", "", inChannel("kim"));
    expect(last()).toContain("Ask me in a direct message how much that is.");
    expect(last()).not.toMatch(/\d question|since/u);
  });

  test("says so when nothing is kept", async () => {
    const { command, last } = await testBot();
    await command("privacy");
    expect(last()).toContain("**What I keep about you:** nothing.");
  });
});

describe("/export", () => {
  test("sends a person everything of theirs as one file, and nothing of others", async () => {
    const personas = [testPersona("assistant"), testPersona("poet")];
    const bot = await withFiles({ personas, scripts: [answer("1"), answer("2"), answer("3")] });
    const { say, command, last } = bot;
    await say("in private", { attachments: [attachment("a.png", png, "image/png")] });
    await say("in public", kimIn("general"));
    await say("Mina's own", inChannel("mina"));
    await command("persona", "poet");
    await command("memory", "add Likes tea.");
    await command("memory", "add Likes coffee.", inChannel("mina"));
    await command("export");
    expect(last()).toBe("");
    expect(bot.chat.posts.at(-2)?.answer.text).toContain("2 questions with their answers, 1 fact");
    const files = sentFiles(bot);
    expect(files.map(({ name }) => name)).toEqual(["my-data.json"]);
    const [file] = files;
    expect(file?.data).toMatchObject({
      person: kim,
      facts: [{ text: "Likes tea." }],
      choices: [{ conversation: kim, persona: "poet" }],
      access: [],
      accounts: [{ conversation: kim }, { conversation: "fake:general" }],
      turns: [
        { conversation: kim, person: kim, messages: [{ role: "user" }, { role: "assistant" }] },
        { conversation: "fake:general", person: kim },
      ],
    });
    const text = JSON.stringify(file?.data);
    expect(text).toContain(Buffer.from(png).toString("base64"));
    expect(text).not.toMatch(/mina|coffee/iu);
  });

  test("also tells what counts against their limits, whom they let in, and which account they are about to link", async () => {
    const limits = { person: { tokens: { day: 90_000 }, messages: { hour: 9 } } };
    const bot = await withFiles({ limits, scripts: [answer("1")] });
    const { grants, links } = bot.core.store;
    await bot.say("one");
    await grants.request({ place: "fake:room", name: "#room", event: "e", code: "AAA-222" }, 1);
    await grants.allow("AAA-222", kim, 2);
    await links.offer({ id: kim, name: "Kim" }, { hash: "h", expiresAt: 9e12 });
    await links.claim({ id: "fake:k2", name: "Kim at work" }, "h", 3);
    await bot.command("export");
    const [file] = sentFiles(bot);
    expect(file?.data).toMatchObject({
      access: [
        { kind: "let in", name: "#room" },
        { kind: "links", name: "Kim at work" },
      ],
      limits: {
        spent: [{ tokens: 12 }],
        messages: [
          { period: "hour", messages: 1 },
          { period: "minute", messages: 1 },
        ],
      },
    });
  });

  test("holds the text of files, which /privacy tells of", async () => {
    const bot = await withFiles({ scripts: [answer("1")] });
    await bot.say("Look.", { attachments: [attachment("book.txt", Buffer.from(novel(20)))] });
    await bot.command("privacy");
    expect(bot.last()).toContain("the text of 1 file that you sent (`/files`)");
    await bot.command("export");
    const [file] = sentFiles(bot);
    expect(file?.data.files).toMatchObject([{ name: "book.txt", conversation: kim, number: 1 }]);
    expect(file?.data.files?.[0]?.parts.at(-1)?.text).toContain(secretOf(20));
  });

  test("is refused where others read along", async () => {
    const bot = await withFiles({ scripts: [answer("1")] });
    await bot.say("secret");
    await bot.command("export", "", inChannel("kim"));
    expect(bot.chat.posts.at(-1)?.answer.notices).toEqual([
      "Others read along here: ask me for `/export` in a direct message.",
    ]);
    expect(sentFiles(bot)).toEqual([]);
  });

  test("stands in the answer where no file can be sent", async () => {
    const { say, command, last } = await testBot({ scripts: [answer("1")] });
    await say("hello");
    await command("export");
    const json = /```json\n([\s\S]*?)\n?```/u.exec(last())?.[1] ?? "";
    expect(JSON.parse(json)).toMatchObject({ person: kim, turns: [{ person: kim }] });
  });

  test("is several files when one does not hold it, each turn in exactly one", async () => {
    const bot = await withFiles();
    const messages = [pictureMessage(pictureBytes(2_000_000))];
    const huge = [pictureMessage(pictureBytes(7_000_000))];
    for (let n = 1; n <= 5; n++)
      await bot.core.store.turns.append(
        kim as never,
        storedTurn(n, { person: kim, messages: n === 3 ? huge : messages }),
      );
    await bot.command("export");
    const files = sentFiles(bot);
    expect(files.map(({ name }) => name)).toEqual(["my-data-1.json", "my-data-2.json"]);
    expect(files.flatMap(({ data }) => data.turns.map(({ id }) => id))).toEqual([1, 2, 3, 4, 5].map(turnId));
    expect(files[1]?.data).not.toHaveProperty("facts");
    expect(JSON.stringify(files.map(({ data }) => data.turns[2]))).toContain("left out: too large");
    const said = bot.chat.posts.find(({ answer }) => answer.text !== "")?.answer.text;
    expect(said).toContain("there are 2. Too large for it, and left out: 1 picture.");
  });

  test("makes each file when it is sent: no more than one is in memory, however much there is", async () => {
    const happened: string[] = [];
    const inner = fakeAdapter({ uploads: true });
    const chat: typeof inner = {
      ...inner,
      async upload(...given) {
        happened.push("sent");
        return (await inner.upload?.(...given)) ?? "";
      },
    };
    const store: TestBotOptions["store"] = (store) => ({
      ...store,
      people: {
        ...store.people,
        turns(...given) {
          happened.push("read");
          return store.people.turns(...given);
        },
      },
    });
    const bot = await testBot({ chat, store });
    const messages = [pictureMessage(pictureBytes(400_000))];
    for (let n = 1; n <= 40; n++)
      await bot.core.store.turns.append(kim as never, storedTurn(n, { person: kim, messages }));
    await bot.command("export");
    expect(sentFiles(bot).map(({ data }) => data.turns.length)).toEqual([14, 14, 12]);
    const since = happened.slice(happened.indexOf("sent"));
    expect(since.join(" ")).toBe("sent read sent read read sent");
  });

  test("splits what their answers took as well, which is kept without end", async () => {
    const bot = await withFiles();
    for (let n = 1; n <= 5; n++)
      await bot.core.store.ledger.settle(
        turnId(n),
        entry(n, { at: new Date(0), model: "m".repeat(2_500_000) }),
      );
    await bot.command("export");
    const files = sentFiles(bot);
    expect(files.map(({ data }) => data.accounts?.length)).toEqual([3, 2]);
    expect(files[1]?.data).not.toHaveProperty("facts");
  });
});

describe("/forget", () => {
  test("me asks first, and tells how much it is only in private", async () => {
    const { say, command, last, core } = await testBot({ scripts: [answer("1")] });
    await say("one");
    await command("forget", "me");
    expect(last()).toContain("(1 question, 0 facts)");
    await command("forget", "ME", inChannel("kim"));
    expect(last()).not.toContain("question,");
    expect(await core.store.people.count(kim)).toMatchObject({ questions: 1 });
  });

  test("without a word, or with another, says what to write", async () => {
    const { command, chat } = await testBot();
    for (const argument of ["", "everyone"]) await command("forget", argument);
    for (const post of chat.posts) expect(post.answer.notices[0]).toContain("Write `/forget me`");
  });

  test("me yes deletes at once, however long an answer elsewhere takes to end", async () => {
    const hold = Promise.withResolvers<void>();
    const scripts = [answer("1"), [says("Half"), hold.promise, stop()], answer("Nothing.")];
    const bot = await testBot({ scripts });
    await bot.command("memory", "add I live in Zanzibar.");
    await bot.say("a private question");
    const asked = bot.say("a long one", inChannel("kim"));
    await until("it is being answered", () => bot.model.requests.length === 2);
    const forgetting = bot.command("forget", "me yes", kimIn("other"));
    await expect.poll(async () => (await bot.core.store.people.count(kim)).questions).toBe(0);
    await bot.say("what do you know?");
    expect(bot.sent()).toContain("what do you know?");
    expect(bot.sent()).not.toMatch(/Zanzibar|private/u);
    hold.resolve();
    await Promise.all([asked, forgetting]);
    expect(bot.chat.posts.at(-1)?.answer.text).toContain("Done: I no longer know you.");
    expect(await bot.core.store.people.count(kim)).toMatchObject({ questions: 0, facts: 0, accounts: 0 });
  });

  test("me yes reaches also what was said where each person has their own conversation", async () => {
    const channels = { "fake:general": { scope: "user" } } as const;
    const personas = [testPersona("assistant"), testPersona("poet")];
    const bot = await testBot({ personas, settings: { channels }, scripts: [answer("1"), answer("2")] });
    await bot.say("mine", kimIn("general"));
    await bot.command("persona", "poet", kimIn("general"));
    await bot.command("forget", "me yes");
    await bot.say("again", kimIn("general"));
    expect(bot.sent()).not.toContain("mine");
    expect(bot.model.requests[1]?.instructions).toContain("You are assistant.");
  });
});

describe("/persona and /model", () => {
  test.each([
    ["persona", "poet"],
    ["model", "other/model"],
  ])("/%s in a channel is for those who manage it, for it holds for everyone", async (name, choice) => {
    const personas = [testPersona("assistant"), testPersona("poet")];
    const chat = fakeAdapter({ managers: ["fake:boss"] });
    const { command, core } = await testBot({ personas, chat, access: { admins: ["fake:admin"] } });
    const bound = () => core.store.documents<object>("binding").get("fake:general");
    await command(name, choice, inChannel("kim"));
    expect(chat.posts.at(-1)?.answer.notices[0]).toContain("only those who manage this channel");
    expect(await bound()).toBeUndefined();
    await command(name, "", inChannel("kim"));
    expect(chat.posts.at(-1)?.answer.state).toBe("done");
    for (const manager of ["boss", "admin"]) {
      await command(name, choice, inChannel(manager));
      expect(await bound()).toEqual({ [name]: choice });
    }
  });

  test("are everyone's in a thread, a direct message, and where each person has their own conversation", async () => {
    const personas = [testPersona("assistant"), testPersona("poet")];
    const channels = { "fake:own": { scope: "user" } } as const;
    const { command, chat } = await testBot({ personas, settings: { channels } });
    await command("persona", "poet");
    await command("persona", "poet", inThread);
    await command("model", "other/model", kimIn("own"));
    expect(chat.posts.map((post) => post.answer.state)).toEqual(["done", "done", "done"]);
  });
});
