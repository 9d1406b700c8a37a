import { describe, expect, test } from "vitest";
import { ProviderError } from "../../src/providers/provider.ts";
import { answer, attachment, pressed } from "../support/events.ts";
import { say as says } from "../support/scripted-model.ts";
import { testBot, type TestBot } from "../support/test-core.ts";
import { until } from "../support/until.ts";

const notes = attachment("notes.md", Buffer.from("# Ferries\n\nThe last one leaves at nine."));
const down = new ProviderError("unreachable", { provider: "openai", message: "ECONNREFUSED" });
const shown = ({ chat }: TestBot) => chat.posts.at(-1)?.answer;
const kept = "The file you sent stays here: no need to send it again.";

describe("a file whose question gets no answer", () => {
  test("stays, to be asked about again by a button or in other words", async () => {
    const bot = await testBot({ scripts: [[down], answer("At nine."), answer("Yes.")] });
    await bot.say("When is the last ferry?", { attachments: [notes], messageId: "m1" });
    expect(shown(bot)).toMatchObject({ state: "failed", notices: [expect.stringMatching(/reach/u), kept] });
    await bot.handle(pressed(shown(bot)?.actions[0]?.token ?? ""));
    expect(bot.chat.posts).toHaveLength(1);
    expect(shown(bot)).toMatchObject({ state: "done", text: "At nine." });
    await bot.say("Sure?");
    expect(bot.sent()).toMatch(/\[File 1 notes\.md\].*At nine\..*Sure\?/u);
    expect(bot.sent()).not.toContain("stays here");
  });

  test("stays where the model broke off or was stopped before its first word, too", async () => {
    const bot = await testBot({ scripts: [[says("At"), down], ["wait"], answer("Hm."), answer("Two.")] });
    await bot.say("When?", { attachments: [notes] });
    expect(shown(bot)).toMatchObject({ state: "failed", text: "At" });
    const asking = bot.say("And this?", { attachments: [notes] });
    await until("it is asked again", () => bot.model.requests.length === 2);
    await bot.command("stop");
    await asking;
    expect(bot.chat.posts.at(-1)?.answer).toMatchObject({ state: "stopped", notices: ["Stopped.", kept] });
    await bot.say("Which are there?");
    expect(bot.sent()).toMatch(/\[File 1 notes\.md\].*\[File 2 notes\.md\]/u);
    await bot.command("undo");
    await bot.command("undo");
    await bot.say("And now?");
    expect(bot.sent()).not.toContain("File 2");
  });

  test("stays where a budget is in the way", async () => {
    const limits = { person: { tokens: { day: 1_100 } } };
    const bot = await testBot({ limits, settings: { maxOutputTokens: 1_100 } });
    await bot.say("When?", { attachments: [notes] });
    expect(shown(bot)?.notices.at(-1)).toBe(kept);
    await bot.command("files");
    expect(bot.last()).toContain("notes.md");
  });
});
