import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

export const root: string = join(import.meta.dirname, "../..");

/** What a finished call of the command line printed. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface CallOptions {
  /** All of the environment but PATH; an Ollama of this machine is out of reach unless named. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Modules that are loaded before anything else. */
  readonly imports?: readonly string[];
}

/** Runs `parlance …` as a process of its own, with nothing of this machine's settings. */
export async function parlance(args: readonly string[], options: CallOptions = {}): Promise<Finished> {
  const imports = (options.imports ?? []).flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...imports, join(root, "src/cli.js"), ...args], {
    cwd: options.cwd ?? root,
    env: {
      PATH: process.env.PATH,
      OLLAMA_HOST: "127.0.0.1:9",
      PARLANCE_PERSONAS: join(root, "personas"),
      ...options.env,
    },
  });
  child.stdin.end(options.input ?? "");
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}
