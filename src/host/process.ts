import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Answer } from "./answer.ts";
import { frame, readFrames } from "./frames.ts";
import { type Bounds, createHost, type Host, type Runner, TaskFailed } from "./host.ts";
import { watchMemory } from "./memory.ts";

export interface ProcessBounds extends Bounds {
  /** The most that a task may answer. */
  readonly answerMb: number;
  /** What its script can't do without, of what a process may not do. */
  readonly needs?: Needs;
}

export interface Needs {
  /** Libraries of native code. What breaks into one may do whatever the bot may: Node's permissions bind scripts alone. */
  readonly nativeCode?: true;
  /** Threads of its own. */
  readonly threads?: true;
  /** Folders to read beside the program. */
  readonly folders?: () => readonly string[];
}

/** Of what it said last before it ended, for the log. */
const lastWords = 2000;

/**
 * Does tasks in processes of their own: `script` calls `doTasksInProcess`. For whatever strangers sent: bombs, native
 * faults and endless loops end that process alone. It has no environment, may read nothing but the program, and may
 * write nothing, start nothing and load no native code, but for what it `needs`; Node 24 has no way to keep it off the
 * network. `memoryMb` is all that the process holds.
 */
export function createProcessHost<Task, Result>(script: URL, bounds: ProcessBounds): Host<Task, Result> {
  return createHost(bounds, () => startProcess<Task, Result>(script, bounds));
}

/** Starts a process that keeps this one alive only while it does a task. */
function startProcess<Task, Result>(script: URL, bounds: ProcessBounds): Runner<Task, Result> {
  const { memoryMb, answerMb, needs = {} } = bounds;
  const child = spawn(process.execPath, argumentsFor(script, memoryMb, needs), {
    env: {},
    stdio: ["pipe", "ignore", "pipe", "pipe"],
  });
  const [tasks, , complaints, output] = child.stdio as unknown as readonly [
    Writable,
    null,
    Readable,
    Readable,
  ];
  const closed = new Promise<void>((resolve) => child.once("close", () => resolve()).once("error", resolve));
  const answers = readFrames(output, answerMb * 1_000_000);
  let said = "";
  complaints.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-lastWords)));
  // What it does not take, its end tells.
  tasks.on("error", () => undefined);
  keepAlive(child, false);

  const end = async (): Promise<void> => {
    child.kill("SIGKILL");
    keepAlive(child, true);
    await closed;
  };
  const ask = async (task: Task): Promise<Result> => {
    tasks.write(frame(task));
    const { value, done } = await answers.next();
    if (done === true) {
      await closed;
      throw failureOf(child, said, memoryMb);
    }
    const answer = value as Answer<Result>;
    if ("result" in answer) return answer.result;
    throw new TaskFailed({ reason: "crash" }, { cause: new Error(answer.failure) });
  };

  return {
    get ended() {
      return child.killed || child.exitCode !== null || child.signalCode !== null;
    },
    end,
    async run(task, signal) {
      const kill = (): void => void child.kill("SIGKILL");
      const unwatch = watchMemory(child.pid, memoryMb, kill);
      signal.addEventListener("abort", kill);
      keepAlive(child, true);
      try {
        signal.throwIfAborted();
        return await ask(task);
      } catch (error) {
        kill();
        signal.throwIfAborted();
        throw error instanceof TaskFailed ? error : badAnswer(error, answerMb);
      } finally {
        keepAlive(child, false);
        signal.removeEventListener("abort", kill);
        unwatch();
      }
    },
  };
}

/** Why it ended without an answer: kernel, watchdog and watch kill for want of memory; V8 says so and aborts. */
function failureOf({ signalCode, exitCode }: ChildProcess, said: string, megabytes: number): TaskFailed {
  const cause = new Error(`the process ended with ${signalCode ?? exitCode}: ${said}`);
  const outOfMemory = signalCode === "SIGKILL" || said.includes("heap out of memory");
  return new TaskFailed(outOfMemory ? { reason: "memory", megabytes } : { reason: "crash" }, { cause });
}

/** It is too large, or no answer at all. */
const badAnswer = (cause: unknown, megabytes: number): TaskFailed =>
  new TaskFailed(cause instanceof RangeError ? { reason: "output", megabytes } : { reason: "crash" }, {
    cause,
  });

function argumentsFor(
  script: URL,
  memoryMb: number,
  { nativeCode, threads, folders = () => [] }: Needs,
): string[] {
  const root = new URL("../../", import.meta.url);
  const readable = ["src", "node_modules", "package.json"].map((path) => new URL(path, root));
  const own = [...readable, new URL(".", script)].map((url) => fileURLToPath(url));
  const paths = [...own, ...folders()].map((path) => realpathSync(path));
  return [
    "--permission",
    ...paths.map((path) => `--allow-fs-read=${path}`),
    // For the watchdog, which is started first; where the script needs no threads, for it alone.
    "--allow-worker",
    ...(nativeCode ? ["--allow-addons"] : []),
    "--disallow-code-generation-from-strings",
    `--max-old-space-size=${memoryMb}`,
    "--no-warnings",
    fileURLToPath(script),
    String(process.pid),
    String(memoryMb),
    ...(threads ? ["threads"] : []),
  ];
}

function keepAlive(child: ChildProcess, alive: boolean): void {
  for (const each of [child, ...child.stdio] as (ChildProcess | Socket | null)[]) {
    if (alive) each?.ref();
    else each?.unref();
  }
}
