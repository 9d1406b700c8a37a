import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ChatEmulator } from "./support/chat-emulator.ts";
import { root } from "./support/command-line.ts";
import { startDiscordEmulator } from "./support/discord/index.ts";
import { makeFolder } from "./support/folder.ts";
import { type LeakStage, messagesSeen, openLeakStage, type Seat, seatsIn } from "./support/leak-stage.ts";
import { findLeaks, type Sighting, tellLeak } from "./support/leaks.ts";
import { type PostgresServer, startPostgres } from "./support/postgres.ts";
import { type RunningParlance, startParlance } from "./support/process.ts";
import { startSlackEmulator } from "./support/slack/index.ts";
import { startTelegramEmulator } from "./support/telegram/index.ts";

let chats: readonly ChatEmulator[];
let stage: LeakStage;
let seats: readonly Seat[];
let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.close());

/** One persona that remembers, and one that does not and has pictures read to it. */
const files = (address: string) => ({
  "personas/assistant.yaml":
    "name: Assistant\ndescription: Knows people.\ninstructions: Answer.\nmemory: read-write\nimages: native\n",
  "personas/plain.yaml":
    "name: Plain\ndescription: Knows nobody.\ninstructions: Answer.\nimages: transcribe\nlanguages: [en]\n",
  "parlance.yaml": [
    `providers: { openai: { baseUrl: ${address}, apiKey: sk-test } }`,
    "access: { servers: open }",
    "channels: { slack: { answers: plain } }",
    "limits: { person: { messages: { minute: 1000 } } }",
    "",
  ].join("\n"),
});

/** A step at every seat that takes part in it, all at once. */
const everywhere = (
  step: (seat: Seat) => Promise<unknown>,
  takesPart: (seat: Seat) => boolean = () => true,
): Promise<unknown> => Promise.all(seats.filter(takesPart).map(step));

async function setUp(): Promise<{ cwd: string; env: Record<string, string> }> {
  chats = await Promise.all([
    startTelegramEmulator(),
    startDiscordEmulator({ bucket: { calls: 100, ms: 1_000 } }),
    startSlackEmulator(),
  ]);
  stage = await openLeakStage();
  seats = seatsIn(chats);
  const cwd = makeFolder(files(stage.server.openAiUrl));
  const environment = Object.assign({}, ...chats.map((chat) => chat.environment)) as Record<string, string>;
  return { cwd, env: { ...environment, PARLANCE_PERSONAS: join(cwd, "personas") } };
}

const seat = (platform: string, as: string): Seat => {
  const found = seats.find(
    (each) => each.chat.platform === platform && each.as === as && each.place === "dm",
  );
  if (!found) throw new Error(`nobody is ${as} on ${platform}`);
  return found;
};

const picture = (name: string): Uint8Array => readFileSync(join(root, "test/fixtures/ocr", name));

/**
 * Everyone tells and has remembered what only their place or they themselves may know again. In the thread, one person
 * tells and the other has remembered: a group on Telegram takes 20 messages a minute.
 */
async function confide(): Promise<void> {
  await everywhere(stage.tell, ({ place, as }) => place !== "thread" || as === "Kim");
  await Promise.all([
    stage.show(seat("telegram", "Kim"), picture("subtitle-en.jpg"), "never told me why"),
    stage.show(seat("slack", "Mina"), picture("document.png"), "will write to the printer"),
  ]);
  await everywhere(stage.remember, ({ place, as }) => place !== "thread" || as === "Mina");
  await everywhere(stage.note, ({ place }) => place !== "thread");
  await everywhere(stage.share, ({ place }) => place === "dm");
}

/** Everyone asks everywhere, in another order than before, one persona and the other, and looks at what is remembered. */
async function pry(asker: string): Promise<void> {
  seats = seats.toReversed();
  const isFirst = ({ place, as }: Seat): boolean => place !== "thread" || as === asker;
  await everywhere((each) => stage.ask(each, { text: "what do you know about me?" }), isFirst);
  const isSecond = ({ place, as }: Seat): boolean => place === "dm" || as !== asker;
  await everywhere((each) => stage.ask(each, { text: "plain: what do you know about us?" }), isSecond);
  await everywhere(stage.list, ({ place, as }) => place === "dm" || (place === "channel" && as === asker));
}

function expectNoLeaks(): void {
  const requests = stage.requests();
  const messages = messagesSeen(seats);
  const leaks = findLeaks(stage.secrets, [...requests, ...stage.shown]);
  expect(leaks.map(tellLeak)).toEqual([]);
  // What a person had the bot list stands in a channel for all: there, it must be somebody's own.
  const unowned = messages.filter(
    (each) => findLeaks(stage.secrets, [each]).length > 0 && !isSomebodys(each),
  );
  expect(unowned).toEqual([]);
}

const isSomebodys = (message: Sighting): boolean =>
  seats
    .filter(({ room }) => room === message.place)
    .some(({ person }) => findLeaks(stage.secrets, [{ ...message, person }]).length === 0);

/** What belongs in a place is there again: a bot that forgets everything leaks nothing either. */
function expectAllKnown(): void {
  const requests = stage.requests();
  const told = stage.secrets.filter(({ word }) => !word.startsWith("ans"));
  for (const { word, saidIn, fact } of told) {
    const places = requests.filter(({ text }) => text.includes(word)).map(({ place }) => place);
    if (saidIn !== undefined)
      expect(places.filter((place) => place === saidIn).length, `${word} in ${saidIn}`).toBeGreaterThan(1);
    if (fact)
      expect(places, `${word} about ${fact.of}`).toContain(fact.onlyIn ?? `${fact.of.split(" ")[0]} channel`);
  }
}

async function tearDown(processes: readonly RunningParlance[]): Promise<void> {
  const ended = await Promise.all(processes.map((each) => each.end()));
  await Promise.all([...chats.map((chat) => chat.stop()), stage.server.stop()]);
  for (const { code } of ended) expect(code).toBe(0);
}

test("nobody's talk or memory reaches another's place, also after a restart", async () => {
  const { cwd, env } = await setUp();
  const start = () => startParlance({ ...env, PARLANCE_DATA: join(cwd, "data") }, cwd);
  let bot = start();
  try {
    await Promise.all(chats.map((chat) => chat.ready()));
    await confide();
    await pry("Kim");
    await bot.end();
    bot = start();
    await Promise.all(chats.map((chat) => chat.ready()));
    await pry("Mina");
    expectNoLeaks();
    expectAllKnown();
  } finally {
    await tearDown([bot]);
  }
}, 240_000);

test("nor does it with three processes on one Postgres", async () => {
  const { cwd, env } = await setUp();
  const DATABASE_URL = await postgres.createStoreDatabase();
  const bots = [1, 2, 3].map((number) =>
    startParlance({ ...env, DATABASE_URL, PARLANCE_DATA: join(cwd, `data-${number}`) }, cwd),
  );
  try {
    await Promise.all(chats.map((chat) => chat.ready()));
    await confide();
    await pry("Kim");
    expectNoLeaks();
    expectAllKnown();
  } finally {
    await tearDown(bots);
  }
}, 240_000);
