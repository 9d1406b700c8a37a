import { describe, expect, test } from "vitest";
import { answer, attachment } from "../support/events.ts";
import { novel } from "../support/book.ts";
import { makePdf } from "../support/pdf.ts";
import { call, stop, usage } from "../support/scripted-model.ts";
import { testBot, type TestBot, testPersona } from "../support/test-core.ts";

const report = attachment(
  "report.pdf",
  makePdf([
    ["Annual report of the harbour."],
    ["The ferry carried 48,200 people in 2024.", "Its engine was replaced in May, as Kim [12] had proposed."],
  ]),
  "application/pdf",
);
const book = attachment("book.txt", Buffer.from(novel(40)));
const read = (part: string) => [call("read_file", { part }), usage(1, 1), stop("tools")];
const shown = ({ chat }: TestBot) => chat.posts.at(-1)?.answer;
const pageTwo = expect.objectContaining({ title: "report.pdf", label: "p. 2" }) as unknown;

describe("an answer about a file", () => {
  test("cites its pages: what a page says stays with where it stands, what it does not say is removed", async () => {
    const bot = await testBot({
      scripts: [
        answer(
          [
            'It carried 48,200 people [s2 "ferry carried 48,200 people in 2024"].',
            'It carried 51,000 people [s2 "ferry carried 51,000 people in 2024"].',
            "It sank [s9].",
            "Kim [12] had proposed it.",
          ].join("\n"),
        ),
        answer('In May [s2 "Its engine was replaced in May"].'),
      ],
    });
    await bot.say("How many?", { attachments: [report] });
    expect(shown(bot)?.text.split("\n")).toEqual([
      "It carried 48,200 people [1].",
      "It carried 51,000 people.",
      "It sank.",
      "Kim [12] had proposed it.",
    ]);
    expect(shown(bot)?.sources).toEqual([pageTwo]);
    expect(shown(bot)?.receipt).toMatchObject({
      tools: [],
      findings: { misquoted: ["It carried 51,000 people"], unsourced: ["It sank"] },
    });
    // It stands in view as it was read.
    await bot.say("And the engine?");
    expect(shown(bot)).toMatchObject({ text: "In May [1].", sources: [pageTwo] });
    await bot.command("sources");
    expect(bot.last()).toContain("**[1]** report.pdf, p. 2\n\n> ");
    expect(bot.last()).toContain("**Its engine was replaced in May**");
    await bot.command("files", "drop 1");
    await bot.command("sources");
    expect(bot.last()).toMatch(/\*\*\[1\]\*\* report\.pdf, p\. 2\n\n> \(The file is gone/u);
  });

  test("cites what it opens of a large one, and a page that it names opens at that page", async () => {
    const scripts = [
      read("ch. 12"),
      answer('In the well [s6 "found the feldspar of harbour 12 and hid it"].'),
    ];
    const bot = await testBot({ scripts });
    await bot.say("hm", { attachments: [book] });
    expect(bot.sent()).toMatch(/\[s6\] ch\. 12\\nIn this part the keeper/u);
    expect(shown(bot)?.sources).toEqual([expect.objectContaining({ title: "book.txt", label: "ch. 12" })]);
  });

  test("has no numbers in it where its form matters", async () => {
    const strict = testPersona("assistant", { strict: true });
    const bot = await testBot({ personas: [strict], scripts: [answer("ferry;배 [1]")] });
    await bot.say("words", { attachments: [report] });
    expect(bot.sent()).toMatch(/## p\. 1\\n\\nAnnual report/u);
    expect(bot.sent()).not.toMatch(/\[s1\]|\[Citing\]/u);
    expect(shown(bot)).toMatchObject({ text: "ferry;배 [1]", sources: [] });
  });
});
