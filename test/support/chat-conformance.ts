import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Adapter } from "../../src/chat.ts";
import { loadConfig } from "../../src/config.ts";
import { openAdapters } from "../../src/main.ts";
import type { ChatEmulator, Said, Seen } from "./chat-emulator.ts";
import { makeFolder, tinyPng } from "./folder.ts";
import { smoke } from "./smoke.ts";
import { type Script, say as says, stop, usage } from "./scripted-model.ts";
import { type TestBot, testBot, testPersona } from "./test-core.ts";

const answer = (text: string): Script => [says(text), usage(10, 2), stop()];

/** Waits until `found` gives something, for what a person would call at once; what it gave last is in the error. */
async function until<Found>(
  what: string,
  found: () => Found | undefined | false,
  ms = 15_000,
): Promise<Found> {
  const deadline = performance.now() + ms;
  for (;;) {
    const value = found();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await sleep(5);
  }
}

/** 60,000 characters with what is hard to split: fences with fences inside, a long table, CJK, nested lists. */
export function longAnswer(): string {
  const sections: string[] = [];
  for (let index = 0; sections.join("\n\n").length < 60_000; index++) {
    sections.push(
      `## Section ${index}`,
      `Paragraph ${index} with **bold words**, *others* and \`code\`. ${`Sentence ${index} says a little more. `.repeat(12)}`,
      `${index}번째 문단입니다. ${"오늘은 날씨가 좋아서 산책을 했어요. ".repeat(10)}`,
      `- item ${index}.1\n  - nested ${index}.1.1\n- item ${index}.2`,
      `\`\`\`ts\n${Array.from({ length: 20 }, (_, line) => `const value${index}_${line} = "${"x".repeat(20)}";`).join("\n")}\n\`\`\``,
      `\`\`\`\`md\nOuter ${index}\n\`\`\`js\ninner${index}()\n\`\`\`\n\`\`\`\``,
    );
  }
  const rows = Array.from({ length: 40 }, (_, row) => `| row${row} | 값 ${row} | ${row * 7} |`);
  return [
    ...sections,
    `| name | 이름 | number |\n| --- | --- | ---: |\n${rows.join("\n")}`,
    "The very end.",
  ].join("\n\n");
}

/** The words of an answer that must all arrive, in order. */
const landmarks = (text: string): string[] =>
  text.match(/Section \d+|nested [\d.]+|value\d+_\d+|inner\d+|row\d+|\d+번째|The very end/gu) ?? [];

/** Where platforms differ. */
interface ConformanceOptions {
  /** What a reply in the emulator's thread is about, where that is not the message replied to: a thread's first message. */
  readonly threadIsAbout?: string;
  /** The platform does not tell bots that a message was deleted. */
  readonly hidesDeletions?: boolean;
}

/** What people experience, the same on every platform: the real adapter, the whole core, a scripted model. */
export function testChat(start: () => Promise<ChatEmulator>, options: ConformanceOptions = {}): void {
  let chat: ChatEmulator;
  let adapter: Adapter;
  let bot: TestBot;
  /** The threads that people spoke in. */
  const heard: string[] = [];

  async function open(
    scripts: readonly Script[],
    options: Parameters<typeof testBot>[0] = {},
  ): Promise<void> {
    bot = await testBot({ scripts, ...options });
    const cwd = makeFolder();
    const { platforms } = loadConfig({ env: chat.environment, cwd });
    const [opened] = await openAdapters({ platforms } as never, bot as never);
    if (!opened) throw new Error("no adapter was configured");
    adapter = opened;
    heard.length = 0;
    await adapter.start((inbound) => {
      heard.push(inbound.thread);
      return bot.bot.receive(adapter, inbound);
    });
    await chat.ready();
  }

  beforeEach(async () => {
    chat = await start();
  });

  afterEach(async () => {
    await bot.bot.stop();
    await adapter.stop();
    await chat.stop();
  });

  const fromBot = (place?: Said["place"], as?: string): readonly Seen[] =>
    chat.seen(place, as).filter((seen) => seen.fromBot);
  const text = (place?: Said["place"], as?: string): string =>
    fromBot(place, as)
      .map((seen) => seen.text)
      .join("\n");
  const shown = (what: string, place?: Said["place"], as?: string) =>
    until(`the bot says ${what}; it says ${text(place, as)}`, () => text(place, as).includes(what));
  /** Answered for good: the receipt stands under it. */
  const finished = (place?: Said["place"], as?: string) =>
    until(`the answer is finished; so far ${text(place, as)}`, () =>
      text(place, as).includes("scripted/model"),
    );

  describe("a person", () => {
    test("gets an answer to a direct message, with its receipt", async () => {
      await open([answer("Hello Kim.")]);
      await chat.say({ text: "hello" });
      await finished();
      expect(text()).toContain("Hello Kim.");
      expect(bot.sent()).toContain("hello");
      expect(chat.complaints).toEqual([]);
    });

    test("sees the bot at work before the answer", async () => {
      await open([["wait"]]);
      await chat.say({ text: "hello" });
      await until("a status is shown", () => chat.statuses().length > 0);
      await chat.command("stop", "");
      await shown("Stopped.");
    });

    test("mentions it in a channel and gets an answer that knows who asked", async () => {
      await open([answer("Hi Mina.")]);
      await chat.say({ text: "hi there", place: "channel", mention: true, as: "Mina" });
      const place = await until("the answer is there", () =>
        (["channel", "thread"] as const).find((each) => text(each).includes("Hi Mina.")),
      );
      await finished(place);
      expect(bot.sent()).toContain("Mina: hi there");
    });

    test("is left alone in a channel that does not mention it", async () => {
      await open([answer("Hello.")]);
      await chat.say({ text: "just talking", place: "channel" });
      await chat.say({ text: "hello" });
      await finished();
      expect(text("channel")).toBe("");
    });

    test("need not mention it in a thread it has answered in", async () => {
      await open([answer("First."), answer("Second.")]);
      await chat.say({ text: "a question", place: "thread", mention: true });
      await shown("First.", "thread");
      await chat.say({ text: "and another", place: "thread" });
      await shown("Second.", "thread");
      expect(bot.sent()).toContain("a question");
    });

    test("asks about a message by replying to it", async () => {
      await open([answer("At seven.")]);
      const id = await chat.say({ text: "The bus leaves at 7.", place: "thread", as: "Mina" });
      await chat.say({ text: "when?", place: "thread", mention: true, replyTo: id });
      await shown("At seven.", "thread");
      expect(bot.sent()).toContain(options.threadIsAbout ?? "The bus leaves at 7.");
    });

    test("sends a picture and a file with a question", async () => {
      await open([answer("A dot.")]);
      const files = [
        { name: "dot.png", mimeType: "image/png", data: tinyPng },
        { name: "notes.md", mimeType: "text/markdown", data: Buffer.from("# Notes about dots") },
      ];
      await chat.say({ text: "what is this?", files });
      await shown("A dot.");
      expect(bot.sent()).toContain('"mimeType":"image/png"');
      expect(bot.sent()).toContain("# Notes about dots");
    });

    test("changes the question and gets the answer changed in place", async () => {
      await open([answer("Four."), answer("Six.")]);
      const id = await chat.say({ text: "2+2?" });
      await finished();
      const before = fromBot().length;
      await chat.edit(id, "3+3?");
      await shown("Six.");
      expect(text()).not.toContain("Four.");
      expect(fromBot()).toHaveLength(before);
    });

    test("stops an answer, and what was said stays", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      await chat.say({ text: "a story" });
      await until("the model was asked", () => bot.model.requests.length === 1);
      await sleep(50);
      await chat.command("stop", "");
      await shown("Stopped.");
      expect(text()).toContain("Once upon a time");
    });

    test("takes a question back, and its answer stops", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      const id = await chat.say({ text: "a story" });
      await shown("Once upon a time");
      await chat.remove(id);
      if (options.hidesDeletions) await chat.command("stop", "");
      await shown("Stopped.");
    });

    test("stops an answer by the button under it", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      await chat.say({ text: "a story" });
      await shown("Once upon a time");
      await until("there is a button", () => chat.pressStop());
      await shown("Stopped.");
      expect(text()).toContain("Once upon a time");
    });

    test("has another persona answer, by a button", async () => {
      await open([answer("As ever."), answer("As a tutor.")], {
        personas: [testPersona("assistant"), testPersona("tutor", { name: "The Tutor" })],
      });
      await chat.say({ text: "hello" });
      await finished();
      const post = fromBot().find(({ buttons }) => buttons.includes("Ask another"));
      await chat.press(post?.id ?? "", "Ask another");
      const offer = await until("there is an offer", () =>
        fromBot().find(({ buttons }) => buttons.includes("The Tutor")),
      );
      await chat.press(offer.id, "The Tutor");
      await shown("As a tutor.");
      expect(text()).not.toContain("As ever.");
    });

    test("presses Again and gets another answer in place", async () => {
      await open([answer("Heads."), answer("Tails.")]);
      await chat.say({ text: "toss a coin" });
      await finished();
      const post = await until("there is a button", () =>
        fromBot().find(({ buttons }) => buttons.includes("Again")),
      );
      await chat.press(post.id, "Again");
      await shown("Tails.");
      expect(text()).not.toContain("Heads.");
    });

    test("uses a command of the platform", async () => {
      await open([answer("I ask back.")], { personas: [testPersona("assistant"), testPersona("tutor")] });
      await chat.command("persona", "tutor");
      await shown("tutor answers here now.");
      await chat.say({ text: "hello" });
      await shown("I ask back.");
      expect(bot.model.requests[0]?.instructions).toContain("You are tutor.");
    });
  });

  describe("a long answer", () => {
    test("arrives complete, in order, within the platform's limits", async () => {
      const long = longAnswer();
      await open([answer(long)]);
      await chat.say({ text: "tell me everything" });
      await until(
        `the end is there; the last message is ${fromBot().at(-1)?.text.slice(-200)}`,
        () => text().includes("The very end"),
        60_000,
      );
      await finished();
      expect(landmarks(text())).toEqual(landmarks(long));
      expect(chat.complaints).toEqual([]);
    }, 90_000);

    test("shows code and tables in a form that can be read", async () => {
      const code = 'const greeting = "안녕";\nconsole.log(`${greeting}!`);';
      await open([
        answer(`Look:\n\n\`\`\`js\n${code}\n\`\`\`\n\n| a | b |\n| - | - |\n| cell 1 | 칸 2 |\n\nDone.`),
      ]);
      await chat.say({ text: "go" });
      await finished();
      for (const line of code.split("\n")) expect(text()).toContain(line);
      expect(text()).toContain("cell 1");
      expect(text()).toContain("칸 2");
      expect(text()).not.toContain("| - |");
      expect(chat.complaints).toEqual([]);
    });

    test("brings very long code as a file", async () => {
      const code = Array.from({ length: 900 }, (_, line) => `print("line ${line} 줄")`).join("\n");
      await open([answer(`Here it is:\n\n\`\`\`python\n${code}\n\`\`\`\n\nThat was all.`)]);
      await chat.say({ text: "go" });
      await until("the file is there", () => fromBot().some(({ files }) => files.length > 0), 60_000);
      await finished();
      const [file] = fromBot().flatMap(({ files }) => files);
      expect(file?.name).toBe("code-1.py");
      expect(Buffer.from(file?.data ?? "").toString()).toBe(`${code}\n`);
      expect(text()).toContain("code-1.py");
      expect(text()).toContain("That was all.");
      expect(text()).not.toContain("line 500");
      expect(chat.complaints).toEqual([]);
    }, 90_000);

    test("grows in the same messages while it is written", async () => {
      const words = Array.from({ length: 30 }, (_, index) => `word${index} `);
      await open([[...words.map((word) => says(word)), usage(1, 1), stop()]]);
      await chat.say({ text: "go" });
      await finished();
      expect(fromBot()).toHaveLength(1);
      expect(text()).toContain("word0 word1 word2");
    });
  });

  test("a process that does not listen says, changes and takes back what an answer is made of", async () => {
    await open([answer("Hello.")]);
    await chat.say({ text: "hello" });
    await finished();
    // A deleted file may leave an empty message.
    const standing = (): number =>
      fromBot().filter(({ text, files }) => text !== "" || files.length > 0).length;
    const before = standing();
    const { platforms } = loadConfig({ env: chat.environment, cwd: makeFolder() });
    const [apart] = await openAdapters({ platforms } as never, bot as never);
    const [thread] = heard;
    if (!apart || thread === undefined) throw new Error("there is nothing to talk to");
    await smoke(apart, thread);
    await apart.close?.();
    expect(standing()).toBe(before);
    expect(chat.complaints).toEqual([]);
  });

  describe("two people at once", () => {
    test("get their own answers in their own places", async () => {
      const echo = (request: { messages: readonly { parts: readonly unknown[] }[] }) =>
        answer(
          `You said ${JSON.stringify(request.messages.at(-1)?.parts).includes("tea") ? "tea" : "coffee"}.`,
        ) as never;
      await open([echo, echo]);
      await Promise.all([chat.say({ text: "tea", as: "Kim" }), chat.say({ text: "coffee", as: "Mina" })]);
      await finished(undefined, "Kim");
      await finished(undefined, "Mina");
      expect(text(undefined, "Kim")).toContain("You said tea.");
      expect(text(undefined, "Mina")).toContain("You said coffee.");
    });
  });

  describe("when the platform is in trouble", () => {
    test("an event that comes twice is answered once", async () => {
      await open([answer("Once."), answer("Twice.")]);
      chat.faults.repeatNext();
      await chat.say({ text: "hello" });
      await finished();
      await sleep(300);
      expect(bot.model.requests).toHaveLength(1);
    });

    test("a connection that is cut comes back by itself", async () => {
      await open([answer("Before."), answer("After.")]);
      await chat.say({ text: "one" });
      await shown("Before.");
      chat.faults.cutConnections();
      await chat.ready();
      await chat.say({ text: "two" });
      await until(`the second answer is there; so far ${text()}`, () => text().includes("After."), 30_000);
    }, 45_000);

    test("the answer comes when the platform is down for a while in the middle of it", async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      await open([[says("The beginning"), promise, says(" and the end."), usage(1, 1), stop()]]);
      await chat.say({ text: "go" });
      await until("the model was asked", () => bot.model.requests.length === 1);
      await sleep(100);
      chat.faults.downFor(10_000);
      resolve();
      await until("the answer is finished", () => text().includes("scripted/model"), 60_000);
      expect(text()).toContain("The beginning and the end.");
      expect(text().match(/The beginning/gu)).toHaveLength(1);
    }, 90_000);

    test("the answer is complete when the platform asks to wait in the middle of it", async () => {
      const words = Array.from({ length: 40 }, (_, index) => `word${index} `);
      await open([[...words.map((word) => says(word)), usage(1, 1), stop()]]);
      chat.faults.limit(2, 1_000);
      await chat.say({ text: "go" });
      await finished();
      expect(text()).toContain("word0 word1 word2");
      expect(text()).toContain("word39");
    });
  });
}
