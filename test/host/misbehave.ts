import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";

const eaten: unknown[] = [];
let done = 0;

const misdeeds = {
  none: (): unknown => done,
  id: () => process.pid,
  /** What it may do of what it should not. */
  async pry() {
    const tries = {
      "read elsewhere": () => readFile("/etc/hostname"),
      write: () => writeFile(import.meta.filename, "mine"),
      "start a process": () => promisify(execFile)(process.execPath, ["--version"]),
      "start a thread": async () => new Worker("", { eval: true }),
      "run text as code": async () => Reflect.construct(Function, ["return 1"]) as unknown,
      "see the environment": async () => {
        if (Object.keys(process.env).length === 0) throw new Error("empty");
      },
    };
    const outcomes = await Promise.allSettled(Object.values(tries).map(async (attempt) => attempt()));
    return Object.keys(tries).filter((_, index) => outcomes[index]?.status === "fulfilled");
  },
  throw() {
    throw new Error("a fault of its own");
  },
  /** As an endless loop would, but without heating the machine. */
  hang() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  },
  "eat heap"() {
    for (;;) eaten.push(Array.from({ length: 1000 }, () => ({})));
  },
  "eat memory"() {
    for (;;) eaten.push(Buffer.alloc(10_000_000, 1));
  },
  abort() {
    process.abort();
  },
  chatter() {
    process.stdout.write("chatter\n");
    process.stderr.write("chatter\n");
    return done;
  },
  flood: () => "x".repeat(3_000_000),
};

/** What a task of the tests does, in a thread or a process. */
export type Misdeed = keyof typeof misdeeds;

/** Answers how many tasks this runner has done, unless it misbehaves. */
export async function misbehave(misdeed: Misdeed): Promise<unknown> {
  done += 1;
  return misdeeds[misdeed]();
}
