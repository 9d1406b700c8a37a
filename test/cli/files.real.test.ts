import { join } from "node:path";
import { expect, test } from "vitest";
import { secretOf, novel } from "../support/book.ts";
import type { ChatEmulator } from "../support/chat-emulator.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { startParlance } from "../support/process.ts";
import { until } from "../support/until.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

/** Right of the first chapter, and of no other. */
const cites = 'The keeper hid it in the well [s4 "keeper found the beryl of harbour 1 and hid it"].';

test("a book is sent, cited, read on by the platform's own command, listed and dropped by a button, on every platform", async () => {
  const chats = await Promise.all([startTelegramEmulator(), startDiscordEmulator(), startSlackEmulator()]);
  const server = await startModelServer({ fallback: { content: cites } });
  const cwd = makeFolder({
    "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\n`,
  });
  const environment = Object.assign({}, ...chats.map((chat) => chat.environment)) as Record<string, string>;
  const bot = startParlance({ ...environment, PARLANCE_DATA: join(cwd, "data") }, cwd);
  try {
    await Promise.all(chats.map((chat) => chat.ready()));
    for (const chat of chats) await readOn(chat, server);
  } finally {
    const { code } = await bot.end();
    await Promise.all([...chats.map((chat) => chat.stop()), server.stop()]);
    expect(code).toBe(0);
  }
});

async function readOn(chat: ChatEmulator, server: ModelServer): Promise<void> {
  const sent = (): string => JSON.stringify(server.requests().at(-1)?.chat.messages ?? []);
  const saw = (text: string) => () => chat.seen().some((seen) => seen.fromBot && seen.text.includes(text));
  const data = Buffer.from(novel(8, 6_000));
  const files = [{ name: "book.txt", mimeType: "text/plain", data }];
  await chat.say({ text: "/read", files });
  await until(`${chat.platform} begins to read`, saw("We read book.txt together: 8 chapters"));
  await until(`${chat.platform} has its answer`, saw("openai/"));
  const answer = chat.seen().find(({ text }) => text.includes("hid it in the well [1]"));
  expect(answer?.text, chat.platform).toMatch(/\[1\] book\.txt, ch\. 1(?! \()/u);
  await chat.press(answer?.id ?? "", "Passages");
  await until(`${chat.platform} shows the passage`, saw("and hid it in the well."));
  expect(sent(), chat.platform).not.toContain(secretOf(2));
  await chat.command("read", "next");
  await until(`${chat.platform} reads on`, () => sent().includes(secretOf(2)));
  expect(sent(), chat.platform).not.toContain(secretOf(3));
  await chat.command("read", "where");
  await until(`${chat.platform} tells where`, saw("(2 of 8)"));
  await chat.command("files", "");
  await until(`${chat.platform} lists it`, saw("8 chapters · about"));
  const list = chat.seen().find(({ text }) => text.includes("8 chapters · about"));
  await chat.press(list?.id ?? "", "Drop 1");
  await until(`${chat.platform} drops it`, saw("Dropped: book.txt."));
  expect(chat.complaints, chat.platform).toEqual([]);
}
