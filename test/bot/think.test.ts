import { pino } from "pino";
import { describe, expect, test, vi } from "vitest";
import { inChannel } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { call, type Script, say as says, type ScriptStep, stop, usage } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

const marker = "zebra-crossing";
const think: ScriptStep = { type: "thinking", text: `Hm, ${marker}.` };
const thought = (vendor: string): ScriptStep => ({
  type: "thought",
  part: {
    type: "thinking",
    text: `Hm, ${marker}.`,
    replay: { vendor, data: { message: { reasoning_content: `Hm, ${marker}.` }, calls: [] } },
  },
});
const answer = (vendor = "openai"): Script => [think, thought(vendor), says("Four."), usage(10, 2), stop()];

describe("/think", () => {
  test("goes before the persona's own effort, says what holds, and goes back", async () => {
    const personas = [testPersona("assistant", { options: { thinking: "low" } })];
    const { command, say, model, last, chat } = await testBot({
      personas,
      scripts: [answer(), answer(), answer()],
    });
    await command("think");
    expect(last()).toBe(
      "`scripted/model` thinks first, effort low: so the persona wants it.\n\nWhat it thinks is not shown.",
    );
    expect(chat.posts.at(-1)?.answer.actions.map(({ label }) => label)).toEqual([
      "Off",
      "Medium",
      "High",
      "Max",
      "Show thinking",
    ]);
    await say("one");
    await command("think", "Max");
    expect(last()).toContain("effort max: it was chosen in this conversation.");
    await say("two");
    await command("think", "default");
    expect(last()).toContain("effort low: so the persona wants it.");
    await say("three");
    expect(model.requests.map(({ thinking }) => thinking)).toEqual(["low", "max", "low"]);
  });

  test("says nothing of an effort that nobody chose, and sends none", async () => {
    const { command, say, model, last } = await testBot({ scripts: [answer()] });
    await command("think");
    expect(last()).toContain("`scripted/model` decides itself how hard it thinks.");
    await say("one");
    expect(model.requests[0]).not.toHaveProperty("thinking");
  });

  test("says when the model can't be told", async () => {
    const { command, last, core } = await testBot();
    const choice = await core.models.choose("smart");
    vi.spyOn(core.models, "choose").mockResolvedValue({ ...choice, thinks: false });
    await command("think", "high");
    expect(last()).toBe(
      "`scripted/model` can't be told how hard to think. “high” holds for models that can.",
    );
  });

  test("explains itself where it is not understood", async () => {
    const { command, chat } = await testBot();
    await command("think", "harder");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "Write `/think off`, `low`, `medium`, `high` or `max`, `/think default`, `/think show` or `/think hide`.",
    ]);
  });

  test("is for those who manage a channel, where it holds for everyone", async () => {
    const { command, chat } = await testBot();
    await command("think", "max", inChannel("Mina"));
    expect(chat.posts.at(-1)?.answer.notices[0]).toContain(
      "only those who manage this channel can change it",
    );
  });

  test("is part of what a person gets of their data", async () => {
    const { command, chat } = await testBot({ chat: fakeAdapter({ uploads: true }) });
    await command("think", "high");
    await command("export");
    const exported = JSON.parse(Buffer.from(chat.posts.at(-1)?.file?.data ?? []).toString()) as object;
    expect(exported).toMatchObject({ choices: [{ conversation: "fake:kim", thinking: "high" }] });
  });
});

describe("what a model thinks", () => {
  test("is shown where a person wants it, folded beside the answer and never in it", async () => {
    const { command, say, chat } = await testBot({ scripts: [answer(), answer()] });
    await command("think", "show");
    await say("2+2?");
    expect(chat.posts.at(-1)?.answer).toMatchObject({
      text: "Four.",
      thinking: `Hm, ${marker}.`,
    });
    await command("think", "hide");
    await say("2+2?");
    expect(chat.posts.at(-1)?.answer.thinking).toBe("");
  });

  // DeepSeek wants it back with its tool calls, in later turns too; nobody else does.
  test.each(["openai", "deepseek"])(
    "is nowhere where it is hidden: no frame, file, log or export, nor the next request, by %s",
    async (vendor) => {
      const lines: string[] = [];
      const log = pino({ level: "trace" }, { write: (line) => lines.push(line) });
      const { say, command, chat, sent, core } = await testBot({
        log,
        chat: fakeAdapter({ uploads: true }),
        settings: { showThinking: false },
        personas: [testPersona("assistant", { memory: "read-write" })],
        scripts: [
          [think, thought(vendor), call("remember", { fact: "Likes tea." }), usage(10, 2), stop("tools")],
          [think, thought(vendor), says("Noted."), usage(12, 2), stop()],
          answer(vendor),
        ],
      });
      await say("I like tea. Remember that.");
      await say("2+2?");
      await command("export");
      expect(
        JSON.stringify(chat.posts.map(({ versions, answer: shown }) => [versions, shown])),
      ).not.toContain(marker);
      const files = chat.posts.map(({ file }) => Buffer.from(file?.data ?? []).toString());
      expect(files.join("")).toContain("I like tea");
      expect(files.join("")).not.toContain(marker);
      expect(lines.join("")).not.toContain(marker);
      // What DeepSeek wants back is for DeepSeek alone: forVendor sees to that.
      if (vendor !== "deepseek") expect(sent()).not.toContain(marker);
      const stored = JSON.stringify(await core.store.turns.list("fake:kim" as never));
      expect(stored.split(marker).length - 1).toBe(vendor === "deepseek" ? 2 : 0);
    },
  );
});
