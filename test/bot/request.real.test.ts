import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { createOpenAiResponses } from "../../src/providers/openai-responses.ts";
import { createModels } from "../../src/providers/models.ts";
import { attachment, inChannel, png } from "../support/events.ts";
import { fakeAdapter } from "../support/fake-adapter.ts";
import { makeFolder } from "../support/folder.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { type TestBot, testBot, testPersona } from "../support/test-core.ts";

/** What vendors really get, as their own clients send it to a server. */

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(() => server.stop());

const vendors = [
  ["OpenAI's Responses", "openai/gpt-6.1-sol"],
  ["Chat Completions", "small/model"],
  ["Anthropic's Messages", "anthropic/claude-sonnet-5-5"],
] as const;

function vendorBot(model: string): Promise<TestBot> {
  const cwd = makeFolder({
    "parlance.yaml": [
      "providers:",
      `  openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test }`,
      `  small: { kind: openai-chat, baseUrl: ${server.openAiUrl}, apiKey: sk-test }`,
      `  anthropic: { baseUrl: ${server.url}, apiKey: sk-ant-test }`,
    ].join("\n"),
  });
  const persona = testPersona("assistant", {
    instructions: "Be kind to {{user}}. It is {{time}}, {{date}}.",
    model,
    memory: "read-write",
    examples: [{ user: "hi", assistant: "hello" }],
  });
  return testBot({
    models: createModels(loadConfig({ env: {}, cwd }), createLog("silent")),
    personas: [persona],
    chat: fakeAdapter({ uploads: true }),
  });
}

type Body = Readonly<Record<string, unknown>>;

const lastBody = (): Body => server.requests().at(-1)?.body ?? {};

/** A request without cache marks: all but its last message, and its messages. */
function taken({ messages, input, ...rest }: Body): { messages: readonly unknown[]; rest: string } {
  const unmarked = JSON.parse(
    JSON.stringify({ messages: messages ?? input, rest }, (name, value: unknown) =>
      name === "cache_control" ? undefined : value,
    ),
  ) as { messages: readonly unknown[]; rest: unknown };
  return { messages: unmarked.messages, rest: JSON.stringify(unmarked.rest) };
}

describe.each(vendors)("over %s", (_, model) => {
  const shared = (index: number) => inChannel(index % 2 === 0 ? "kim" : "mina");

  test.each([
    ["a direct message", () => ({})],
    ["a channel, where two people ask in turn", shared],
  ])("a request begins, byte for byte, as the one before it in %s", async (_place, where) => {
    const { say, command } = await vendorBot(model);
    await command("memory", "add Likes tea.", where(0));
    await command("memory", "add Likes coffee.", where(1));
    let before: ReturnType<typeof taken> | undefined;
    for (let index = 0; index < 20; index++) {
      await say(`question ${index}`, where(index));
      const now = taken(lastBody());
      if (before) {
        expect(now.rest).toBe(before.rest);
        const prefix = JSON.stringify(before.messages.slice(0, -1)).slice(0, -1);
        expect(JSON.stringify(now.messages).startsWith(prefix)).toBe(true);
      }
      before = now;
    }
    expect(JSON.stringify(before)).toMatch(/Likes (?:tea|coffee)/u);
  });

  test.each([
    ["a direct message", {}],
    ["a channel", inChannel("kim")],
  ])("`/context full` is the next request but for its message, in %s", async (_place, where) => {
    const { say, command, chat, core } = await vendorBot(model);
    if (!("thread" in where)) await command("memory", "add Likes tea.");
    server.enqueue({ toolCalls: [{ name: "remember", arguments: '{"fact":"Has a dog."}' }] });
    await say("I have a dog, remember that", where);
    await say("look", { ...where, attachments: [attachment("a.png", png, "image/png")] });
    // What is learned here is of the one who asks, and left out of the file where others read along.
    if ("thread" in where) await core.store.facts.remove("fake:kim", [(await firstFact(core)) ?? ""]);
    await command("context", "full", where);
    const file = chat.posts.at(-1)?.file;
    expect(file?.name).toBe("request.json");
    const shown = Buffer.from(file?.data ?? []).toString("utf8");
    expect(shown).not.toMatch(/sk-|api.?key/iu);
    await say("and what is its name?", where);
    expect(JSON.parse(shown.replace("(your next message)", "and what is its name?"))).toEqual(lastBody());
  });
});

const firstFact = async (core: TestBot["core"]): Promise<string | undefined> =>
  (await core.store.facts.list("fake:kim"))[0]?.id;

test("in a channel, what is known about the person who asks is left out, and that is said", async () => {
  const { say, command, chat } = await vendorBot("openai/gpt-6.1-sol");
  await command("memory", "add Likes tea.", inChannel("kim"));
  await say("hi", inChannel("kim"));
  await command("context", "full", inChannel("kim"));
  const [text, file] = chat.posts.slice(-2);
  expect(text?.answer.text).toContain("What I remember about you is left out");
  const shown = Buffer.from(file?.file?.data ?? []).toString("utf8");
  expect(shown).not.toContain("tea");
  expect(shown).toContain("left out here");
});

test("OpenAI is told which requests begin alike, by a name that tells nobody's", async () => {
  const provider = await createOpenAiResponses({ id: "openai", apiKey: "sk-test" });
  const message = (text: string) => ({ role: "user", parts: [{ type: "text", text }] }) as const;
  const keyOf = async (...texts: string[]) => {
    const request = {
      model: "m",
      instructions: "x",
      messages: texts.map(message),
      stableMessages: 0,
      tools: [],
    };
    const body = await provider.body(request, new AbortController().signal);
    return "prompt_cache_key" in body ? body.prompt_cache_key : undefined;
  };
  expect(await keyOf("hi")).toMatch(/^[\da-f]{32}$/u);
  expect(await keyOf("hi", "and?")).toBe(await keyOf("hi"));
  expect(await keyOf("hello")).not.toBe(await keyOf("hi"));
});
