import { describe, expect, test } from "vitest";
import { answer, attachment, inChannel, png } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { testBot, testPersona } from "../support/test-core.ts";

const personas = [
  testPersona("assistant", {
    instructions: "The secret of this persona.",
    memory: "read-write",
    examples: [{ user: "hi", assistant: "hello" }],
  }),
];

describe("/context", () => {
  test("shows what the model sees in order, with tokens and shares, and each exchange in a line", async () => {
    const scripts = [answer("one"), answer("two")];
    const { say, command, last, chat, model } = await testBot({ personas, scripts });
    await command("memory", "add Likes tea.");
    await say("What does *단어* mean?");
    await say(`Look: ${"word ".repeat(40)}`, {
      attachments: [attachment("notes.md", Buffer.from("my notes")), attachment("a.png", png, "image/png")],
    });
    await command("context");
    const lines = last().split("\n");
    expect(lines[0]).toMatch(
      /^\*\*What the model sees:\*\* about \d,\d{3} tokens, 2 % of the 100,000 that `scripted\/model` takes\.$/u,
    );
    const table = lines.slice(lines.indexOf("```text") + 1, lines.indexOf("```"));
    expect(table.map((line) => line.replace(/^[█▉▊▋▌▍▎▏]+ +(?:< )?\d+ % +[\d,]+ {2}/u, ""))).toEqual([
      "instructions",
      "2 tools",
      "1 example",
      "memory",
      "exchanges",
      "your next message",
    ]);
    expect(last()).toMatch(/^- \*\*1\*\* · “What does \\\*단어\\\* mean\?” · \d+ tokens, (?:< )?\d+ %$/mu);
    expect(last()).toMatch(
      /^- \*\*2\*\* · “Look: word .*…” · 1 picture · File 1 notes\.md · 1,\d{3} tokens, \d+ %$/mu,
    );
    expect(last()).not.toMatch(/secret|tea|my notes/u);
    expect(chat.posts.at(-1)?.answer.actions.map(({ label }) => label)).toEqual([
      "Start afresh",
      "As a file",
    ]);
    expect(model.requests).toHaveLength(2);
  });

  test("folds many exchanges into a few lines", async () => {
    const scripts = Array.from({ length: 20 }, (_, index) => answer(`answer ${index}`));
    const { say, command, last } = await testBot({ scripts });
    for (let index = 0; index < 20; index++) await say(`question ${index}`);
    await command("context");
    const numbers = [...last().matchAll(/^- \*\*([\d–]+)\*\*/gmu)].map(([, which]) => which);
    expect(numbers).toEqual(["1–4", "5–8", "9–12", "13–14", "15", "16", "17", "18", "19", "20"]);
    expect(last().length).toBeLessThan(1_500);
  });

  test("in a channel, counts what was said there, and knows nothing private", async () => {
    const { say, command, last } = await testBot({ personas, scripts: [answer("ok")] });
    await command("memory", "add Owes Mina money.");
    await say("hello all", inChannel("kim"));
    await command("context", "", inChannel("mina"));
    expect(last()).toContain("“kim: hello all”");
    expect(last()).not.toContain("memory");
    await command("context", "", inChannel("kim"));
    expect(last()).not.toMatch(/memory|money/u);
  });

  test("changes nothing, and asks no model", async () => {
    const { say, command, model, sent } = await testBot({ scripts: [answer("ok"), answer("ok")] });
    await say("hello");
    await command("context");
    await say("again");
    expect(model.requests).toHaveLength(2);
    expect(sent()).not.toContain("next message");
  });
});

describe("/context left", () => {
  test("sends what was trimmed or summed up, word for word", async () => {
    const long = "word ".repeat(400);
    const scripts = [...Array.from({ length: 6 }, (_, index) => answer(`answer ${index}`)), answer("Notes.")];
    const chat = fakeAdapter({ uploads: true });
    const { say, command } = await testBot({ scripts, chat, settings: { historyTokens: 2_000 } });
    await command("context", "left");
    expect(chat.posts.at(-1)?.answer.text).toBe("Nothing has left: the model sees all of this conversation.");
    for (let index = 0; index < 6; index++) await say(`question ${index} ${long}`);
    const left = async () => {
      await command("context", "left");
      const [text, sent] = chat.posts.slice(-2);
      return { text: text?.answer.text, file: Buffer.from(sent?.file?.data ?? []).toString("utf8") };
    };
    const trimmed = await left();
    expect(trimmed.text).toBe("2 exchanges are no longer seen word for word; here they are.");
    expect(trimmed.file).toContain("question 1");
    expect(trimmed.file).not.toContain("question 2");
    await command("compact");
    const summed = await left();
    expect(summed.text).toMatch(/^5 exchanges .*\n\nIn their place the model sees:\n\n> Notes\.$/su);
    expect(summed.file).toContain("answer 4");
  });

  test("stands in the answer where no file can be sent", async () => {
    const scripts = Array.from({ length: 3 }, (_, index) => answer(`answer ${index}`));
    const { say, command, last } = await testBot({ scripts, settings: { historyTokens: 2_000 } });
    for (let index = 0; index < 3; index++) await say(`question ${index} ${"word ".repeat(1_000)}`);
    await command("context", "left");
    expect(last()).toContain("Answer: answer 0");
  });
});
