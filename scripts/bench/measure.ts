import { setTimeout as sleep } from "node:timers/promises";
import type { Trip } from "./ledger.ts";
import { launch, type RunningBot, type Subject } from "./subject.ts";

/** How much is done in one round. */
export interface Effort {
  readonly warmUp: number;
  readonly answers: number;
  readonly inOneChat: number;
  readonly inEachOfTen: number;
  readonly chats: number;
}

/** What is measured; the keys name rows of the table. */
export type Measured = Readonly<Record<string, number>>;

/** A cold start, answers one after the other, or as many as it can give. */
export type Part = "start" | "answers" | "rush";

export async function measure(subject: Subject, effort: Effort, parts: readonly Part[]): Promise<Measured> {
  return {
    ...(parts.includes("start") && (await measureStart(subject))),
    ...(parts.some((part) => part !== "start") && (await measureRunning(subject, effort, parts))),
  };
}

async function measureStart(subject: Subject): Promise<Measured> {
  const bot = await launch(subject, { first: true });
  const trip = await bot.answered;
  await bot.stop();
  return { firstPoll: bot.firstPollMs, firstAnswer: (trip?.shown ?? Number.NaN) - bot.launchedAt };
}

async function measureRunning(subject: Subject, effort: Effort, parts: readonly Part[]): Promise<Measured> {
  const bot = await launch(subject);
  try {
    await sleep(1500);
    const idle = bot.memoryMb();
    await Promise.all([1, 2, 3, 4].map((chat) => askInTurn(bot, () => chat, effort.warmUp / 4)));
    await askInTurn(bot, (index) => -1 - (index % 5), effort.warmUp / 4);
    const answers = parts.includes("answers") && (await measureBoth(bot, effort));
    const rush = parts.includes("rush") && (await measureRush(bot, effort));
    return { idle, ...answers, ...rush };
  } finally {
    await bot.stop();
  }
}

async function measureBoth(bot: RunningBot, { answers }: Effort): Promise<Measured> {
  const direct = await measureAnswers(bot, (index) => 100 + (index % 20), answers);
  const group = await measureAnswers(bot, (index) => -100 - (index % 20), answers);
  return { ...named("direct", direct), ...named("group", group) };
}

async function measureRush(bot: RunningBot, effort: Effort): Promise<Measured> {
  const one = await messagesPerSecond(bot, { from: 1000, chats: 1, each: effort.inOneChat });
  const ten = await messagesPerSecond(bot, { from: 2000, chats: 10, each: effort.inEachOfTen });
  const many = await messagesPerSecond(bot, { from: 10_000, chats: effort.chats, each: 1 });
  return { one, ten, many, full: bot.memoryMb() };
}

const named = (where: string, values: Measured): Measured =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${where} ${name}`, value]));

/** One after the other, with a breath between them in which the bot finishes what nobody waits for. */
async function askInTurn(bot: RunningBot, chatOf: (index: number) => number, count: number): Promise<Trip[]> {
  const trips: Trip[] = [];
  for (let index = 0; index < count; index++) {
    trips.push(await bot.ask(chatOf(index)));
    await sleep(5);
  }
  return trips;
}

async function measureAnswers(
  bot: RunningBot,
  chatOf: (index: number) => number,
  count: number,
): Promise<Measured> {
  await sleep(200);
  const before = bot.cpuMs();
  const trips = await askInTurn(bot, chatOf, count);
  await sleep(200);
  const cpu = (bot.cpuMs() - before) / count;
  const begins = trips.map(({ asked, requested }) => requested - asked);
  const ends = trips.map(({ said, shown }) => shown - said);
  return {
    "begin p50": percentile(begins, 50),
    "begin p95": percentile(begins, 95),
    "end p50": percentile(ends, 50),
    "end p95": percentile(ends, 95),
    cpu,
  };
}

/** In every chat the next question comes when the one before is answered. */
async function messagesPerSecond(
  bot: RunningBot,
  { from, chats, each }: { from: number; chats: number; each: number },
): Promise<number> {
  await sleep(200);
  const began = performance.now();
  const inChat = async (chat: number): Promise<void> => {
    for (let count = 0; count < each; count++) await bot.ask(chat);
  };
  await Promise.all(Array.from({ length: chats }, (_, index) => inChat(from + index)));
  return (chats * each) / ((performance.now() - began) / 1000);
}

export function percentile(numbers: readonly number[], percent: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
