import { describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { createModels } from "../../src/providers/models.ts";
import { inChannel } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { say as says, stop } from "../support/scripted-model.ts";
import { testBot, type TestBotOptions, testPersona } from "../support/test-core.ts";

/** A bot with the real list of models; none of them is asked anything. */
function openBot(options: TestBotOptions = {}) {
  const cwd = makeFolder({
    "parlance.yaml": `
providers:
  openai: { apiKey: key-1234567890 }
  mine: { kind: openai-chat, baseUrl: "http://127.0.0.1:1/v1", models: { small: { window: 8000 } } }
models:
  cheap: { model: mine/small, description: answers on our own machine }
`,
  });
  const models = createModels(loadConfig({ env: {}, cwd }), createLog("silent"));
  return testBot({ models, ...options });
}

describe("/model", () => {
  test("lists the models with what they are good for, window and price, and says which is in use, and why", async () => {
    const { command, last, chat } = await openBot();
    await command("model");
    expect(last()).toBe(
      [
        "`openai/gpt-6-sol` answers here: it is the default.",
        "",
        "- `fast` (openai/gpt-6-luna): quick and cheap, for everyday questions · 1.05M tokens · $0.10 in, $0.50 out",
        "- **`smart` (openai/gpt-6-sol), in use**: thorough, for most things · 1.05M tokens · $2 in, $10 out",
        // Too new for the price list.
        "- `thinking` (openai/gpt-6.1-sol): slower and dearer, for what is hard",
        "- `cheap` (mine/small): answers on our own machine · 8k tokens",
        "",
        "Dollars are for a million tokens. `/model name` switches here; the name of any `provider/model` will do.",
      ].join("\n"),
    );
    expect(chat.posts.at(-1)?.answer.actions).toEqual([
      { label: "fast", token: "run:model fast" },
      { label: "thinking", token: "run:model thinking" },
      { label: "cheap", token: "run:model cheap" },
    ]);
  });

  test("tells the choice of the conversation, the channel and the persona apart", async () => {
    const personas = [testPersona("assistant", { model: "fast" })];
    const { command, last } = await openBot({ personas, access: { admins: ["fake:Kim"] } });
    await command("model");
    expect(last()).toContain("`openai/gpt-6-luna` answers here: it is the persona's own.");
    await command("model", "smart", inChannel("Kim"));
    expect(last()).toBe("`openai/gpt-6-sol` answers here now.");
    const thread = { ...inChannel("Kim"), thread: `${inChannel("Kim").thread}:9`, place: "thread" as const };
    await command("model", "", thread);
    expect(last()).toContain("`openai/gpt-6-sol` answers here: it was chosen for this channel.");
    await command("model", "cheap", thread);
    await command("model", "", thread);
    expect(last()).toContain("`mine/small` answers here: it was chosen in this conversation.");
    await command("model", "default", thread);
    expect(last()).toBe("`openai/gpt-6-sol` answers here: it was chosen for this channel.");
  });

  test.each([
    ["fats", /^There is no model "fats"\. Did you mean "fast"\?$/u],
    ["best", /^There is no model "best"\. Known: fast, smart, thinking, cheap, or provider\/model\.$/u],
    ["opnai/gpt-6-sol", /there is no provider "opnai"; did you mean "openai\/gpt-6-sol"\?/u],
    ["groq/llama", /"groq" is not set up here; set GROQ_API_KEY/u],
  ])("%s is no model, and nothing is switched", async (name, said) => {
    const { command, chat, last } = await openBot();
    await command("model", name);
    expect(chat.posts.at(-1)?.answer.notices.join("")).toMatch(said);
    await command("model");
    expect(last()).toContain("it is the default");
  });

  test("a name that nobody has heard of may be new: it is tried, and the nearest one offered", async () => {
    const { command, last, chat, handle } = await openBot();
    await command("model", "openai/gpt-6-sool");
    expect(last()).toBe(
      "`openai/gpt-6-sool` answers here now. I don't know it, so it may be misspelt: I know `openai/gpt-6-sol`. The next answer will tell.",
    );
    const token = chat.posts.at(-1)?.answer.actions[0]?.token ?? "";
    const press = { id: "p", type: "press", token, messageId: "0", channelName: "Kim" } as const;
    await handle({ ...press, thread: "fake:kim", place: "dm", author: { id: "fake:kim", name: "Kim" } });
    expect(last()).toBe("`openai/gpt-6-sol` answers here now.");
  });

  test("says which prices are missing while a budget in dollars holds, and what to do", async () => {
    const { command, last } = await openBot({ limits: { person: { usd: { day: 5 } } } });
    await command("model");
    expect(last()).toContain(
      "I don't know what openai/gpt-6.1-sol, mine/small cost, so I can't use them while a budget in dollars holds. Whoever runs me can write the price in parlance.yaml: `providers.<id>.models.<model>.price`.",
    );
  });
});

describe("a persona that fixes its model", () => {
  const personas = [
    testPersona("oracle", { name: "Oracle", model: "scripted/only", modelFixed: true }),
    testPersona("tutor"),
  ];

  test("says so and is not switched", async () => {
    const { command, last, chat } = await testBot({ personas });
    await command("model");
    expect(last()).toBe(
      "`scripted/only` answers here: it is the persona's own.\n\nOracle always answers with it, so it can't be switched. Another persona may be: /persona lists them.",
    );
    expect(chat.posts.at(-1)?.answer.actions).toEqual([]);
    await command("model", "smart");
    expect(chat.posts.at(-1)?.answer.notices).toEqual([
      "Oracle always answers with it, so it can't be switched. Another persona may be: /persona lists them.",
    ]);
  });

  test("answers with it whatever was chosen before, and offers no other for an answer", async () => {
    const { command, say, chat, core, handle } = await testBot({
      personas,
      scripts: [[says("42"), stop()]],
    });
    await command("persona", "tutor");
    await command("model", "other/model");
    const chosen = vi.spyOn(core.models, "choose");
    await say("oracle: what is it?");
    expect(chosen.mock.calls).toEqual([["scripted/only"]]);
    const token = chat.posts.at(-1)?.answer.actions.find(({ label }) => label === "Ask another")?.token ?? "";
    const press = { id: "p2", type: "press", token, messageId: "0", channelName: "Kim" } as const;
    await handle({ ...press, thread: "fake:kim", place: "dm", author: { id: "fake:kim", name: "Kim" } });
    expect(chat.posts.at(-1)?.answer.actions.map(({ label }) => label)).toEqual(["Oracle", "tutor"]);
  });
});
