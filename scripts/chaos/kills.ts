/** The main run: questions flow on all platforms while everything breaks; at the end each has exactly one answer. */
import { once } from "node:events";
import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChatEmulator } from "../../test/support/chat-emulator.ts";
import { faultsOf, judge, type Verdict } from "./check.ts";
import { createLedger, type Ledger, type Life, live, type Person, type Place, shownIn } from "./people.ts";
import { createChance } from "./random.ts";
import { openStage, type Stage, type StoreKind } from "./stage.ts";
import { createTrouble, type Tally } from "./trouble.ts";

export interface KillsOptions {
  readonly store: StoreKind;
  readonly processes: number;
  readonly kills: number;
  readonly minutes: number;
  readonly seed: number;
  /** Ends the run early, and cleanly. */
  readonly signal: AbortSignal;
  /** Told how far it is. */
  readonly tell: (line: string) => void;
  /** A folder for the logs and what people saw. */
  readonly keep?: string | undefined;
}

/** What came of a run. */
export interface KillsResult {
  readonly store: StoreKind;
  readonly kills: number;
  /** Ended before everybody could be answered: who still waited counts as lost. */
  readonly isCutShort: boolean;
  readonly tally: Tally;
  readonly modelFaults: number;
  readonly edits: number;
  readonly longestWait: number;
  readonly crashes: number;
  readonly errors: readonly string[];
  readonly complaints: readonly string[];
  readonly byPlatform: ReadonlyMap<string, Verdict & { readonly asked: number }>;
  /** What must not be, each named. */
  readonly faults: readonly string[];
}

/** How long the last answers may take, in milliseconds. */
const quietMs = 300_000;

export async function runKills(options: KillsOptions): Promise<KillsResult> {
  const { store, processes, kills, minutes, seed, signal, tell, keep } = options;
  const chance = createChance(seed);
  const findPlace = (id: string): string | undefined => ledger.find(id)?.place;
  const stage = await openStage({
    store,
    processes,
    platforms: ["telegram", "slack", "discord"],
    model: { everyMs: 60, placeOf: findPlace, secrets: () => ledger.secrets.keys() },
    ...(keep !== undefined && { settings: "log: { level: debug }\n" }),
  });
  const people = stage.chats.flatMap(peopleOf);
  const ledger = createLedger([...new Set(people.map(({ place }) => place))], (id) =>
    stage.model.cut.has(id),
  );
  try {
    await stage.ready();
    const asking = new AbortController();
    const until = AbortSignal.any([asking.signal, signal]);
    const trouble = createTrouble({ stage, chance, signal });
    const ended = once(until, "abort").catch(() => undefined);
    const known = new Set<string>();
    const mayWrite: Life["mayWrite"] = async ({ chat, where, name }, what) => {
      const isMissed = what === "edit" || (where === "dm" && !known.has(name));
      known.add(name);
      if (chat.platform === "discord" && isMissed) {
        // Discord brings it once, to whoever listens then, and afterwards it can't be asked for.
        await trouble.untilKilled();
        await trouble.calm();
        await Promise.race([chat.ready(), ended]);
        // On a busy machine, an event may take its time to be stored.
        trouble.spare(2_500);
      }
      return !until.aborted;
    };
    const looking = setInterval(() => {
      const waiting = ledger.look();
      tell(`${ledger.asked.length} asked, ${waiting} wait, ${trouble.kills} of ${kills} kills`);
    }, 500);
    const lives = people.map((person) =>
      live(person, {
        ledger,
        chance,
        signal: until,
        pauseMs: pauseAfter(person.place),
        faults: ["busy", "broken", "cut"],
        mayWrite,
      }),
    );
    try {
      await trouble.run({ kills, untilMs: minutes * 60_000 });
      asking.abort();
      await Promise.all(lives);
      await untilQuiet(ledger, signal);
    } finally {
      asking.abort();
      clearInterval(looking);
    }
    const shown = new Map(ledger.places.map((place) => [place.name, shownIn(place)]));
    await stage.stopProcesses();
    const evidence = { shown, secrets: ledger.secrets, requests: stage.model.requests, cut: stage.model.cut };
    const verdict = judge({ ...evidence, asked: ledger.asked });
    const faults = faultsOf(verdict);
    if (keep !== undefined) keepEvidence(keep, stage, ledger);
    return {
      store,
      kills: trouble.kills,
      isCutShort: signal.aborted,
      tally: trouble.tally,
      modelFaults: stage.model.faults,
      edits: ledger.edits,
      longestWait: ledger.longestWait,
      crashes: stage.actors.reduce((sum, { parlance }) => sum + parlance.crashes, 0),
      errors: stage.errors(),
      complaints: stage.chats.flatMap(({ platform, complaints }) =>
        complaints.map((each) => `${platform}: ${each}`),
      ),
      byPlatform: new Map(
        stage.chats.map(({ platform }) => [platform, ofPlatform(platform, ledger, evidence)]),
      ),
      faults,
    };
  } finally {
    await stage.close();
  }
}

/** Telegram's groups take twenty messages and edits a minute, whoever writes them. */
function pauseAfter({ chat, where }: Place): number {
  if (where === "dm") return 3_000;
  return chat.platform === "telegram" ? 20_000 : 9_000;
}

function keepEvidence(folder: string, stage: Stage, ledger: Ledger): void {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(stage.folder).filter((each) => each.startsWith("log-")))
    copyFileSync(join(stage.folder, name), join(folder, name));
  const cut = [...stage.model.cut];
  const places = ledger.places.map(
    ({ name, chat, where, owner }) => [name, chat.seen(where, owner)] as const,
  );
  const seen = { cut, asked: ledger.asked, seen: Object.fromEntries(places) };
  const short = (_: string, value: unknown): unknown =>
    typeof value === "string" ? value.slice(0, 400) : value;
  writeFileSync(join(folder, "seen.json"), JSON.stringify(seen, short, 1));
}

function ofPlatform(
  platform: string,
  ledger: Ledger,
  { shown, secrets, requests, cut }: Omit<Parameters<typeof judge>[0], "asked">,
): Verdict & { readonly asked: number } {
  const isHere = (place: string): boolean => place.startsWith(`${platform} `);
  const asked = ledger.asked.filter(({ place }) => isHere(place));
  const verdict = judge({
    asked,
    secrets,
    cut,
    shown: new Map([...shown].filter(([place]) => isHere(place))),
    requests: requests.filter(({ place }) => isHere(place)),
  });
  return { ...verdict, asked: asked.length };
}

/** Waits until everybody has an answer and nothing moves any more, for a while at the most. */
export async function untilQuiet(ledger: Ledger, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + quietMs;
  let before = "";
  let since = performance.now();
  while (performance.now() < deadline && !signal.aborted) {
    await sleep(500);
    const now = JSON.stringify(ledger.places.map(shownIn));
    if (now !== before || ledger.look() > 0) since = performance.now();
    before = now;
    if (performance.now() - since > 6_000) return;
  }
}

/** In each chat: three direct messages, two people in the channel, and two in its thread. */
function peopleOf(chat: ChatEmulator): readonly Person[] {
  const { platform } = chat;
  const own = (owner: string): Place => ({ name: `${platform} dm ${owner}`, chat, where: "dm", owner });
  const channel: Place = { name: `${platform} channel`, chat, where: "channel", owner: "Kim" };
  const thread: Place = { name: `${platform} thread`, chat, where: "thread", owner: "Kim" };
  return [
    { name: "Kim", place: own("Kim"), manner: "patient" },
    { name: "Mina", place: own("Mina"), manner: "hasty" },
    { name: "Noor", place: own("Noor"), manner: "editing" },
    { name: "Olaf", place: channel, manner: "patient" },
    { name: "Pia", place: channel, manner: "hasty" },
    { name: "Mina", place: thread, manner: "patient" },
    { name: "Quinn", place: thread, manner: "hasty" },
  ];
}
