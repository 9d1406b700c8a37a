import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatEmulator, Seen } from "../support/chat-emulator.ts";
import { root } from "../support/command-line.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { type RunningParlance, startOn } from "../support/process.ts";
import { until } from "../support/until.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";

const platforms = [
  ["Telegram", startTelegramEmulator],
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
] as const;

const before = `**Subtitle**
오늘은 일찍 들어올 거지?
저녁 같이 먹자.

**Translation**
You're coming home early today, right?
Let's have dinner together.`;
const after = before.replace("저녁 같이 먹자.", "점심 같이 먹자.").replace("dinner", "lunch");

const chats = new Map<string, ChatEmulator>();
let server: ModelServer;
let folder: string;
let bot: RunningParlance;

/** The subtitle helper with real OCR and a models' server, on all platforms at once: it loads its languages once. */
beforeAll(async () => {
  await Promise.all(platforms.map(async ([platform, start]) => chats.set(platform, await start())));
  server = await startModelServer();
  folder = await mkdtemp(join(tmpdir(), "parlance-subtitle-"));
  const settings = [
    "access: { servers: open }",
    "persona: subtitle-helper",
    "ocr: { seconds: 100 }",
    `providers: { openai: { baseUrl: ${server.openAiUrl}, apiKey: sk-test } }`,
  ];
  await writeFile(join(folder, "parlance.yaml"), `${settings.join("\n")}\n`);
  bot = await startOn([...chats.values()], folder);
});

afterAll(async () => {
  await bot.end();
  const stops = [...chats.values()].map((chat) => chat.stop());
  await Promise.all([...stops, server.stop(), rm(folder, { recursive: true })]);
});

/** A platform where the picture has been sent and answered. */
async function sendPicture(platform: string) {
  const chat = chats.get(platform);
  if (!chat) throw new Error(`there is no ${platform}`);
  server.enqueue({ content: before }, { content: after });
  const data = await readFile(join(root, "personas/samples/subtitle-ko.jpg"));
  const question = await chat.say({ text: "", files: [{ name: "frame.jpg", mimeType: "image/jpeg", data }] });
  const fromBot = (): readonly Seen[] => chat.seen().filter((each) => each.fromBot && each.text !== "");
  const shows = (text: string): boolean => fromBot().some((each) => each.text.includes(text));
  await until("the picture is answered", () => shows("Let's have dinner together."));
  await until("its buttons are there", () => fromBot().at(-1)?.buttons.includes("Stop") === false);
  return { chat, question, fromBot, shows };
}

describe.each(platforms)("a subtitle on %s", (platform) => {
  test("is transcribed, corrected by a reply, and taken apart, in this order", async () => {
    const { chat, question, fromBot, shows } = await sendPicture(platform);
    const [transcript, answer, ...others] = fromBot();
    expect(transcript?.text).toMatch(/오늘은 일찍 들어올 거지\?\s+(?:> )?저녁 같이 먹자\./u);
    expect(transcript?.buttons).toEqual(["Fix"]);
    expect(answer?.text).toContain("Let's have dinner together.");
    expect(others).toEqual([]);
    expect(JSON.stringify(server.requests().at(-1)?.chat)).toContain("[Text read in picture 1]");

    // Slack's replies are messages of the thread.
    const replyTo = platform === "Slack" ? question : transcript?.id;
    await chat.say({ text: "점심 같이 먹자.", ...(replyTo !== undefined && { replyTo }) });
    await until("the correction is answered", () => shows("Let's have lunch together."));
    const [corrected, anew, ...more] = fromBot();
    expect(corrected).toMatchObject({ id: transcript?.id });
    expect(corrected?.text).toMatch(/오늘은 일찍 들어올 거지\?\s+(?:> )?점심 같이 먹자\./u);
    expect(anew).toMatchObject({ id: answer?.id });
    expect(more).toEqual([]);
    const asked = JSON.stringify(server.requests().at(-1)?.chat);
    expect(asked).toContain(
      "corrected by the person who sent it]\\n오늘은 일찍 들어올 거지?\\n점심 같이 먹자.",
    );

    await chat.press(transcript?.id ?? "", "Fix");
    await until("it is told how to correct", () => shows("2: 점심 같이 먹자."));
    expect(chat.complaints.filter((each) => !each.startsWith("too many calls"))).toEqual([]);
  });
});
