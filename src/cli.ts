import type { CliCommand } from "./cli/command.ts";
import { loadConfig } from "./config.ts";
import { UserError } from "./errors.ts";
import { nearest } from "./text/nearest.ts";

interface Entry {
  readonly summary: string;
  load(): Promise<{ readonly command: CliCommand }>;
}

/** Each command loads only what it needs. */
const entries: Readonly<Record<string, Entry>> = {
  start: { summary: "connect to the configured chats and answer", load: () => import("./cli/start.ts") },
  chat: { summary: "talk in this terminal", load: () => import("./cli/chat.ts") },
  ask: { summary: "ask one question, for scripts", load: () => import("./cli/ask.ts") },
  check: { summary: "check configuration and personas", load: () => import("./cli/check.ts") },
  prompt: {
    summary: "show what a model would be sent, with its tokens",
    load: () => import("./cli/prompt.ts"),
  },
  persona: { summary: "list personas, or run their tests", load: () => import("./cli/persona.ts") },
  doctor: {
    summary: "check keys, addresses and folders, and say what to do",
    load: () => import("./cli/doctor.ts"),
  },
  demo: { summary: "a tour on real input, without any key", load: () => import("./cli/demo.ts") },
};

const err = (text: string): void => void process.stderr.write(`${text}\n`);

async function main([name = "", ...args]: readonly string[]): Promise<number> {
  if (name === "" || name === "help" || name === "--help") {
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
  return command.run({
    args,
    config: () => loadConfig(),
    out: (text) => void process.stdout.write(text),
    err,
  });
}

function help(): string {
  const lines = Object.entries(entries).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`);
  return `Usage: parlance <command>, where <command> is one of\n${lines.join("\n")}\n\nparlance <command> --help tells more.`;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 1;
  // parseArgs tells what is wrong with an argument in words for people.
  const forPerson =
    error instanceof UserError ||
    (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"));
  err(forPerson ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error));
}
