import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { ChatEmulator, Seen } from "../support/chat-emulator.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { makeFolder } from "../support/folder.ts";
import { startModelServer } from "../support/model-server.ts";
import { startParlance } from "../support/process.ts";
import { until } from "../support/until.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import { root } from "../support/command-line.ts";

const cards = "단어;word\n외우다;to memorise";
const table = [
  "Both are planned, one is certain:",
  "",
  "| form | meaning | how sure |",
  "| --- | --- | --- |",
  "| -(으)ㄹ 거예요 | will, be going to | planned |",
  "| -겠어요 | will, I'd say | decided now |",
  "",
  "```text",
  "내일 갈 거예요.  I'm going tomorrow.",
  "제가 가겠어요.   I'll go.",
  "```",
].join("\n");

const questions = [
  { ask: "vocab: 단어를 외웠어요.", answer: cards },
  { ask: "What is the difference between -(으)ㄹ 거예요 and -겠어요?", answer: table },
];

/** What stands in a chat, as a person reads it. */
const transcript = (seen: readonly Seen[]): string =>
  seen
    .map(({ author, text, buttons }) => {
      const below = buttons.length > 0 ? `\n${buttons.map((label) => `( ${label} )`).join(" ")}` : "";
      return `${author}:\n${`${text}${below}`.replaceAll(/^(?=.)/gmu, "    ")}`;
    })
    .join("\n\n");

test("the transcripts in the docs are what people see", async () => {
  const chats = await Promise.all([startTelegramEmulator(), startDiscordEmulator(), startSlackEmulator()]);
  const server = await startModelServer();
  const cwd = makeFolder({
    "parlance.yaml": `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }\n`,
  });
  const environment = Object.assign({}, ...chats.map((chat) => chat.environment)) as Record<string, string>;
  const bot = startParlance({ ...environment, PARLANCE_DATA: join(cwd, "data") }, cwd);
  const page = [
    "# Transcripts",
    "",
    "What people see, word for word: made by a test that talks to the bot over each platform's protocol. The model's words are the test's.",
  ];
  try {
    await Promise.all(chats.map((chat) => chat.ready()));
    for (const chat of chats)
      page.push(
        "",
        `## ${names[chat.platform] ?? chat.platform}`,
        "",
        "````text",
        await talk(chat, server),
        "````",
      );
  } finally {
    await bot.end();
    await Promise.all([...chats.map((chat) => chat.stop()), server.stop()]);
  }
  await expect(`${page.join("\n")}\n`).toMatchFileSnapshot(join(root, "docs/transcripts.md"));
});

const names: Readonly<Record<string, string>> = { telegram: "Telegram", discord: "Discord", slack: "Slack" };

/** One question after the other in a direct message; each is answered before the next. */
async function talk(
  chat: ChatEmulator,
  server: Awaited<ReturnType<typeof startModelServer>>,
): Promise<string> {
  // Kim learns Korean, and reads English: Discord tells of that with a command alone.
  chat.chooseLocale("Kim", "en-US");
  await chat.command("help", "");
  await until(`${chat.platform} has helped`, () => chat.seen().some(({ fromBot }) => fromBot));
  const sections: string[] = [];
  for (const { ask, answer } of questions) {
    server.enqueue({ content: answer, usage: { input_tokens: 812, output_tokens: 96 } });
    const before = chat.seen().length;
    await chat.say({ text: ask });
    const last = (): Seen | undefined => chat.seen().at(-1);
    await until(
      `${chat.platform} has answered`,
      () => last()?.fromBot === true && last()?.buttons.includes("Again") === true,
    );
    // Whatever else would come has come by now.
    await sleep(300);
    sections.push(transcript(chat.seen().slice(before)));
  }
  return sections.join("\n\n");
}
