import { describe, expect, test } from "vitest";
import { answer, attachment, edited, inChannel, inThread, pressed } from "../support/events.ts";
import { novel, secretOf } from "../support/book.ts";
import { makeFolder } from "../support/folder.ts";
import { call, say as says, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, testPersona } from "../support/test-core.ts";

const book = attachment("book.txt", Buffer.from(novel(40)));
const notes = attachment("notes.md", Buffer.from(`# Notes\n\n${"Remember the ferry times. ".repeat(300)}`));
const ok = (count: number) => Array.from({ length: count }, () => answer("ok"));
const notices = ({ chat }: TestBot) => chat.posts.at(-1)?.answer.notices ?? [];
const lastMessage = ({ model }: TestBot) => JSON.stringify(model.requests.at(-1)?.messages.at(-1));
const toolNames = ({ model }: TestBot) => model.requests.at(-1)?.tools.map(({ name }) => name);
const read = (input: object) => [call("read_file", input), usage(1, 1), stop("tools")];
/** What the tool answered in the last request. */
const result = ({ model }: TestBot): string => {
  const last = model.requests.at(-1)?.messages.at(-1);
  return last?.role === "tool" ? (last.parts[0]?.text ?? "") : "";
};

describe("a file that comes with a question", () => {
  test("goes along whole where it is small, and costs nothing more than its history", async () => {
    const bot = await testBot({ scripts: ok(2) });
    await bot.say("What is this?", { attachments: [notes] });
    expect(bot.sent()).toContain("[File 1 notes.md]\\n# Notes");
    expect(notices(bot)).toEqual([
      expect.stringMatching(/^notes\.md goes along whole: about [\d,]+ tokens with each question/u),
    ]);
    await bot.say("And when?");
    expect(bot.sent().match(/# Notes/gu)).toHaveLength(1);
    expect(toolNames(bot)).toEqual([]);
    const [first, second] = bot.model.requests;
    expect(JSON.stringify(second?.messages).startsWith(JSON.stringify(first?.messages).slice(0, -1))).toBe(
      true,
    );
  });

  test("is looked things up in where it is long: contents, what fits the question, and a tool", async () => {
    const bot = await testBot({ scripts: ok(2) });
    await bot.say(`Where was ${secretOf(23)} hidden?`, { attachments: [book] });
    expect(lastMessage(bot)).toContain("[File 1 book.txt, contents]");
    expect(lastMessage(bot)).toContain("ch. 40: Chapter 40");
    expect(lastMessage(bot)).toMatch(/\[s\d+\] ch\. 23\\n.*harbour 23/u);
    expect(lastMessage(bot).length).toBeLessThan(14_000);
    expect(toolNames(bot)).toEqual(["read_file"]);
    expect(notices(bot)).toEqual([
      expect.stringMatching(
        /^book\.txt is too long to go along whole \(about [\d,]+ tokens\)\. I look up what fits/u,
      ),
    ]);
    // A later question finds its own passages without the file being sent again.
    await bot.say(`And ${secretOf(31)}?`);
    expect(lastMessage(bot)).toMatch(/\[s\d+\] ch\. 31\\n.*harbour 31/u);
    expect(lastMessage(bot)).not.toContain("contents]");
    expect(notices(bot)).toEqual([]);
    const [first, second] = bot.model.requests;
    expect(JSON.stringify(second?.messages).startsWith(JSON.stringify(first?.messages).slice(0, -1))).toBe(
      true,
    );
  });

  test("is found in by what is written without spaces too", async () => {
    const chapters = Array.from(
      { length: 30 },
      (_, index) =>
        `제 ${index + 1} 장\n\n${"배는 해안을 따라 갔다. ".repeat(120)}\n등대지기는 ${index + 1}번째 항구에서 ${index === 17 ? "호박석을" : "돌을"} 찾았다.`,
    );
    const bot = await testBot({ scripts: ok(1) });
    await bot.say("호박석은 어디에서 찾았나요?", {
      attachments: [attachment("소설.txt", Buffer.from(chapters.join("\n\n")))],
    });
    expect(lastMessage(bot)).toMatch(/\[s\d+\] ch\. 18\\n.*18번째 항구에서 호박석을/u);
    expect(notices(bot)[0]).toMatch(/^소설\.txt 파일은 통째로 보내기에는 길어요/u);
  });

  test("a page that an answer names opens at that page's text, and what is not there is said", async () => {
    const bot = await testBot({
      scripts: [
        read({ part: "ch. 12" }),
        answer("See ch. 12."),
        read({ part: "Epilogue" }),
        read({ search: "emerald" }),
        read({}),
        answer("ok"),
      ],
    });
    await bot.say("hm", { attachments: [book] });
    expect(result(bot)).toMatch(/^File 1 book\.txt\n\n\[s\d+\] book\.txt \| ch\. 12\nChapter 12\n/u);
    await bot.say("And the end?");
    const results = bot.model.requests.flatMap(({ messages }) => {
      const last = messages.at(-1);
      return last?.role === "tool" ? [last.parts[0]?.text] : [];
    });
    expect(results[1]).toContain("There is no part “Epilogue”.");
    expect(results[2]).toMatch(/emerald of harbour \d+/u);
    expect(results[3]).toMatch(/^\[File 1 book\.txt, contents\]/u);
  });

  test("stays until the end of its context: /new, /undo and a way back leave it behind, another place never sees it", async () => {
    const bot = await testBot({ scripts: ok(9) });
    const asks = (where = {}) => bot.say(`Where is ${secretOf(23)}?`, where);
    await bot.say("First.", { messageId: "m1" });
    await bot.say("Look.", { attachments: [book], messageId: "m2" });
    await asks();
    expect(lastMessage(bot)).toContain("harbour 23");
    await asks(inThread);
    expect(bot.sent()).not.toContain("[File");
    await asks(inChannel("kim"));
    expect(bot.sent()).not.toContain("[File");
    await bot.command("branch", "2");
    await asks();
    expect(lastMessage(bot)).not.toContain("[File");
    await bot.command("branch", "back");
    await asks();
    expect(lastMessage(bot)).toContain("harbour 23");
    await bot.command("new");
    await asks();
    expect(bot.sent()).not.toContain("[File");
    await bot.say("Again.", { attachments: [book] });
    expect(bot.sent()).toContain("[File 1 book.txt, contents]");
    await bot.command("undo");
    await bot.command("files");
    expect(bot.last()).toMatch(/^There are no files here\./u);
  });

  test("survives a restart and its question's new answer, and goes when its changed question brings it no more", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, scripts: ok(1) });
    await first.say("Look.", { attachments: [book], messageId: "m1" });
    await first.bot.stop();
    await first.core.store.close();
    const bot = await testBot({ dataFolder, chat: first.chat, scripts: ok(4) });
    await bot.say(`Where is ${secretOf(23)}?`);
    expect(lastMessage(bot)).toContain("harbour 23 and hid");
    const [turn] = await bot.core.store.turns.list("fake:kim" as never);
    await bot.handle(pressed(`again:${turn?.id}`));
    expect(toolNames(bot)).toEqual(["read_file"]);
    await bot.command("files");
    expect(bot.last()).toContain("- `1` **book.txt** · 40 chapters · about 33,000 tokens");
    await bot.handle(edited("m1", "Nothing to look at."));
    await bot.command("files");
    expect(bot.last()).toMatch(/^There are no files here\./u);
  });

  test("a file that left the view is looked things up in from then on", async () => {
    const bot = await testBot({ scripts: ok(8), settings: { historyTokens: 4_000, fileTokens: 3_000 } });
    await bot.say("Keep this.", { attachments: [notes] });
    for (let n = 0; n < 5; n++) await bot.say(`Talk ${n}. ${"Words and words. ".repeat(150)}`);
    await bot.say("When does the ferry leave?");
    expect(bot.sent()).not.toMatch(/Keep this\./u);
    expect(lastMessage(bot)).toContain("ferry");
    expect(toolNames(bot)).toEqual(["read_file"]);
  });

  test("is told to no model that could keep what it says", async () => {
    const keeps = [call("remember", { fact: "The keeper owes me money." }), usage(1, 1), stop("tools")];
    const bot = await testBot({
      personas: [testPersona("assistant", { memory: "read-write" })],
      scripts: [answer("ok"), keeps, [says("hm"), usage(1, 1), stop()]],
    });
    await bot.say("Look.", { attachments: [book] });
    await bot.say("What did the keeper find?");
    expect(await bot.core.store.facts.list("fake:kim")).toEqual([]);
  });
});

describe("/files", () => {
  test("lists them with their cost, and drops one with its text, wherever it was said", async () => {
    const bot = await testBot({ scripts: [...ok(1), read({ part: "ch. 12" }), ...ok(4)] });
    await bot.say("Look.", { attachments: [notes] });
    await bot.say("And this.", { attachments: [book] });
    await bot.command("files");
    expect(bot.last()).toMatch(
      /- `1` \*\*notes\.md\*\* · about [\d,]+ tokens · whole with each question\n- `2` \*\*book\.txt\*\* · 40 chapters · about [\d,]+ tokens · what fits each question/u,
    );
    const [, button] = bot.chat.posts.at(-1)?.answer.actions ?? [];
    expect(button?.label).toBe("Drop 2");
    await bot.handle(pressed(button?.token ?? ""));
    expect(bot.last()).toBe("Dropped: book.txt. Its text is gone from here; what I answered about it stays.");
    await bot.say(`Where is ${secretOf(12)}?`);
    expect(bot.sent()).not.toContain("harbour 12 and hid");
    expect(bot.sent()).toContain("# Notes");
    expect(toolNames(bot)).toEqual([]);
    await bot.command("files", "drop 7");
    expect(notices(bot)).toEqual(["There is no file “7” here. `/files` shows the numbers."]);
    await bot.command("files", "drop 1");
    await bot.say("What do you have?");
    expect(bot.sent()).not.toContain("ferry");
  });

  test.each([
    ["channel", {}],
    ["thread", { thread: "fake:general:t1", place: "thread" }],
  ] as const)(
    "what another sent in front of all is theirs to drop, or who manages the %s",
    async (_, place) => {
      const bot = await testBot({ scripts: ok(2) });
      await bot.say("Look.", { ...inChannel("mina"), ...place, attachments: [notes] });
      await bot.command("files", "drop 1", { ...inChannel("kim"), ...place });
      expect(notices(bot)).toEqual(["Only who sent it, or who manages this channel, can drop it."]);
      await bot.command("files", "drop 1", { ...inChannel("mina"), ...place });
      expect(bot.last()).toMatch(/^Dropped: notes\.md\./u);
    },
  );
});
