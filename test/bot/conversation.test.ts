import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { answer, inChannel } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says } from "../support/scripted-model.ts";
import { testBot, testPersona } from "../support/test-core.ts";

describe("a conversation", () => {
  test("knows what was said before, also after a restart", async () => {
    const dataFolder = makeFolder();
    const first = await testBot({ dataFolder, scripts: [answer("Hi Kim.")] });
    await first.say("My dog is called Rex.");
    await first.core.store.close();

    const { say, last, sent } = await testBot({ dataFolder, scripts: [answer("Rex.")] });
    await say("What is my dog called?");
    expect(sent()).toContain("My dog is called Rex.");
    expect(sent()).toContain("Hi Kim.");
    expect(last()).toBe("Rex.");
  });

  test("starts afresh with /new, keeping persona and model", async () => {
    const personas = [testPersona("assistant"), testPersona("tutor")];
    const { say, command, sent, core, model } = await testBot({
      personas,
      scripts: [answer("a"), answer("b"), answer("c")],
    });
    await command("persona", "tutor");
    await say("First secret");
    await command("new");
    await say("Second");
    expect(sent()).not.toContain("First secret");
    expect(model.requests.at(-1)?.instructions).toContain("You are tutor.");
    expect(core.personas.list()).toHaveLength(2);
  });

  test("takes the last exchange back with /undo, but nothing from before /new", async () => {
    const { say, command, last, sent } = await testBot({ scripts: [answer("1"), answer("2"), answer("3")] });
    await say("one");
    await command("new");
    await say("two");
    await command("undo");
    await command("undo");
    expect(last()).toBe("There is nothing to take back.");
    await say("three");
    expect(sent()).not.toContain("two");
  });

  test("answers one question after the other, in order, each seeing the answer before it", async () => {
    const { say, command, model, chat } = await testBot({ scripts: [[says("A"), "wait"], answer("B")] });
    const first = say("first");
    while (chat.posts.length === 0) await sleep(1);
    const second = say("second");
    await sleep(5);
    expect(model.requests).toHaveLength(1);
    await command("stop");
    await Promise.all([first, second]);
    expect(chat.posts.map((post) => post.answer.text)).toEqual(["A", "B"]);
    expect(JSON.stringify(model.requests[1]?.messages)).toContain('"A"');
  });

  test("shows a model's reasoning only where that is wanted", async () => {
    const scripts = [[{ type: "thinking", text: "Hm, tricky." } as const, ...answer("Four.")]];
    const hidden = await testBot({ scripts });
    await hidden.say("2+2?");
    expect(JSON.stringify(hidden.chat.posts)).not.toContain("tricky");
    const shown = await testBot({ scripts, settings: { showThinking: true } });
    await shown.say("2+2?");
    expect(shown.chat.posts[0]?.answer.thinking).toBe("Hm, tricky.");
  });

  test("keeps a direct message from a channel, and one channel from another", async () => {
    const { say, sent } = await testBot({ scripts: [answer("ok"), answer("ok"), answer("ok")] });
    await say("my PIN is 4711");
    await say("hello all", inChannel("Kim"));
    expect(sent()).not.toContain("4711");
    await say("hi", { ...inChannel("Kim"), thread: "fake:other" });
    expect(sent()).not.toContain("hello all");
  });

  test("names the writers in a channel", async () => {
    const { say, sent, model } = await testBot({ scripts: [answer("ok"), answer("ok")] });
    await say("I like tea", inChannel("Mina"));
    await say("and I coffee", inChannel("Jonas"));
    expect(sent()).toContain("Mina: I like tea");
    expect(sent()).toContain("Jonas: and I coffee");
    expect(model.requests[0]?.instructions).toContain("Several people write here");
  });
});
