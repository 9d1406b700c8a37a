import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatEmulator, Seen } from "../support/chat-emulator.ts";
import { root } from "../support/command-line.ts";
import { startDiscordEmulator } from "../support/discord/index.ts";
import { type ModelServer, startModelServer } from "../support/model-server.ts";
import { type RunningParlance, startOn } from "../support/process.ts";
import { startSlackEmulator } from "../support/slack/index.ts";
import { startTelegramEmulator } from "../support/telegram/index.ts";
import { play, type Scene, transcript } from "../support/using/scene.ts";
import { scenes } from "../support/using/scenes.ts";

const platforms = [
  ["Telegram", startTelegramEmulator],
  ["Discord", startDiscordEmulator],
  ["Slack", startSlackEmulator],
] as const;

/** The scenes as they were played, by platform and title. */
const played = new Map<string, readonly Seen[]>();

const chats = new Map<string, ChatEmulator>();
let server: ModelServer;
let search: Awaited<ReturnType<typeof startSearch>>;
let folder: string;
let bot: RunningParlance;

beforeAll(async () => {
  await Promise.all(platforms.map(async ([platform, start]) => chats.set(platform, await start())));
  [server, search] = await Promise.all([startModelServer(), startSearch()]);
  folder = await mkdtemp(join(tmpdir(), "parlance-using-"));
  await writeFile(join(folder, "parlance.yaml"), settings(server, search.url));
  bot = await startOn([...chats.values()], folder);
});

afterAll(async () => {
  await bot.end();
  search.stop();
  const stops = [...chats.values()].map((chat) => chat.stop());
  await Promise.all([...stops, server.stop(), rm(folder, { recursive: true })]);
});

describe.each(platforms)("on %s", (platform) => {
  test.each(scenes.map((scene) => [scene.title, scene] as const))("%s", async (title, scene) => {
    const chat = chats.get(platform);
    if (!chat) throw new Error(`there is no ${platform}`);
    const seen = await play(chat, server, scene);
    played.set(`${platform} ${title}`, seen);
    const read = seen.map(({ text, buttons }) => `${text}\n${buttons.join("\n")}`).join("\n");
    for (const text of scene.shows) expect(read).toContain(text);
    // Played faster than people press.
    expect(chat.complaints.filter((each) => !each.startsWith("too many calls"))).toEqual([]);
  });

  test("its transcripts are those of the last time", async () => {
    const parts = scenes.flatMap(({ title }) => ["", `## ${title}`, "", ...fenced(platform, title)]);
    const page = [`# Using Parlance on ${platform}`, ...parts].join("\n");
    await expect(`${page}\n`).toMatchFileSnapshot(join(root, `test/cli/using/${platform.toLowerCase()}.md`));
  });
});

test("docs/using.md tells each with its transcript", async () => {
  const page = [
    "# Using Parlance",
    "",
    "What people can do in a chat with the bot. Every command works as the platform's own command, as text and in the terminal; in Slack it stands behind `/parlance`. The transcripts are made by a test that talks to the bot over each platform's protocol; the models' words in them are the test's. The bot speaks the language that a person's app is set to, else the one they write in ([languages](languages.md)).",
    ...scenes.flatMap((scene, index) =>
      section(scene, platforms[index % platforms.length]?.[0] ?? "Telegram"),
    ),
    "",
    "## Ask several models at once",
    "",
    "`/council question` has several models answer at once, each rank the others' answers, and one sum up: what all share, where they disagree, and a table of ranks. `/council fast, smart: …` names them. What it may cost is asked first. [More about it](council.md).",
    "",
    "````text",
    (await readFile(join(root, "test/council/telegram.txt"), "utf8")).trimEnd(),
    "````",
  ];
  await expect(`${page.join("\n")}\n`).toMatchFileSnapshot(join(root, "docs/using.md"));
});

const section = ({ title, text }: Scene, platform: string): readonly string[] => [
  "",
  `## ${title}`,
  "",
  text,
  "",
  ...fenced(platform, title),
];

const settings = ({ openAiUrl }: { openAiUrl: string }, searxng: string): string =>
  [
    "access: { servers: open }",
    "ocr: { seconds: 100 }",
    `providers: { openai: { baseUrl: ${openAiUrl}, apiKey: sk-test } }`,
    `search: { backends: [{ searxng: ${searxng} }] }`,
    "",
  ].join("\n");

/** A search of one page, as SearXNG answers. */
async function startSearch(): Promise<{ readonly url: string; stop(): void }> {
  const found = {
    url: "https://towers.example/eiffel",
    title: "Eiffel Tower",
    content: "The Eiffel Tower is 330 metres tall. It was completed on 31 March 1889.",
  };
  const server = createServer((_, response) => response.end(JSON.stringify({ results: [found] })));
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => void server.close(),
  };
}

const fenced = (platform: string, title: string): readonly string[] => [
  "````text",
  withoutChance(transcript(played.get(`${platform} ${title}`) ?? [])),
  "````",
];

/** What is another at each run stands as what it was once. */
const withoutChance = (text: string): string =>
  text
    .replaceAll(/\d{4}-\d{2}-\d{2}/gu, "2026-11-26")
    .replaceAll(/[A-Z][a-z]+ \d{1,2}, 20\d{2}/gu, "November 26, 2026")
    .replaceAll(/\b\d{17,20}\b/gu, "123456789012345678")
    .replaceAll(/\b\d{10}\.\d{6}\b/gu, "1700000000.000001")
    .replaceAll(/\bp\d{16}\b/gu, "p1700000000000001")
    .replaceAll(/\d+\.\d s\b/gu, "1.2 s")
    .replaceAll(/\b[A-Z0-9]{3}-[A-Z0-9]{3}-[A-Z0-9]{3}\b/gu, "RGM-HUC-48Q");
