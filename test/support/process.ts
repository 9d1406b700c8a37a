import type { ChatEmulator } from "./chat-emulator.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "./command-line.ts";

/** A running `parlance start`. */
export interface RunningParlance {
  readonly pid: number;
  /** Its log so far. */
  readonly log: () => string;
  /** Stops it as a system would. */
  end(): Promise<Ended>;
  /** Settles when it has ended, also by itself. */
  readonly ended: Promise<Ended>;
}

/** Its exit code and its whole log. */
interface Ended {
  readonly code: number | null;
  readonly log: string;
}

/** Starts `parlance start` as a process of its own, with nothing of this machine's settings. */
export function startParlance(env: Readonly<Record<string, string>>, cwd: string): RunningParlance {
  const child = spawn(process.execPath, [join(root, "src/cli.js"), "start"], {
    cwd,
    env: {
      PATH: process.env.PATH,
      OLLAMA_HOST: "127.0.0.1:9",
      PARLANCE_PERSONAS: join(root, "personas"),
      ...env,
    },
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => void (log += text));
  const ended = once(child, "close").then(() => ({ code: child.exitCode, log }));
  return {
    pid: child.pid ?? 0,
    log: () => log,
    end() {
      child.kill("SIGTERM");
      return ended;
    },
    ended,
  };
}

/** One process on all of these chats, connected, with its data in the folder that it runs in. */
export async function startOn(chats: readonly ChatEmulator[], folder: string): Promise<RunningParlance> {
  const environments = chats.map(({ environment }) => Object.entries(environment));
  const environment = Object.fromEntries(environments.flat());
  const bot = startParlance({ ...environment, PARLANCE_DATA: join(folder, "data") }, folder);
  await Promise.all(chats.map((chat) => chat.ready()));
  return bot;
}
