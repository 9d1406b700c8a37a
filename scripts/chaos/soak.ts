/** A steady rate for a long time: memory stays flat, nothing fails, nobody is left out. */
import { setTimeout as sleep } from "node:timers/promises";
import { faultsOf, judge } from "./check.ts";
import { untilQuiet } from "./kills.ts";
import { createLedger, live, type Person, type Place, shownIn } from "./people.ts";
import { createChance } from "./random.ts";
import { openStage, type Stage, type StoreKind } from "./stage.ts";

export interface SoakOptions {
  readonly minutes: number;
  readonly store: StoreKind;
  readonly processes: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Told once a minute. */
  readonly say: (line: string) => void;
}

export interface SoakResult {
  readonly asked: number;
  readonly answered: number;
  readonly longestWait: number;
  /** Mean resident memory of all processes together in the middle and in the last third, in bytes. */
  readonly middle: number;
  readonly last: number;
  readonly isFlat: boolean;
  /** Lines of the log: errors, and what nobody caught. */
  readonly errors: readonly string[];
  readonly crashes: number;
  readonly faults: readonly string[];
}

/** What memory may grow from the middle to the last third, before it counts as growing. */
const tolerated = 1.1;
const sampleMs = 2_000;

export async function runSoak({
  minutes,
  store,
  processes,
  seed,
  signal,
  say,
}: SoakOptions): Promise<SoakResult> {
  const chance = createChance(seed);
  const stage = await openStage({
    store,
    processes,
    platforms: ["telegram", "slack", "discord"],
    model: {
      everyMs: 60,
      placeOf: (id) => ledger.find(id)?.place,
      secrets: () => ledger.secrets.keys(),
    },
  });
  const people = peopleOf(stage);
  const ledger = createLedger([...new Set(people.map(({ place }) => place))], () => false);
  try {
    await stage.ready();
    const asking = new AbortController();
    const until = AbortSignal.any([asking.signal, signal]);
    const looking = setInterval(() => ledger.look(), 1_000);
    const life = { ledger, chance, signal: until, faults: [], mayWrite: async () => !until.aborted };
    const lives = people.map((person) =>
      live(person, { ...life, pauseMs: person.place.chat.platform === "telegram" ? 3_000 : 12_000 }),
    );
    const samples = await sampleMemory(stage, minutes * 60_000, until, (minute, bytes) =>
      say(
        `minute ${minute}: ${megabytes(bytes)} MB, ${ledger.asked.length} asked, ${ledger.look()} wait, ${stage.errors().length} errors`,
      ),
    );
    asking.abort();
    await Promise.all(lives);
    await untilQuiet(ledger, signal);
    clearInterval(looking);
    const shown = new Map(ledger.places.map((place) => [place.name, shownIn(place)]));
    await stage.stopProcesses();
    const { requests, cut } = stage.model;
    const verdict = judge({ asked: ledger.asked, shown, secrets: ledger.secrets, requests, cut });
    const third = Math.floor(samples.length / 3);
    const middle = mean(samples.slice(third, 2 * third));
    const last = mean(samples.slice(2 * third));
    return {
      asked: ledger.asked.length,
      answered: verdict.answered,
      longestWait: ledger.longestWait,
      middle,
      last,
      isFlat: last <= middle * tolerated,
      errors: stage.errors(),
      crashes: stage.actors.reduce((sum, { parlance }) => sum + parlance.crashes, 0),
      faults: faultsOf(verdict),
    };
  } finally {
    await stage.close();
  }
}

async function sampleMemory(
  { actors }: Stage,
  forMs: number,
  signal: AbortSignal,
  onMinute: (minute: number, bytes: number) => void,
): Promise<readonly number[]> {
  const samples: number[] = [];
  const began = performance.now();
  for (let minute = 0; performance.now() - began < forMs && !signal.aborted;) {
    await sleep(sampleMs, undefined, { signal }).catch(() => undefined);
    samples.push(actors.reduce((sum, { parlance }) => sum + parlance.memory().now, 0));
    if (Math.floor((performance.now() - began) / 60_000) === minute) continue;
    minute++;
    onMinute(minute, samples.at(-1) ?? 0);
  }
  return samples;
}

export const megabytes = (bytes: number): string => (bytes / 1024 / 1024).toFixed(0);

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

/** Twelve people write to the bot on Telegram, and two on each of the others, which take fewer messages. */
function peopleOf({ chats }: Stage): readonly Person[] {
  return chats.flatMap((chat) => {
    const own = (owner: string): Place => ({
      name: `${chat.platform} dm ${owner}`,
      chat,
      where: "dm",
      owner,
    });
    const names = Array.from(
      { length: chat.platform === "telegram" ? 12 : 2 },
      (_, index) => `Person ${index}`,
    );
    const group: Place = { name: `${chat.platform} channel`, chat, where: "channel", owner: "Kim" };
    return [
      ...names.map((name): Person => ({ name, place: own(name), manner: "patient" })),
      ...(chat.platform === "telegram" ? [] : [{ name: "Olaf", place: group, manner: "patient" } as const]),
    ];
  });
}
