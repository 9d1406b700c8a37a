import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { ChatEmulator } from "./chat-emulator.ts";
import { testAnswers } from "./chat-conformance-answers.ts";
import { answer, type ChatStage, createStage } from "./chat-stage.ts";
import { until } from "./until.ts";
import { tinyPng } from "./folder.ts";
import { say as says } from "./scripted-model.ts";
import { testPersona } from "./test-core.ts";

/** Where platforms differ. */
interface ConformanceOptions {
  /** What a reply in the emulator's thread is about, where that is not the message replied to: a thread's first message. */
  readonly threadIsAbout?: string;
  /** The platform does not tell bots that a message was deleted. */
  readonly hidesDeletions?: boolean;
  /** A reply opens a thread, which is a conversation of its own. */
  readonly repliesInThreads?: boolean;
}

/** What people experience, the same on every platform: the real adapter, the whole core, a scripted model. */
export function testChat(start: () => Promise<ChatEmulator>, options: ConformanceOptions = {}): void {
  const stage = createStage(start);
  testPeople(stage, options);
  testAnswers(stage);
}

function testPeople(stage: ChatStage, options: ConformanceOptions): void {
  const { open, shown, finished, fromBot, text } = stage;

  describe("a person", () => {
    test("gets an answer to a direct message, with its receipt", async () => {
      await open([answer("Hello Kim.")]);
      await stage.chat.say({ text: "hello" });
      await finished();
      expect(text()).toContain("Hello Kim.");
      expect(stage.bot.sent()).toContain("hello");
      expect(stage.chat.complaints).toEqual([]);
    });

    test("sees the bot at work before the answer", async () => {
      await open([["wait"]]);
      await stage.chat.say({ text: "hello" });
      await until("a status is shown", () => stage.chat.statuses().length > 0);
      await stage.chat.command("stop", "");
      await shown("Stopped.");
    });

    test("mentions it in a channel and gets an answer that knows who asked", async () => {
      await open([answer("Hi Mina.")]);
      await stage.chat.say({ text: "hi there", place: "channel", mention: true, as: "Mina" });
      const place = await until("the answer is there", () =>
        (["channel", "thread"] as const).find((each) => text(each).includes("Hi Mina.")),
      );
      await finished(place);
      expect(stage.bot.sent()).toContain("Mina: hi there");
    });

    test("is left alone in a channel that does not mention it", async () => {
      await open([answer("Hello.")]);
      await stage.chat.say({ text: "just talking", place: "channel" });
      await stage.chat.say({ text: "hello" });
      await finished();
      expect(text("channel")).toBe("");
    });

    test("need not mention it in a thread it has answered in", async () => {
      await open([answer("First."), answer("Second.")]);
      await stage.chat.say({ text: "a question", place: "thread", mention: true });
      await shown("First.", "thread");
      await stage.chat.say({ text: "and another", place: "thread" });
      await shown("Second.", "thread");
      expect(stage.bot.sent()).toContain("a question");
    });

    test("asks about a message by replying to it", async () => {
      await open([answer("At seven.")]);
      const id = await stage.chat.say({ text: "The bus leaves at 7.", place: "thread", as: "Mina" });
      await stage.chat.say({ text: "when?", place: "thread", mention: true, replyTo: id });
      await shown("At seven.", "thread");
      expect(stage.bot.sent()).toContain(options.threadIsAbout ?? "The bus leaves at 7.");
    });

    test("sends a picture and a file with a question", async () => {
      await open([answer("A dot.")]);
      const files = [
        { name: "dot.png", mimeType: "image/png", data: tinyPng },
        { name: "notes.md", mimeType: "text/markdown", data: Buffer.from("# Notes about dots") },
      ];
      await stage.chat.say({ text: "what is this?", files });
      await shown("A dot.");
      expect(stage.bot.sent()).toContain('"mimeType":"image/png"');
      expect(stage.bot.sent()).toContain("# Notes about dots");
    });

    test("changes the question and gets the answer changed in place", async () => {
      await open([answer("Four."), answer("Six.")]);
      const id = await stage.chat.say({ text: "2+2?" });
      await finished();
      const before = fromBot().length;
      await stage.chat.edit(id, "3+3?");
      await shown("Six.");
      expect(text()).not.toContain("Four.");
      expect(fromBot()).toHaveLength(before);
    });

    test("stops an answer, and what was said stays", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      await stage.chat.say({ text: "a story" });
      await until("the model was asked", () => stage.bot.model.requests.length === 1);
      await sleep(50);
      await stage.chat.command("stop", "");
      await shown("Stopped.");
      expect(text()).toContain("Once upon a time");
    });

    test("takes a question back, and its answer stops", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      const id = await stage.chat.say({ text: "a story" });
      await shown("Once upon a time");
      await stage.chat.remove(id);
      if (options.hidesDeletions) await stage.chat.command("stop", "");
      await shown("Stopped.");
    });

    test("stops an answer by the button under it", async () => {
      await open([[says("Once upon a time"), "wait"]]);
      await stage.chat.say({ text: "a story" });
      await shown("Once upon a time");
      await until("there is a button", () => stage.chat.pressStop());
      await shown("Stopped.");
      expect(text()).toContain("Once upon a time");
    });

    test("has another persona answer, by a button", async () => {
      await open([answer("As ever."), answer("As a tutor.")], {
        personas: [testPersona("assistant"), testPersona("tutor", { name: "The Tutor" })],
      });
      await stage.chat.say({ text: "hello" });
      await finished();
      const post = fromBot().find(({ buttons }) => buttons.includes("Ask another"));
      await stage.chat.press(post?.id ?? "", "Ask another");
      const offer = await until("there is an offer", () =>
        fromBot().find(({ buttons }) => buttons.includes("The Tutor")),
      );
      await stage.chat.press(offer.id, "The Tutor");
      await shown("As a tutor.");
      expect(text()).not.toContain("As ever.");
    });

    test("presses Again and gets another answer in place", async () => {
      await open([answer("Heads."), answer("Tails.")]);
      await stage.chat.say({ text: "toss a coin" });
      await finished();
      const post = await until("there is a button", () =>
        fromBot().find(({ buttons }) => buttons.includes("Again")),
      );
      await stage.chat.press(post.id, "Again");
      await shown("Tails.");
      expect(text()).not.toContain("Heads.");
    });

    test("writes a command as a message, also after a mention in a channel", async () => {
      await open([answer("I ask back.")], { personas: [testPersona("assistant"), testPersona("tutor")] });
      await stage.chat.say({ text: "/persona tutor" });
      await shown("tutor answers here now.");
      await stage.chat.say({ text: "/help persona", place: "channel", mention: true, as: "Mina" });
      await shown("For example: /persona tutor", "channel");
      await stage.chat.say({ text: "/etc/hosts is what?" });
      await shown("I ask back.");
      expect(stage.bot.sent()).toContain("/etc/hosts is what?");
      expect(stage.bot.model.requests[0]?.instructions).toContain("You are tutor.");
      expect(stage.bot.model.requests).toHaveLength(1);
    });

    test.skipIf(options.repliesInThreads)("goes on from an older answer by replying to it", async () => {
      await open([answer("First."), answer("Second."), answer("Third."), answer("Fourth.")]);
      await stage.chat.say({ text: "one" });
      await shown("First.");
      await stage.chat.say({ text: "two" });
      await shown("Second.");
      const first = fromBot().find(({ text }) => text.includes("First."));
      await stage.chat.say({ text: "three", replyTo: first?.id ?? "" });
      await shown("Third.");
      expect(stage.bot.sent()).toContain("one");
      expect(stage.bot.sent()).not.toContain("two");
      await shown("I go on from there: the exchange after it is out of view.");
      const post = await until("there is a way back", () =>
        fromBot().find(({ buttons }) => buttons.includes("Back")),
      );
      await stage.chat.press(post.id, "Back");
      await shown("The exchange that was out of view is back.");
      await stage.chat.say({ text: "four" });
      await shown("Fourth.");
      expect(stage.bot.sent()).toContain("two");
    });

    test("uses a command of the platform", async () => {
      await open([answer("I ask back.")], { personas: [testPersona("assistant"), testPersona("tutor")] });
      await stage.chat.command("persona", "tutor");
      await shown("tutor answers here now.");
      await stage.chat.say({ text: "hello" });
      await shown("I ask back.");
      expect(stage.bot.model.requests[0]?.instructions).toContain("You are tutor.");
    });
  });
}
