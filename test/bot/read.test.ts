import { describe, expect, test } from "vitest";
import type { InboundCommand } from "../../src/chat.ts";
import { answer, attachment, inChannel } from "../support/events.ts";
import { novel, secretOf } from "../support/book.ts";
import { call, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot } from "../support/test-core.ts";

const book = attachment("book.txt", Buffer.from(novel(12, 6_000)));
const ok = (count: number) => Array.from({ length: count }, () => answer("ok"));
const notices = ({ chat }: TestBot) => chat.posts.at(-1)?.answer.notices ?? [];
const lastMessage = ({ model }: TestBot) => JSON.stringify(model.requests.at(-1)?.messages.at(-1));
/** The chapters that anything in the last request tells of. */
const toldOf = (bot: TestBot): readonly number[] => {
  const found = [...bot.sent().matchAll(/harbour (\d+) and hid|ch\. (\d+)(?=[:\]]|\\n)/gu)];
  return [...new Set(found.map(([, secret, label]) => Number(secret ?? label)))].toSorted((a, b) => a - b);
};
const begin = { attachments: [book] } satisfies Partial<InboundCommand>;
const reads = (input: object) => [call("read_file", input), usage(1, 1), stop("tools")];

describe("/read", () => {
  test("goes chapter by chapter: the chapter stands with the question, and nothing that comes after it", async () => {
    const bot = await testBot({ scripts: ok(5) });
    await bot.command("read", "", begin);
    expect(notices(bot)).toEqual([
      expect.stringMatching(/^We read book\.txt together: 12 chapters, about [\d,]+ tokens in all\./u),
    ]);
    expect(lastMessage(bot)).toMatch(
      /\[File 1 book\.txt, ch\. 1\]\\n\[s1\] book\.txt \| ch\. 1\\nChapter 1.*\[Reading\] File 1 together, up to ch\. 1\. Nothing after.*Sum up the beginning/u,
    );
    expect(bot.chat.posts.at(-1)?.answer.actions.map(({ label }) => label)).toContain("Next");
    await bot.command("read", "next");
    expect(lastMessage(bot)).toContain("Sum up ch. 2 for me");
    await bot.say(`Where is ${secretOf(9)}, and what did the keeper find at harbour 2?`);
    expect(lastMessage(bot)).toContain("[Reading] File 1 together, up to ch. 2.");
    expect(toldOf(bot)).toEqual([1, 2]);
    await bot.command("read", "where");
    expect(bot.last()).toBe(
      "**book.txt**: Chapter 2 (2 of 12), 17 % read. I use nothing that comes after it. `/read all` lifts that.",
    );
    const [second, third] = bot.model.requests.slice(1);
    expect(JSON.stringify(third?.messages).startsWith(JSON.stringify(second?.messages).slice(0, -1))).toBe(
      true,
    );
  });

  test("holds the tool to the bookmark as well, however it asks", async () => {
    const tries = [
      { part: "ch. 9" },
      { part: "ch. 1-12" },
      { search: secretOf(9) },
      {},
      { part: "Chapter 9" },
    ];
    const bot = await testBot({
      scripts: [answer("ok"), ...tries.map(reads), answer("ok"), reads({ part: "ch. 9" }), answer("ok")],
    });
    await bot.command("read", "", begin);
    await bot.say("What happens in the end?");
    expect(toldOf(bot)).toEqual([1]);
    expect(bot.sent()).toContain("it is not to be read or told yet");
    await bot.command("read", "all");
    expect(bot.last()).toContain("All of it may be told.");
    await bot.say("And now?");
    expect(bot.sent()).toContain("harbour 9 and hid");
  });

  test("does not see what a file told before it was read, or was read before going back", async () => {
    const bot = await testBot({ scripts: ok(6) });
    await bot.say(`Where is ${secretOf(9)}?`, { attachments: [book] });
    expect(toldOf(bot)).toContain(9);
    await bot.command("read", "1");
    expect(notices(bot)).toEqual([
      "What was said here before stays out of view while we read: it may tell what comes later.",
    ]);
    expect(toldOf(bot)).toEqual([1]);
    await bot.command("read", "chapter 3");
    expect(toldOf(bot)).toEqual([1, 3]);
    await bot.command("read", "chapter 2");
    expect(toldOf(bot)).toEqual([2]);
    await bot.command("read", "stop");
    await bot.say(`Where is ${secretOf(9)}?`);
    expect(toldOf(bot)).toContain(9);
    await bot.command("read", "next");
    expect(notices(bot)).toEqual(["We are not reading anything here. `/read` tells how."]);
  });

  test("takes a move back with its exchange, and ends with the book", async () => {
    const bot = await testBot({ scripts: ok(4) });
    await bot.command("read", "", begin);
    await bot.command("read", "chapter 12");
    await bot.command("read", "next");
    expect(bot.last()).toBe("That was the last chapter of book.txt. Ask me about all of it.");
    await bot.command("undo");
    await bot.command("read", "where");
    expect(bot.last()).toContain("(1 of 12)");
    await bot.command("read", "chapter 13");
    expect(notices(bot)).toEqual(["There is no chapter “13”: it has 12."]);
    await bot.command("undo");
    await bot.command("read", "where");
    expect(notices(bot)).toEqual(["We are not reading anything here. `/read` tells how."]);
  });

  test("shares the bookmark in a channel, and lets a reply ask about the passage that it quotes", async () => {
    const bot = await testBot({ scripts: ok(4) });
    await bot.command("read", "", { ...inChannel("kim"), ...begin });
    await bot.command("read", "next", inChannel("mina"));
    await bot.command("read", "where", inChannel("kim"));
    expect(bot.last()).toContain("(2 of 12)");
    const quoted = {
      author: "Parlance",
      text: `the keeper found ${secretOf(1)}`,
      attachments: [],
      isPart: true,
    } as const;
    await bot.say("Why?", { ...inChannel("mina"), quoted });
    expect(lastMessage(bot)).toContain("[Message by Parlance that this is about]\\nthe keeper found");
    expect(lastMessage(bot)).toMatch(/\[s\d+\] book\.txt \| ch\. 1\\n.*harbour 1 and hid/u);
    await bot.command("read", "where");
    expect(notices(bot)).toEqual(["We are not reading anything here. `/read` tells how."]);
  });

  test("reads what is pasted, and tells how where there is nothing", async () => {
    const bot = await testBot({ scripts: ok(2) });
    await bot.command("read");
    expect(bot.last()).toMatch(/^Send me a book or paper with `\/read`/u);
    await bot.command("read", novel(1));
    expect(notices(bot)[0]).toMatch(/^We read pasted text together: 1 chapter,/u);
    expect(lastMessage(bot)).toContain("harbour 1 and hid");
  });
});
