/** What goes wrong in a run, and when. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "./random.ts";
import type { Actor, Stage } from "./stage.ts";

/** How often each thing was done. */
export type Tally = Record<string, number>;

export interface Trouble {
  readonly kills: number;
  readonly tally: Tally;
  /** Nothing is killed for so long: what a platform brings once must have been stored. */
  spare(ms: number): void;
  /** Settles when no process is about to be killed or suspended: who goes on writing what is to be spared would put it off for ever. */
  untilKilled(): Promise<void>;
  /** Settles when the last change of who lives is noticed everywhere. */
  calm(): Promise<void>;
  /** Makes trouble until so many processes were killed and the time is over. */
  run(options: { readonly kills: number; readonly untilMs: number }): Promise<void>;
}

export interface TroubleOptions {
  readonly stage: Stage;
  readonly chance: Chance;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** How long a kill that waits for a post may wait, in milliseconds. */
const aimMs = 8_000;
/** A dead process's connections take a moment to be missed, in milliseconds. */
const noticedMs = 500;
/** How long the next kill waits until something is answered, in milliseconds. */
const atWorkMs = 20_000;
/** How long a process takes at most to be at work again, in milliseconds, where the machine is not busy with other things. */
const usualStartMs = 3_000;
const databaseAwayMs = 5_000;
/** A claim lasts 15 seconds after the last word of who has it, in milliseconds; others look for what to take over each second. */
const suspendedMs = { least: 16_000, most: 22_000 };
/** After every so many kills, a process is suspended. */
const killsPerSuspension = 3;

export function createTrouble({ stage, chance, signal }: TroubleOptions): Trouble {
  const tally: Tally = {};
  let kills = 0;
  let sparedUntil = 0;
  const due = { harm: false };
  let changing: Promise<unknown> = Promise.resolve();
  const count = (what: string): void => void (tally[what] = (tally[what] ?? 0) + 1);
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  const spare = (ms: number): void => void (sparedUntil = Math.max(sparedUntil, performance.now() + ms));
  const isSpared = (): boolean => performance.now() < sparedUntil;

  function kill({ parlance }: Actor, how: string): void {
    kills++;
    count(`kill ${how}`);
    const dying = parlance.kill().then(() => sleep(noticedMs));
    changing = Promise.all([changing, dying]);
  }

  /** A kill of what has not come back yet shows nothing. How long that took, in milliseconds. */
  async function untilAtWork(): Promise<number> {
    const before = stage.model.requests.length;
    const since = performance.now();
    const waited = (): number => performance.now() - since;
    while (stage.model.requests.length === before && waited() < atWorkMs && !signal.aborted) await pause(50);
    return waited();
  }

  async function killAtRandom(): Promise<void> {
    while (isSpared() && !signal.aborted) await pause(50);
    if (!signal.aborted) kill(chance.pick(stage.actors), "at random");
  }

  /** Does something to whichever process next has a post answered, before it hears of it; false where none has one for long. */
  async function hitNext(hit: (actor: Actor) => "cut" | "off"): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let isOver = false;
    for (const actor of stage.actors)
      for (const wire of actor.wires)
        wire.aim(() => {
          if (isOver) return "off";
          if (isSpared()) return "wait";
          isOver = true;
          resolve(true);
          return hit(actor);
        });
    const isHit = await Promise.race([promise, pause(aimMs).then(() => false)]);
    isOver = true;
    return isHit;
  }

  async function killBetween(): Promise<void> {
    const isHit = await hitNext((actor) => {
      kill(actor, "between send and receipt");
      return "cut";
    });
    if (!isHit) await killAtRandom();
  }

  /** A post that was made, and whose receipt is lost on the way. */
  function loseReceipt(): void {
    const { wires } = chance.pick(stage.actors);
    chance.pick(wires).aim(() => {
      count("receipt lost");
      return "cut";
    });
  }

  function disturb(): void {
    const { faults, platform } = chance.pick(stage.chats);
    const what = chance.pick(["repeat", "cut", "limit", "down", "receipt"] as const);
    if (what === "receipt") return loseReceipt();
    count(`${what} ${platform}`);
    // What Discord has not brought when it is cut off it brings to the same process alone, as soon as that is back.
    if (platform === "discord" && (what === "cut" || what === "down")) spare(10_000);
    if (what === "repeat") faults.repeatNext();
    else if (what === "cut") faults.cutConnections();
    else if (what === "limit") faults.limit(chance.between(1, 3), 1_500);
    else faults.downFor(chance.between(500, 2_000));
  }

  /** Stops a process that writes for longer than its claims last, as if its host had been paused; others take over, and it goes on. */
  async function suspend(): Promise<void> {
    let writing = chance.pick(stage.actors);
    await hitNext((actor) => {
      writing = actor;
      return "off";
    });
    await pause(chance.between(0, 600));
    if (signal.aborted) return;
    const { parlance, wires, databaseWire } = writing;
    const deafen = (isDeaf: boolean): void =>
      [...wires, databaseWire].forEach((wire) => wire?.deafen(isDeaf));
    count("suspended");
    deafen(true);
    const over = pause(chance.between(suspendedMs.least, suspendedMs.most));
    const awake = parlance.suspend(over).finally(() => deafen(false));
    // It may have been the one that Discord brings everything to.
    changing = Promise.all([changing, awake.then(() => sleep(2_000))]);
    await awake;
  }

  async function soon(harm: () => Promise<void>): Promise<void> {
    due.harm = true;
    await harm();
    due.harm = false;
  }

  async function takeDatabaseAway(): Promise<void> {
    if (!stage.power) return;
    // What platforms bring once is kept in memory until it can be stored.
    spare(databaseAwayMs + 15_000);
    count("database away");
    // Roles go with the database, and connections with the roles.
    changing = Promise.all([changing, stage.power.off().then(() => sleep(2_000))]);
    await changing;
    await pause(databaseAwayMs - 2_000);
    await stage.power.on();
  }

  return {
    get kills() {
      return kills;
    },
    tally,
    spare,
    async untilKilled() {
      while (due.harm && !signal.aborted) await pause(50);
    },
    async calm() {
      for (let before; before !== changing;) {
        before = changing;
        await before;
      }
    },
    async run({ kills: most, untilMs }) {
      const done = new AbortController();
      const disturbing = (async () => {
        while (!done.signal.aborted && !signal.aborted) {
          await pause(chance.between(1_500, 4_000));
          disturb();
        }
      })();
      const databaseAt = stage.power ? new Set([Math.ceil(most / 2)]) : new Set<number>();
      // Alone, nobody takes over.
      let suspendAt = stage.actors.length > 1 ? killsPerSuspension - 1 : Infinity;
      const until = performance.now() + untilMs;
      const isEnough = (): boolean => kills >= most && performance.now() >= until;
      while (!isEnough() && !signal.aborted) {
        // Where a start takes long, an answer does, too: killed again and again before its end, it is given up.
        const slowness = Math.max(1, (await untilAtWork()) / usualStartMs);
        await pause(chance.between(1_500, 6_000) * slowness);
        if (databaseAt.delete(kills)) await takeDatabaseAway();
        else if (kills >= suspendAt) {
          suspendAt += killsPerSuspension;
          await soon(suspend);
        } else if (kills < most) await soon(chance.hits(0.5) ? killBetween : killAtRandom);
      }
      done.abort();
      await disturbing;
    },
  };
}
