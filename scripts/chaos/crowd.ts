/** A thousand people write at once: everybody is answered, nobody waits in silence, and memory stays bounded. */
import { setTimeout as sleep } from "node:timers/promises";
import type { TelegramEmulator } from "../../test/support/telegram/index.ts";
import { type Asked, faultsOf, isAnswered, judge, type Shown } from "./check.ts";
import { write } from "./questions.ts";
import { createChance } from "./random.ts";
import { openStage, type StoreKind } from "./stage.ts";

export interface CrowdOptions {
  readonly people: number;
  readonly store: StoreKind;
  readonly processes: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

/** What came of it; times in milliseconds, memory in bytes. */
export interface CrowdResult {
  readonly asked: number;
  readonly answered: number;
  readonly lastAnswerMs: number;
  /** From the question to the first sign, each person's. */
  readonly firstSignsMs: readonly number[];
  /** The longest that anyone saw nothing at all. */
  readonly longestSilenceMs: number;
  readonly memory: {
    readonly before: number;
    readonly peakBefore: number;
    readonly after: number;
    readonly peak: number;
  };
  readonly errors: readonly string[];
  readonly faults: readonly string[];
}

/** How long a sign of work can be seen, in milliseconds; what is not listed stays. */
const lasts: Readonly<Record<string, number>> = {
  sendChatAction: 5_000,
  sendMessageDraft: 30_000,
  sendRichMessageDraft: 30_000,
};
const signs = /^(?:send(?:Rich)?Message(?:Draft)?|sendChatAction|editMessageText)$/u;
const longestMs = 240_000;

/** One person, and until when they see something. */
interface Waiting {
  readonly question: Asked;
  readonly askedAt: number;
  firstSignAt?: number;
  seesUntil: number;
  silenceMs: number;
  isDone: boolean;
}

export async function runCrowd(options: CrowdOptions): Promise<CrowdResult> {
  const chance = createChance(options.seed);
  const waiting = new Map<number, Waiting>();
  const stage = await openStage({
    store: options.store,
    processes: options.processes,
    platforms: ["telegram"],
    model: { everyMs: 200, placeOf: () => undefined, secrets: () => [] },
  });
  try {
    const { telegram, actors } = stage;
    if (!telegram) throw new Error("there is no Telegram");
    await stage.ready();
    await sleep(2_000);
    const memory = (what: "peak" | "now"): number =>
      Math.max(...actors.map(({ parlance }) => parlance.memory()[what]));
    const before = { before: memory("now"), peakBefore: memory("peak") };
    const began = performance.now();
    let heard = telegram.calls.length;
    const watching = setInterval(() => void (heard = watch(telegram, waiting, heard)), 25);
    for (let index = 0; index < options.people && !options.signal.aborted; index++) {
      await ask(telegram, waiting, { id: `Q${chance.letters(8)}`, name: `Person ${index}` });
      // All within a second.
      if (index % 50 === 49)
        await sleep(Math.max(0, (index / options.people) * 950 - (performance.now() - began)));
    }
    let lastAnswerMs = 0;
    while (performance.now() - began < longestMs && !options.signal.aborted) {
      await sleep(250);
      const left = lookForAnswers(telegram, waiting);
      options.tell(`${waiting.size - left} of ${waiting.size} answered`);
      if (left > 0) continue;
      lastAnswerMs = performance.now() - began;
      break;
    }
    await sleep(2_000);
    clearInterval(watching);
    const after = { after: memory("now"), peak: memory("peak") };
    await stage.stopProcesses();
    const all = [...waiting.values()];
    const shown = new Map(all.map(({ question }) => [question.place, seenBy(telegram, question.place)]));
    const asked = all.map(({ question }) => question);
    const verdict = judge({ asked, shown, secrets: new Map(), requests: [], cut: new Set() });
    return {
      asked: asked.length,
      answered: verdict.answered,
      lastAnswerMs,
      firstSignsMs: all.map(({ firstSignAt = Infinity, askedAt }) => firstSignAt - askedAt),
      longestSilenceMs: Math.max(...all.map(({ silenceMs }) => silenceMs)),
      memory: { ...before, ...after },
      errors: stage.errors(),
      faults: faultsOf(verdict),
    };
  } finally {
    await stage.close();
  }
}

async function ask(
  telegram: TelegramEmulator,
  waiting: Map<number, Waiting>,
  { id, name }: { id: string; name: string },
): Promise<void> {
  const question: Asked = {
    id,
    version: 1,
    pieces: 5,
    platform: "telegram",
    place: name,
    line: name,
    sequence: 1,
  };
  const now = performance.now();
  const person = telegram.world.person(name).id;
  waiting.set(person, { question, askedAt: now, seesUntil: now, silenceMs: 0, isDone: false });
  await telegram.say({ text: write(question), as: name });
}

/** Takes note of what people were shown since the last time; how many calls were heard in all. */
function watch(telegram: TelegramEmulator, waiting: Map<number, Waiting>, heard: number): number {
  const { calls } = telegram;
  const now = performance.now();
  for (const { method, args } of calls.slice(heard)) {
    const person = waiting.get(Number(args["chat_id"]));
    if (!person || !signs.test(method)) continue;
    person.firstSignAt ??= now;
    if (now > person.seesUntil) person.silenceMs = Math.max(person.silenceMs, now - person.seesUntil);
    person.seesUntil = Math.max(person.seesUntil, now + (lasts[method] ?? Infinity));
  }
  // Who never sees anything waits in silence up to now.
  for (const person of waiting.values())
    if (!person.isDone && now > person.seesUntil)
      person.silenceMs = Math.max(person.silenceMs, now - person.seesUntil);
  return calls.length;
}

function lookForAnswers(telegram: TelegramEmulator, waiting: Map<number, Waiting>): number {
  const texts = new Map<number, Shown[]>();
  for (const { message } of telegram.world.messages.values())
    if (message.text !== undefined && message.from?.is_bot) {
      const shown = { text: message.text, buttons: [] };
      texts.set(message.chat.id, [...(texts.get(message.chat.id) ?? []), shown]);
    }
  let left = 0;
  for (const [person, each] of waiting) {
    each.isDone ||= isAnswered(each.question, texts.get(person) ?? []);
    if (!each.isDone) left++;
  }
  return left;
}

const seenBy = (telegram: TelegramEmulator, name: string): readonly Shown[] =>
  telegram.seen("dm", name).filter(({ fromBot }) => fromBot);
