import { pino } from "pino";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { createModels } from "../../src/providers/models.ts";
import { inChannel } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { startSseServer } from "../support/sse-server.ts";
import { testBot } from "../support/test-core.ts";
import { chatSays, claudeSays } from "./vendors.ts";

const blocked = {
  status: 403,
  page: "<html>Attention Required! Sorry, you have been blocked. No API key is invalid here.</html>",
};
const noEndpoint = {
  status: 404,
  json: { error: { message: "No endpoints found that support image input", code: 404 } },
};
const noRight = { status: 403, json: { error: { message: "Not for this project.", type: "forbidden" } } };
const noModel = { status: 404, json: { error: { message: "The model `one` does not exist." } } };

/** A bot whose first model is at a gateway, of this kind, and which has one that stands in, if it is to. */
async function openBot(kind: "openai-chat" | "anthropic" = "openai-chat", standIn = true) {
  const [gateway, other] = await Promise.all([startSseServer(), startSseServer()]);
  onTestFinished(async () => void (await Promise.all([gateway.stop(), other.stop()])));
  const cwd = makeFolder({
    "parlance.yaml": `
providers:
  a: { kind: ${kind}, baseUrl: "${gateway.url}", apiKey: key-chat-12345678 }
  b: { kind: openai-chat, baseUrl: "${other.url}", apiKey: key-chat-12345678 }
models: { smart: { model: a/one, fallback: [${standIn ? "b/two" : ""}] } }
`,
  });
  const models = createModels(loadConfig({ env: {}, cwd }), pino({ level: "silent" }));
  const bot = await testBot({ models });
  const says = kind === "anthropic" ? claudeSays : (text: string) => chatSays([text]);
  return {
    gateway,
    says,
    notices: () => bot.chat.posts.map(({ answer }) => answer.notices?.join(" ") ?? ""),
    /** Each question has its own person, and the second vendor would answer it. */
    ask: async (...questions: readonly string[]): Promise<void> => {
      for (const question of questions) {
        other.enqueue(chatSays(["B."]));
        await bot.say(question, inChannel(`who asks ${question}`));
      }
    },
  };
}

test.each([
  ["a firewall's page", "openai-chat", blocked],
  ["a firewall's page", "anthropic", blocked],
  ["what no endpoint takes", "openai-chat", noEndpoint],
] as const)(
  "%s, met by one question at %s, keeps the model from nobody else",
  async (_what, kind, refusal) => {
    const { gateway, says, ask, notices } = await openBot(kind);
    gateway.enqueue(refusal, says("A."), says("A."));
    await ask("<script>", "hello", "hello");
    expect(notices()).toEqual(["a/one did not take this; b/two answered.", "", ""]);
  },
);

test("a question that is not taken is told as that where nobody stands in", async () => {
  const { gateway, ask, notices } = await openBot("openai-chat", false);
  gateway.enqueue(blocked);
  await ask("<script>");
  expect(notices()).toEqual([
    "The model did not take this question as it is. Put it in other words, leave out pictures, or choose another model with /model.",
  ]);
});

test.each([
  ["without a right", noRight, "a/one refused our key; b/two answered."],
  ["that is not there", noModel, "a/one is not offered; b/two answered."],
])("a model %s is left out once a second question has met with it", async (_what, refusal, told) => {
  const { gateway, says, ask, notices } = await openBot();
  gateway.enqueue(says("A."), refusal, refusal, says("A."), refusal, refusal, says("never"));
  await ask("hello", "one", "one", "hello", "two", "three", "four");
  expect(notices()).toEqual(["", told, told, "", told, told, told]);
  expect(gateway.requests()).toHaveLength(6);
});

test("a model that has never answered is left out at once", async () => {
  const { gateway, says, ask, notices } = await openBot();
  gateway.enqueue(noModel, says("never"));
  await ask("one", "two");
  expect(notices()).toEqual(Array.from({ length: 2 }, () => "a/one is not offered; b/two answered."));
  expect(gateway.requests()).toHaveLength(1);
});
