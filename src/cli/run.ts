import type { CliCommand, CliContext } from "./command.ts";
import { loadConfig } from "../config.ts";
import { UserError } from "../errors.ts";
import { nearest } from "../text/nearest.ts";

interface Entry {
  readonly summary: string;
  load(): Promise<{ readonly command: CliCommand }>;
}

/** Each command loads only what it needs. */
const entries: Readonly<Record<string, Entry>> = {
  start: { summary: "connect to the configured chats and answer", load: () => import("./start.ts") },
  chat: { summary: "talk in this terminal", load: () => import("./chat.ts") },
  ask: { summary: "ask one question, for scripts", load: () => import("./ask.ts") },
  check: { summary: "check configuration and personas", load: () => import("./check.ts") },
  prompt: {
    summary: "show what a model would be sent, with its tokens",
    load: () => import("./prompt.ts"),
  },
  persona: { summary: "list personas, or run their tests", load: () => import("./persona.ts") },
  doctor: {
    summary: "check keys, addresses and folders, and say what to do",
    load: () => import("./doctor.ts"),
  },
  access: {
    summary: "see and decide who may use it, or become its owner",
    load: () => import("./access.ts"),
  },
  data: {
    summary: "write everything of the store to a file, or bring such a file into an empty store",
    load: () => import("./data.ts"),
  },
  slack: { summary: "print the manifest of the Slack app to create", load: () => import("./slack.ts") },
  health: {
    summary: "exit 0 while `parlance start` runs well, for containers",
    load: () => import("./health.ts"),
  },
  demo: { summary: "a tour on real input, without any key", load: () => import("./demo.ts") },
};

/** Where a call of the command line reads and writes. */
export type Surroundings = Omit<CliContext, "args">;

/** Runs one call of the command line; gives its exit code. Errors for people are printed as they are. */
export async function call(args: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await runCommand(args, surroundings);
  } catch (error) {
    surroundings.err(
      isForPerson(error)
        ? error.message
        : error instanceof Error
          ? (error.stack ?? error.message)
          : String(error),
    );
    return 1;
  }
}

async function runCommand(
  [name = "", ...args]: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { err } = surroundings;
  if (name === "" || name === "help" || ["--help", "-h"].includes(name)) {
    err(help());
    return name === "" ? 1 : 0;
  }
  const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
  if (!entry) {
    const near = nearest(name, Object.keys(entries));
    throw new UserError(
      `There is no command "${name}".${near ? ` Did you mean "${near}"?` : `\n\n${help()}`}`,
    );
  }
  const { command } = await entry.load();
  if (args.includes("--help")) {
    err(`parlance ${name} ${command.usage}\n${entry.summary}`);
    return 0;
  }
  return command.run({ args, ...surroundings });
}

function help(): string {
  const lines = Object.entries(entries).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: parlance <command>, where <command> is one of\n${lines.join("\n")}\n\nparlance <command> --help tells more.`;
}

/** Runs one call of the command line in this process and sets its exit code. */
export async function run(args: readonly string[]): Promise<void> {
  // `parlance ask … | head` closes the pipe when it has enough. What must be whole listens by itself.
  process.stdout.on("error", (error) => process.exit("code" in error && error.code === "EPIPE" ? 0 : 1));
  process.exitCode = await call(args, {
    config: () => loadConfig(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(`${text}\n`),
  });
}

/** What Node's own parseArgs says of an argument is in words for people too. */
function isForPerson(error: unknown): error is Error {
  if (error instanceof UserError) return true;
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
