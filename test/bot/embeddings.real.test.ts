import { describe, expect, test } from "vitest";
import { createEmbeddings } from "../../src/providers/create.ts";
import { startEmbeddingServer } from "../support/embedding-server.ts";
import { answer, attachment } from "../support/events.ts";
import { makeFolder } from "../support/folder.ts";
import { turnId } from "../support/turns.ts";
import { testBot, type TestBot, type TestBotOptions, testPersona } from "../support/test-core.ts";

/** English, and one chapter of it tells of a lighthouse and amber. */
const english = Array.from({ length: 60 }, (_, index) => {
  const told = index === 41 ? "The lighthouse keeper buried the amber." : "They rowed on and said little.";
  return `Chapter ${index + 1}\n\n${"It was a grey day. ".repeat(80)}\n\n${told}`;
});
const book = attachment("book.txt", Buffer.from(english.join("\n\n")));
const lastMessage = ({ model }: TestBot) => JSON.stringify(model.requests.at(-1)?.messages.at(-1));

async function openBot(options: TestBotOptions = {}) {
  const server = await startEmbeddingServer();
  const entry = { kind: "openai-chat", baseUrl: server.url, apiKey: "sk-test" } as never;
  const embeddings = await createEmbeddings("lab", entry, "embed");
  return { server, embeddings, bot: await testBot({ ...options, embeddings }) };
}

describe("with a model that embeds", () => {
  test("a question finds what an English book says in any language; its vectors stay with it and are paid for", async () => {
    const dataFolder = makeFolder();
    const { server, embeddings, bot } = await openBot({ dataFolder, scripts: [answer("1")] });
    await bot.say("등대지기는 호박석을 어디에 두었나요?", { attachments: [book] });
    expect(lastMessage(bot)).toMatch(/\[s\d+\] ch\. 42\\n.*buried the amber/u);
    const passages = server.asked.slice(1).flat().length;
    expect(passages).toBeGreaterThan(100);
    const accounts = await bot.core.store.people.accounts("fake:kim");
    const embedded = accounts.filter(({ model }) => model === "lab/embed");
    expect(embedded.map(({ usage }) => usage.inputTokens)).toEqual([10, 10 * passages]);
    await bot.bot.stop();
    await bot.core.store.close();

    const again = await testBot({ dataFolder, embeddings, scripts: [answer("2"), answer("3")] });
    server.asked.length = 0;
    await again.say("灯台の話はどこにありますか?");
    expect(lastMessage(again)).toContain("buried the amber");
    expect(server.asked).toEqual([["灯台の話はどこにありますか?"]]);
    // Where it fails, words have to do, and nobody is troubled with it.
    server.fails = 500;
    await again.say("Who buried something, and what?");
    expect(lastMessage(again)).toContain("buried the amber");
    expect(again.chat.posts.at(-1)?.answer.notices).toEqual([]);
  });

  test("facts that mean what is asked are chosen, whatever language they were told in", async () => {
    const personas = [testPersona("assistant", { memory: "read" })];
    const { bot } = await openBot({ personas, scripts: [answer("ok")], settings: { memoryTokens: 60 } });
    const texts = [
      "Has an allergy to nuts.",
      ...Array.from({ length: 12 }, (_, n) => `Owns a boat number ${n}.`),
    ];
    for (const [n, text] of texts.entries())
      await bot.core.store.facts.add("fake:kim", {
        id: turnId(n),
        text,
        at: new Date(n),
        persona: "assistant",
        place: "dm",
      });
    await bot.say("제 알레르기 기억하세요?");
    expect(bot.sent()).toContain("Has an allergy to nuts.");
  });
});
