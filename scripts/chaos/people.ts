/** The people of a chaos run: each in their place, some patient, some not. */
import { setTimeout as sleep } from "node:timers/promises";
import sharp from "sharp";
import type { ChatEmulator, EmulatedPlace } from "../../test/support/chat-emulator.ts";
import { type Asked, isAnswered, type Shown } from "./check.ts";
import { type ModelFault, type Question, write } from "./questions.ts";
import type { Chance } from "./random.ts";

/** Where people talk. */
export interface Place {
  readonly name: string;
  readonly chat: ChatEmulator;
  readonly where: EmulatedPlace;
  /** Whose direct message it is. */
  readonly owner: string;
}

/** How someone talks: waits for each answer, writes on without waiting, or changes what they wrote. */
export type Manner = "patient" | "hasty" | "editing";

/** All that was asked, and what of it has been answered so far. */
export interface Ledger {
  readonly asked: readonly Asked[];
  readonly secrets: ReadonlyMap<string, string>;
  readonly places: readonly Place[];
  /** The longest that anyone waited for a complete answer, in seconds. */
  readonly longestWait: number;
  readonly edits: number;
  add(question: Asked): void;
  /** The question as it is now; undefined when its answer was complete before. */
  edit(id: string): Asked | undefined;
  find(id: string): Asked | undefined;
  waits(id: string): boolean;
  tell(secret: string, place: string): void;
  /** Looks what has been answered since the last time; how many wait. */
  look(): number;
}

/** `isCut`: whether the model's server broke off the answer to a question, so that its person may be told of that alone. */
export function createLedger(places: readonly Place[], isCut: (id: string) => boolean): Ledger {
  const asked = new Map<string, Asked>();
  const open = new Map<string, number>();
  const secrets = new Map<string, string>();
  let longestMs = 0;
  let edits = 0;
  return {
    get asked() {
      return [...asked.values()];
    },
    secrets,
    places,
    get longestWait() {
      return longestMs / 1000;
    },
    get edits() {
      return edits;
    },
    add(question) {
      asked.set(question.id, question);
      open.set(question.id, performance.now());
    },
    edit(id) {
      const before = asked.get(id);
      if (!before || !open.has(id)) return undefined;
      const after = { ...before, version: before.version + 1 };
      asked.set(id, after);
      edits++;
      return after;
    },
    find: (id) => asked.get(id),
    waits: (id) => open.has(id),
    tell: (secret, place) => void secrets.set(secret, place),
    look() {
      for (const place of places) {
        const waiting = [...open.keys()].flatMap((id) => asked.get(id) ?? []);
        const here = waiting.filter((question) => question.place === place.name);
        if (here.length === 0) continue;
        const shown = shownIn(place);
        for (const question of here) {
          const waited = performance.now() - (open.get(question.id) ?? 0);
          const isTold = isCut(question.id) && waited > 20_000;
          if (!isTold && !isAnswered(question, shown)) continue;
          open.delete(question.id);
          if (!isTold) longestMs = Math.max(longestMs, waited);
        }
      }
      return open.size;
    },
  };
}

/** The bot's messages in a place. */
export const shownIn = ({ chat, where, owner }: Place): readonly Shown[] =>
  chat.seen(where, owner).filter(({ fromBot }) => fromBot);

/** What a person needs to live. */
export interface Life {
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** Ends the asking. */
  readonly signal: AbortSignal;
  /** Milliseconds between an answer and the next question, at the least. */
  readonly pauseMs: number;
  /** What the model's server does wrong, now and then. */
  readonly faults: readonly ModelFault[];
  /** Settles when something may be written, with whether it may at all. */
  mayWrite(place: Place, what: "question" | "edit"): Promise<boolean>;
}

/** One person in one place. */
export interface Person {
  readonly name: string;
  readonly place: Place;
  readonly manner: Manner;
}

/** Even who is hasty waits when so many of their questions do. */
const mostWaiting = 4;

/** Asks and asks until the signal ends. */
export async function live(person: Person, life: Life): Promise<void> {
  const { chance, signal, ledger } = life;
  const thread: Thread = { root: undefined, sequence: 0 };
  const recent: string[] = [];
  await pause(chance.between(0, life.pauseMs), signal);
  while (!signal.aborted) {
    if (!(await life.mayWrite(person.place, "question"))) return;
    const id = await ask(person, life, thread);
    recent.push(id.question);
    const waiting = recent.filter((each) => ledger.waits(each)).length;
    if (person.manner === "hasty" && waiting < mostWaiting && chance.hits(0.6)) {
      await pause(chance.between(50, 1_500), signal);
      continue;
    }
    if (person.manner === "editing" && chance.hits(0.6)) await change(id, person, life);
    const deadline = performance.now() + 90_000;
    while (ledger.waits(id.question) && performance.now() < deadline && !signal.aborted)
      await pause(100, signal);
    await pause(life.pauseMs * (0.5 + chance.next()), signal);
  }
}

interface Thread {
  /** Where a platform has every message begin a conversation of its own, its first: the others go on with it. */
  root: string | undefined;
  sequence: number;
}

interface Written {
  readonly question: string;
  readonly message: string;
}

const mayFail = ({ faults, chance }: Life): boolean => faults.length > 0 && chance.hits(0.12);

function thinkOf(life: Life): Question {
  const { chance, faults } = life;
  const secret = chance.hits(0.25) ? `S${chance.letters(10)}` : undefined;
  const fault = mayFail(life) ? chance.pick(faults) : undefined;
  return {
    id: `Q${chance.letters(8)}`,
    version: 1,
    pieces: chance.pick([1, 1, 3, 6, 6, 12, 40]),
    ...(chance.hits(0.15) && { tool: true }),
    ...(chance.hits(0.08) && { pictures: chance.between(2, 3) }),
    ...(fault && { fault }),
    ...(secret !== undefined && { secret }),
  };
}

async function ask({ name, place }: Person, life: Life, thread: Thread): Promise<Written> {
  const { ledger } = life;
  const { chat, where } = place;
  const isSplit = chat.platform === "slack" && where !== "thread";
  const question = thinkOf(life);
  const { secret } = question;
  if (secret !== undefined) ledger.tell(secret, place.name);
  const sequence = ++thread.sequence;
  const own = isSplit && where === "channel";
  const line = `${place.name} by ${name}${own ? ` ${question.id}` : ""}`;
  ledger.add({ ...question, platform: chat.platform, place: place.name, line, sequence });
  const message = await chat.say({
    text: write(question),
    files: await Promise.all(Array.from({ length: question.pictures ?? 0 }, (_, index) => paint(index))),
    place: where,
    as: name,
    ...(where !== "dm" && { mention: true }),
    ...(isSplit && where === "dm" && thread.root !== undefined && { replyTo: thread.root }),
  });
  thread.root ??= message;
  return { question: question.id, message };
}

/** A small picture: on Telegram, several come as an album, each in a message of its own. */
async function paint(index: number) {
  const create = { width: 16, height: 16, channels: 3, background: { r: index * 80, g: 0, b: 0 } } as const;
  return { name: `${index}.png`, mimeType: "image/png", data: await sharp({ create }).png().toBuffer() };
}

/** Changes a question while it is being answered, if it still is. */
async function change({ question, message }: Written, { place }: Person, life: Life): Promise<void> {
  await pause(life.chance.between(100, 2_500), life.signal);
  if (!(await life.mayWrite(place, "edit"))) return;
  life.ledger.look();
  const edited = life.ledger.edit(question);
  if (edited) await place.chat.edit(message, write(edited));
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => undefined);
