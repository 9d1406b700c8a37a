/** Real `parlance start` processes, each ended by its own id. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const root = join(import.meta.dirname, "../..");

export interface ProcessOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Its log, of all its lives. */
  readonly logFile: string;
}

/** One place where a process runs, from life to life. */
export interface Parlance {
  readonly pid: number | undefined;
  /** How often it ended without having been told to. */
  readonly crashes: number;
  /** Ends it at once, as a power cut would, and starts it again; settles when it has ended. */
  kill(): Promise<void>;
  /** Lets it do nothing until `over` settles, as a host that is paused, and then go on. */
  suspend(over: Promise<unknown>): Promise<void>;
  /** Stops it as a system would; its exit code. */
  stop(): Promise<number | null>;
  /** The most memory that it ever had, and what it has, in bytes; zero when it does not run. */
  memory(): { readonly peak: number; readonly now: number };
}

const running = new Set<ChildProcess>();
// Nothing outlives the harness, whatever ends it.
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

export function startProcess({ env, cwd, logFile }: ProcessOptions): Parlance {
  let child: ChildProcess | undefined;
  let isStopped = false;
  let crashes = 0;
  const expected = new Set<ChildProcess>();

  function start(): void {
    const started = spawn(process.execPath, [join(root, "src/cli.js"), "start"], {
      cwd,
      env: { PATH: process.env["PATH"], OLLAMA_HOST: "127.0.0.1:9", ...env },
      stdio: ["ignore", "ignore", "pipe"],
    });
    running.add(started);
    child = started;
    started.setMaxListeners(0);
    started.stderr.on("data", (data: Buffer) => appendFileSync(logFile, data));
    started.once("exit", (code, signal) => {
      running.delete(started);
      if (isStopped) return;
      if (!expected.has(started)) {
        crashes++;
        appendFileSync(logFile, `{"level":"fatal","msg":"the process ended with ${code ?? signal}"}\n`);
      }
      start();
    });
  }

  start();
  return {
    get pid() {
      return child?.pid;
    },
    get crashes() {
      return crashes;
    },
    async kill() {
      if (!child) return;
      const gone = once(child, "exit");
      expected.add(child);
      child.kill("SIGKILL");
      await gone;
    },
    async suspend(over) {
      const suspended = child;
      suspended?.kill("SIGSTOP");
      await over.finally(() => suspended?.kill("SIGCONT"));
    },
    async stop() {
      isStopped = true;
      const last = child;
      if (!last || last.exitCode !== null || last.signalCode !== null) return null;
      const gone = once(last, "exit");
      last.kill("SIGTERM");
      const patience = new AbortController();
      const late = sleep(30_000, "late", { signal: patience.signal }).catch(() => "gone");
      if ((await Promise.race([gone, late])) === "late") last.kill("SIGKILL");
      patience.abort();
      await gone;
      return last.exitCode;
    },
    memory: () => memoryOf(child?.pid),
  };
}

function memoryOf(pid: number | undefined): { readonly peak: number; readonly now: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, "mu").exec(status)?.[1] ?? 0);
    return { peak: kilobytes("VmHWM") * 1024, now: kilobytes("VmRSS") * 1024 };
  } catch {
    return { peak: 0, now: 0 };
  }
}

/** The lines of a log that tell of an error, or of one that nobody caught. */
export function errorsIn(logFile: string): readonly string[] {
  let log = "";
  try {
    log = readFileSync(logFile, "utf8");
  } catch {
    return [];
  }
  return log
    .split("\n")
    .filter((line) => line !== "" && (!line.startsWith("{") || /^\{"level":"(?:error|fatal)"/u.test(line)));
}
