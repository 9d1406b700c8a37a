import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { call } from "../../src/cli/run.ts";
import { loadConfig } from "../../src/config.ts";

export const root: string = join(import.meta.dirname, "../..");

/** What a finished call of the command line printed. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What a call is given. */
export interface CallOptions {
  /** All of the environment but PATH; an Ollama of this machine is out of reach unless named. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
  /** Closes its standard output once so many pieces of it are there. */
  readonly readsOnly?: number;
  /** Modules that are loaded before anything else. */
  readonly imports?: readonly string[];
}

/** Nothing of this machine's settings. */
const environment = ({ env }: CallOptions): Record<string, string | undefined> => ({
  PATH: process.env.PATH,
  OLLAMA_HOST: "127.0.0.1:9",
  PARLANCE_PERSONAS: join(root, "personas"),
  ...env,
});

/** Runs `parlance …` in this process, for what it says: a process of its own takes a second until it says anything. */
export async function parlanceHere(
  args: readonly string[],
  options: Pick<CallOptions, "env" | "cwd"> = {},
): Promise<Finished> {
  const said = { out: "", err: "" };
  const { cwd = root } = options;
  const code = await call(args, {
    config: () => loadConfig({ env: environment(options), cwd }),
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += `${text}\n`),
  });
  return { code, ...said };
}

/** Runs `parlance …` as a process of its own, as a person's shell does. */
export async function parlance(args: readonly string[], options: CallOptions = {}): Promise<Finished> {
  const imports = (options.imports ?? []).flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...imports, join(root, "src/cli.js"), ...args], {
    cwd: options.cwd ?? root,
    env: environment(options),
  });
  child.stdin.end(options.input ?? "");
  const read = options.readsOnly === undefined ? child.stdout : child.stdout.take(options.readsOnly);
  const [out, err] = await Promise.all([text(read), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}
