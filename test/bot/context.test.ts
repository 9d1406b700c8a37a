import { describe, expect, test } from "vitest";
import { answer, inChannel } from "../support/events.ts";
import { call, say as says, stop, usage } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

describe("the context", () => {
  test("tells once that old turns left, and starts later requests at the same turn", async () => {
    const long = "word ".repeat(400);
    const scripts = Array.from({ length: 12 }, (_, index) => answer(`answer ${index}`));
    const { say, chat, model } = await testBot({ scripts, settings: { historyTokens: 2_000 } });
    for (let index = 0; index < 12; index++) await say(`question ${index} ${long}`);
    const told = chat.posts
      .flatMap((post) => post.answer.notices)
      .filter((notice) => notice.includes("left my view"));
    expect(told).toHaveLength(1);
    expect(JSON.stringify(model.requests.at(-1)?.messages)).not.toContain("question 0");
    expect(JSON.stringify(model.requests.at(-1)?.messages)).toContain("question 10");
  });

  test("tells at half and at four fifths how full it is, once each, with buttons that make room", async () => {
    const scripts = Array.from({ length: 17 }, () => answer("ok"));
    const { say, command, chat } = await testBot({ scripts, settings: { historyTokens: 2_000 } });
    const told: string[] = [];
    const talk = async (count: number) => {
      for (let index = 0; index < count; index++) {
        await say("word ".repeat(220));
        told.push(...(chat.posts.at(-1)?.answer.notices ?? []));
      }
    };
    await talk(8);
    expect(told).toEqual([
      "This conversation fills about 57 % of what I can keep in view; when it is full, the oldest exchanges leave.",
      "This conversation fills about 80 % of what I can keep in view; when it is full, the oldest exchanges leave.",
    ]);
    await talk(2);
    expect(told.at(-1)).toBe("The oldest 3 exchanges have left my view to make room.");
    const labels = chat.posts.at(-1)?.answer.actions.map(({ label }) => label);
    expect(labels).toEqual(["Again", "Ask another", "Start afresh", "Compact"]);
    await talk(2);
    expect(told).toHaveLength(3);
    await command("new");
    await talk(5);
    expect(told.slice(3)).toEqual(told.slice(0, 1));
  });

  test("is told to be full by the model's window where that fills first", async () => {
    const full = [says("ok"), usage(6_000, 100), stop()];
    const { say, chat } = await testBot({ scripts: [full, answer("ok")], window: 10_000 });
    await say("hello");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([expect.stringContaining("about 61 %")]);
    await say("hello");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([]);
  });

  test("near a bound goes by the vendor's own count, where that is higher", async () => {
    const scripts = Array.from({ length: 6 }, () => answer("ok"));
    const long = "word ".repeat(400);
    const run = async (countTokens?: () => number) => {
      const { say, model } = await testBot({
        scripts,
        settings: { historyTokens: 2_000 },
        ...(countTokens && { countTokens }),
      });
      for (let index = 0; index < 6; index++) await say(`question ${index} ${long}`);
      return model.requests.at(-1)?.messages.length ?? 0;
    };
    expect(await run(() => 20_000)).toBeLessThan(await run());
  });

  test("refuses in plain words what no window can hold", async () => {
    const { say, chat } = await testBot({ window: 2_000, scripts: [] });
    await say("word ".repeat(5_000));
    expect(chat.posts[0]?.answer).toMatchObject({
      state: "failed",
      notices: [expect.stringMatching(/too long for the model: about 5,\d+ of 2,000 tokens/u)],
    });
  });
});

describe("memory", () => {
  const personas = [testPersona("assistant", { memory: "read-write" })];

  test("is kept by the model, and enters only the turns of its owner", async () => {
    const { say, sent, model } = await testBot({
      personas,
      scripts: [
        [call("remember", { fact: "Learns Korean." }), stop("tools")],
        answer("Noted."),
        answer("Hi"),
        answer("Hi"),
      ],
    });
    await say("Remember that I learn Korean");
    await say("hello");
    expect(sent()).toContain("[What you know about this person]\\n1. Learns Korean.");
    expect(model.requests[2]?.tools.map(({ name }) => name)).toEqual(["remember", "forget"]);
    await say("hello", { thread: "fake:mina", author: { id: "fake:mina", name: "Mina" } });
    expect(sent()).not.toContain("Korean");
  });

  test("from a direct message is not used where others read along, nor shown there", async () => {
    const { say, command, sent, last } = await testBot({ personas, scripts: [answer("ok")] });
    await command("memory", "add I owe Mina money.");
    await say("hi", inChannel("kim"));
    expect(sent()).not.toContain("owe");
    await command("memory", "", inChannel("kim"));
    expect(last()).not.toContain("owe");
    expect(last()).toContain("1 more, not for those who read along here");
  });
});
