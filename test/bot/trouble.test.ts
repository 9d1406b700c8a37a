import { describe, expect, onTestFinished, test } from "vitest";
import { createBot } from "../../src/bot.ts";
import { DatabaseAway, RateLimited } from "../../src/errors.ts";
import { ProviderError } from "../../src/providers/provider.ts";
import { answer } from "../support/events.ts";
import { say as says, scriptedModel, stop } from "../support/scripted-model.ts";
import { testBot } from "../support/test-core.ts";

describe("when something goes wrong", () => {
  test("a vendor's failure becomes a sentence, after what was already said", async () => {
    const busy = new ProviderError("rate-limit", {
      provider: "openai",
      message: "429 sk-secret",
      retryAfterMs: 20_000,
    });
    const { say, chat, core } = await testBot({ scripts: [[says("Half"), busy], answer("ok")] });
    await say("hi");
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "failed",
      text: "Half",
      notices: ["The model is getting too many requests. Please ask again in 20 seconds."],
    });
    expect(await core.store.turns.list("fake:kim" as never)).toEqual([]);
    await say("again");
    expect(chat.posts[1]?.answer.text).toBe("ok");
  });

  test("the unexpected is named by an id, without its details", async () => {
    const { say, chat } = await testBot({ scripts: [[new Error("ECONNRESET at /srv/x.ts")]] });
    await say("hi");
    expect(chat.posts[0]?.answer.notices).toEqual([
      expect.stringMatching(/^Something went wrong on my side.*error [0-9a-f]{8}\.$/u),
    ]);
  });

  test("a database that is away for a moment is nobody's trouble: the question is taken up again", async () => {
    let failures = 0;
    const { say, chat } = await testBot({
      scripts: [answer("ok")],
      store: (store) => ({
        ...store,
        turns: {
          ...store.turns,
          async list(...call) {
            if (failures++ === 0) throw new DatabaseAway("the database is away");
            return store.turns.list(...call);
          },
        },
      }),
    });
    await say("hi");
    expect(chat.posts.map((post) => [post.answer.text, post.answer.notices])).toEqual([["ok", []]]);
  });

  test("a full disk costs no second call: the answer is stored when there is room", async () => {
    let tries = 0;
    const { say, chat, model } = await testBot({
      scripts: [answer("ok"), answer("paid twice")],
      store: (store) => ({
        ...store,
        outbox: {
          ...store.outbox,
          async conclude(...call) {
            if (tries++ < 3) throw new DatabaseAway("the disk is full", { isUndone: true });
            return store.outbox.conclude(...call);
          },
        },
      }),
    });
    await say("hi");
    expect(chat.posts.map((post) => [post.answer.text, post.answer.state])).toEqual([["ok", "done"]]);
    expect(model.requests).toHaveLength(1);
  });

  test("an answer that the store never takes is told of, and paid for once", async () => {
    const { say, chat, model } = await testBot({
      scripts: [answer("odd"), answer("fine")],
      store: (store) => ({
        ...store,
        outbox: {
          ...store.outbox,
          async conclude(...call) {
            if (JSON.stringify(call).includes('"done"') && model.requests.length === 1)
              throw new Error("value out of range");
            return store.outbox.conclude(...call);
          },
        },
      }),
    });
    await say("hi");
    expect(chat.posts.map((post) => [post.answer.text, post.answer.state, post.answer.notices])).toEqual([
      ["odd", "failed", [expect.stringContaining("Something went wrong on my side")]],
    ]);
    await say("and now?");
    expect(chat.posts[1]?.answer).toMatchObject({ text: "fine", state: "done" });
    expect(model.requests).toHaveLength(2);
  });

  test("an answer that is empty or declined is said", async () => {
    const { say, chat } = await testBot({
      scripts: [[stop()], [stop("refused")], [says("Part"), stop("length")]],
    });
    for (const text of ["a", "b", "c"]) await say(text);
    expect(chat.posts.map((post) => post.answer.notices)).toEqual([
      ["The model gave no answer. Please ask again."],
      ["The model declined to answer this."],
      ["The answer reached its longest length. Say “go on” for the rest."],
    ]);
  });

  test("what no model can answer counts against a limit all the same", async () => {
    const { say, chat, model } = await testBot({ limits: { person: { messages: { minute: 2 } } } });
    for (const text of ["", " ", "hi"]) await say(text);
    const [first, second, third] = chat.posts.map(({ answer }) => answer.notices);
    expect(first).toEqual(second);
    expect(third).toEqual([expect.stringMatching(/2 questions/u)]);
    expect(model.requests).toEqual([]);
  });

  test("an unknown command gets the nearest", async () => {
    const { command, chat } = await testBot();
    await command("persna");
    expect(chat.posts[0]?.answer.notices).toEqual([
      "There is no /persna. Did you mean /persona? /help lists what I can do.",
    ]);
  });

  test("a platform that asks to wait while the other processes can't be told is waited for all the same", async () => {
    const { core, chat } = await testBot();
    const model = scriptedModel(answer("ok"));
    const choose = async (name: string) => ({ ...(await core.models.choose(name)), stream: model.stream });
    const isOut = { ...core.coordinator, publish: () => Promise.reject(new Error("the database is away")) };
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on("unhandledRejection", note);
    onTestFinished(() => void process.off("unhandledRejection", note));
    const bot = createBot({ ...core, coordinator: isOut, models: { ...core.models, choose } });
    chat.failures.push(new RateLimited(5), new RateLimited(5));
    const asked = { id: "m", type: "message", text: "hi", attachments: [] } as const;
    const kim = {
      thread: "fake:kim",
      place: "dm",
      channelName: "Kim",
      author: { id: "fake:kim", name: "Kim" },
    } as const;
    await bot.receive(chat, { ...asked, ...kim });
    // Nobody was woken: what is stored is found also without a word.
    await bot.work([chat]);
    await chat.dealtWith("m");
    await bot.stop();
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["ok"]);
    expect(unhandled).toEqual([]);
  });
});
