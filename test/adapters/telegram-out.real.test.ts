import { eventually } from "../support/eventually.ts";
import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTelegramAdapter } from "../../adapters/telegram/index.ts";
import type { Answer, Inbound } from "../../src/chat.ts";
import { RateLimited, UserError } from "../../src/errors.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import {
  about,
  answerOf,
  closeAll,
  first,
  keep,
  next,
  openStage,
  optionsFor,
  wordsOf,
} from "../support/telegram/stage.ts";

afterEach(closeAll);

describe("going out", () => {
  it("grows an answer as a draft in a private chat, and makes it last", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "hi" });
    const { thread, id: cause } = await next(stage);
    await adapter.status?.(thread, "thinking", about(cause));
    expect(telegram.statuses()).toEqual(["thinking…"]);
    const live = adapter.live?.(thread, about(cause));
    const render = (text: string, state: Answer["state"]) => first(stage, text, { state });
    await live?.update(render("One **tw", "growing"));
    await live?.update(render("One **two** three", "growing"));
    expect(telegram.seen().at(-1)).toMatchObject({ text: "One two three", buttons: ["Stop"] });
    await telegram.press(telegram.seen().at(-1)?.id ?? "", "Stop");
    expect(await next(stage, 2)).toMatchObject({ type: "command", name: "stop", thread });
    const id = await live?.finish(render("One **two** three.", "stopped"));
    const seen = telegram.seen();
    expect(seen.map(({ text }) => text)).toEqual(["hi", "One two three."]);
    expect(seen.at(-1)?.id).toBe(id);
    expect(telegram.complaints).toEqual([]);
  });

  it("shows no draft for an answer that changes another, since nothing would take it away again", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const question = await telegram.say({ text: "hi" });
    const { thread, id } = await next(stage);
    await adapter.post(thread, first(stage, "hello"), about(id));
    await telegram.edit(question, "hi there");
    const { id: cause, context } = await next(stage, 2);
    await adapter.status?.(thread, "thinking", { ...about(cause), ...(context && { context }) });
    expect(telegram.statuses()).toEqual(["typing"]);
    expect(telegram.seen().map(({ text }) => text)).toEqual(["hi there", "hello"]);
  });

  it("keeps a resting draft, and says under it what goes on", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "hi" });
    const { thread, id: cause } = await next(stage);
    await adapter.live?.(thread, about(cause))?.update(first(stage, "so far", { state: "growing" }));
    await adapter.status?.(thread, "searching", about(cause));
    expect(telegram.seen().at(-1)?.text).toBe("so far");
    const later = performance.now() + 5000;
    vi.spyOn(performance, "now").mockReturnValueOnce(later);
    await adapter.status?.(thread, "searching", about(cause));
    expect(telegram.seen().at(-1)?.text).toBe("so far\n\nsearching…");
  });

  it("posts and edits in a group, and types; an edit that changes nothing is well", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "hi", place: "thread", mention: true });
    const { thread, id: cause } = await next(stage);
    expect(adapter.live?.(thread, about(cause))).toBeUndefined();
    await adapter.status?.(thread, "thinking", about(cause));
    expect(telegram.statuses("thread")).toEqual(["typing"]);
    const one = first(stage, "one", { actions: [{ token: "stop", label: "Stop" }] });
    const two = first(stage, "two");
    const id = await adapter.post(thread, one, about(cause));
    expect(telegram.seen("thread").at(-1)).toMatchObject({ buttons: ["Stop"] });
    await adapter.edit(thread, id, two);
    await adapter.edit(thread, id, two);
    expect(telegram.seen("thread").at(-1)).toMatchObject({ text: "two", edits: 1, buttons: [] });
    await adapter.remove?.(thread, id);
    await adapter.remove?.(thread, id);
    expect(telegram.seen("thread")).toHaveLength(1);
  });

  it("sends 60,000 characters with fences, a table and Korean whole and in order", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const rows = Array.from({ length: 40 }, (_, row) => `| 낱말${row} | word ${row} |`).join("\n");
    const block = (index: number) =>
      `## 제${index}장\n\n한국어 문장 ${index}입니다. **굵게 ${index}** [link](https://example.org/${index})\n\n\`\`\`\`md\n\`\`\`js\nconst n${index} = 1;\n\`\`\`\n\`\`\`\`\n\n- a\n  - b ${index}\n\n${"물 흐르듯 ".repeat(60)}`;
    let text = `| 한국어 | English |\n|---|---|\n${rows}\n\n`;
    for (let index = 1; text.length < 60_000; index++) text += `${block(index)}\n\n`;
    await telegram.say({ text: "long" });
    const { thread, id: cause } = await next(stage);
    for (const message of adapter.render(answerOf(text))) await adapter.post(thread, message, about(cause));
    const all = telegram
      .seen()
      .slice(1)
      .map((seen) => seen.text)
      .join("\n");
    const last = [...text.matchAll(/## 제(\d+)장/gu)].length;
    let from = 0;
    for (let index = 1; index <= last; index++) {
      const at = all.indexOf(`const n${index} = 1;`, from);
      expect(at, `block ${index}`).toBeGreaterThan(from);
      from = at;
    }
    for (let row = 0; row < 40; row++) expect(all).toContain(`낱말${row} `);
    const letters = (words: string) => words.replaceAll(/[^가-힣]/gu, "").length;
    expect(letters(all)).toBeGreaterThanOrEqual(letters(text));
    expect(telegram.complaints).toEqual([]);
  });

  it("sends tables and formulas as rich messages, and as plain ones to a server without them", async () => {
    const text = "Look:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe area is $\\pi r^2$.";
    for (const modern of [true, false]) {
      const stage = await openStage({ modern });
      const { telegram, adapter } = stage;
      await telegram.say({ text: "table" });
      const { thread, id: cause } = await next(stage);
      const message = first(stage, text);
      await adapter.live?.(thread, about(cause))?.update(message);
      await adapter.post(thread, message, about(cause));
      await adapter.post(thread, message, about(cause));
      const seen = telegram.seen().at(-1)?.text;
      expect(seen).toContain("1 | 2");
      expect(seen?.includes("```")).toBe(!modern);
      expect(telegram.calls.filter(({ method }) => method === "sendRichMessage")).toHaveLength(
        modern ? 2 : 0,
      );
      expect(adapter.live?.(thread, about(cause)) === undefined).toBe(!modern);
    }
  });

  it("sends as plain text what Telegram refuses as a rich message, and the next one rich again", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    const table = (columns: number) => first(stage, `| ${"a |".repeat(columns)}\n|${"---|".repeat(columns)}`);
    await telegram.say({ text: "wide" });
    const { thread, id: cause } = await next(stage);
    await adapter.post(thread, table(25), about(cause));
    await adapter.post(thread, table(3), about(cause));
    const sent = telegram.calls.map(({ method }) => method).filter((method) => method.startsWith("send"));
    expect(sent).toEqual(["sendRichMessage", "sendMessage", "sendRichMessage"]);
  });

  it("uploads pictures as pictures and the rest as files", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "file", place: "channel", mention: true });
    const { thread, id: cause } = await next(stage);
    const data = randomBytes(300);
    await adapter.upload?.(thread, { name: "code.ts", mimeType: "text/plain", data }, about(cause));
    await adapter.upload?.(thread, { name: "chart.png", mimeType: "image/png", data }, about(cause));
    const files = telegram.seen("channel").flatMap((seen) => seen.files);
    expect(files.map(({ name }) => name)).toEqual(["code.ts", "chart.png"]);
    expect(Buffer.from(files[0]?.data ?? [])).toEqual(data);
    const sent = telegram.calls.map(({ method }) => method).filter((method) => method.startsWith("send"));
    expect(sent.slice(-2)).toEqual(["sendDocument", "sendPhoto"]);
  });
});

describe("troubles", () => {
  it("passes on a request to wait", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await telegram.say({ text: "hi" });
    const { thread, id: cause } = await next(stage);
    const message = first(stage, "| a |\n|---|\n| 1 |");
    telegram.faults.limit(1, 7000);
    const refused = await adapter.post(thread, message, about(cause)).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RateLimited);
    expect(refused).toMatchObject({ retryAfterMs: 7000 });
    // Rich messages share the limit: asking to wait is no reason to fall back.
    await adapter.post(thread, message, about(cause));
    expect(telegram.calls.map(({ method }) => method)).not.toContain("sendMessage");
  });

  it("follows a group that moved, and says who can't be written to", async () => {
    const stage = await openStage();
    const { telegram, adapter } = stage;
    await adapter.post("telegram:-42", first(stage, "one"), about("1"));
    await adapter.post("telegram:-42", first(stage, "two"), about("2"));
    expect(telegram.seen("channel").map(({ text }) => text)).toEqual(["one", "two"]);
    await telegram.say({ text: "bye" });
    const { thread, id: cause } = await next(stage);
    telegram.world.blocked.add(telegram.world.person("Kim").id);
    await expect(adapter.post(thread, first(stage, "bye"), about(cause))).rejects.toThrow(
      new UserError("I may not write to this Telegram chat any more: bot was blocked by the user."),
    );
  });

  it("comes back by itself after cut connections and a time of failures, and says so once", async () => {
    const stage = await openStage();
    stage.telegram.faults.cutConnections();
    await stage.telegram.say({ text: "still there?" });
    expect(wordsOf(await next(stage))).toBe("still there?");
    stage.telegram.faults.downFor(1500);
    await stage.telegram.say({ text: "and now?" });
    expect(wordsOf(await next(stage, 2))).toBe("and now?");
    const told = stage.log.filter((line) => line.includes("connection is lost"));
    expect(told).toHaveLength(2);
    expect(stage.log.filter((line) => line.includes("connected again"))).toHaveLength(2);
    expect(stage.log.join("")).not.toContain(stage.telegram.environment["TELEGRAM_BOT_TOKEN"]);
  });

  it("says what to do about a wrong token and an address where nobody answers", async () => {
    const telegram = keep(await startTelegramEmulator());
    const receive = async () => {};
    const wrong = createTelegramAdapter({ ...optionsFor(telegram), token: "1:wrong" });
    await expect(wrong.start(receive)).rejects.toThrow(/does not accept the token.*@BotFather/u);
    const nowhere = createTelegramAdapter({ ...optionsFor(telegram), apiRoot: "http://127.0.0.1:9" });
    await expect(nowhere.start(receive)).rejects.toThrow(/can't reach Telegram at http:\/\/127\.0\.0\.1:9/u);
  });

  it("says that another process reads the bot's messages", async () => {
    const stage = await openStage();
    const second = keep(createTelegramAdapter(optionsFor(stage.telegram)));
    await second.start(async () => {});
    await eventually(() => expect(stage.log.join("")).toContain("another process reads this bot's messages"));
  });

  it("does not take an update again after a restart", async () => {
    const stage = await openStage();
    await stage.telegram.say({ text: "once" });
    await next(stage);
    await stage.adapter.stop();
    const again: Inbound[] = [];
    await stage.adapter.start(async (inbound) => void again.push(inbound));
    await stage.telegram.say({ text: "twice" });
    await eventually(() => expect(again.map(wordsOf)).toEqual(["twice"]));
  });
});
