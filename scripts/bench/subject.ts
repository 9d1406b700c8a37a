/** A bot as a process of its own, with servers of its own to talk to. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createLedger, type Trip } from "./ledger.ts";
import { startModel } from "./model.ts";
import { startTelegram } from "./telegram.ts";

const root = resolve(import.meta.dirname, "../..");

/** People of a benchmark ask more in a minute than people do, and nobody is there to allow their group. */
const settings = "access: { servers: open }\nlimits: { person: { messages: { minute: 1000000 } } }\n";

/** A question without an answer for so long is lost. */
const patienceMs = 90_000;

/** What is started. */
export interface Subject {
  readonly name: string;
  readonly args: readonly string[];
  /** Variables of its own, such as the address of a fresh database. */
  environment(): Promise<Readonly<Record<string, string>>>;
}

export const bareBot: Subject = {
  name: "bare bot",
  args: [join(root, "scripts/bench/bare-bot.ts")],
  environment: async () => ({ BARE_MODEL: "gpt-6-sol" }),
};

/** The same, storing what it is asked and says. */
export const storingBot: Subject = {
  ...bareBot,
  name: "bare, storing",
  environment: async () => ({ ...(await bareBot.environment()), BARE_FILE: "bare.db" }),
};

/** `createDatabase`: on Postgres instead of SQLite. */
export const parlance = (name: string, createDatabase?: () => Promise<string>): Subject => ({
  name,
  args: [join(root, "src/cli.js"), "start"],
  environment: async () => ({
    PARLANCE_PERSONAS: join(root, "personas"),
    ...(createDatabase && { DATABASE_URL: await createDatabase() }),
  }),
});

export interface RunningBot {
  /** From its launch to its first poll, in milliseconds. */
  readonly firstPollMs: number;
  readonly launchedAt: number;
  ask(chat: number): Promise<Trip>;
  /** Processor time so far, in milliseconds. */
  cpuMs(): number;
  memoryMb(): number;
  stop(): Promise<void>;
}

/** `first`: a question that waits before the bot is there, whose answer `answered` settles with. */
export async function launch(
  subject: Subject,
  { first = false }: { first?: boolean } = {},
): Promise<RunningBot & { readonly answered: Promise<Trip> | undefined }> {
  const folder = mkdtempSync(join(tmpdir(), "parlance-bench-"));
  writeFileSync(join(folder, "parlance.yaml"), settings);
  const ledger = createLedger();
  const telegram = await startTelegram((chat, text) => ledger.texted(chat, text));
  const model = await startModel(ledger);
  const answered = first ? ledger.ask(telegram, 1) : undefined;
  const log = join(folder, "log");
  const env = { PATH: process.env["PATH"], ...telegram.environment, ...model.environment };
  const own = await subject.environment();
  const launchedAt = performance.now();
  const child = spawn(process.execPath, subject.args, {
    cwd: folder,
    env: { ...env, ...own },
    stdio: ["ignore", openSync(log, "w"), openSync(log, "a")],
  });
  const closed = once(child, "close");
  const trouble = (what: string): Error =>
    new Error(`${subject.name}: ${what}\n${readFileSync(log, "utf8").slice(-3000)}`);
  const died = closed.then(() => {
    throw trouble("it ended");
  });
  died.catch(() => undefined);
  const firstPoll = await Promise.race([telegram.firstPoll, died]);
  async function ask(chat: number): Promise<Trip> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(trouble(`no answer in chat ${chat}`)), patienceMs);
    return Promise.race([ledger.ask(telegram, chat), died, late]).finally(() => clearTimeout(timer));
  }
  return {
    answered: answered && Promise.race([answered, died]),
    launchedAt,
    firstPollMs: firstPoll - launchedAt,
    ask,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    memoryMb: () => memoryMbOf(child.pid ?? 0),
    async stop() {
      child.kill("SIGTERM");
      // It may still be about to hear of its last message.
      await closed;
      await Promise.all([telegram.stop(), model.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** User and system time; Linux counts in hundredths of a second. */
function cpuMsOf(pid: number): number {
  const [, user = 0, system = 0] =
    /\) (?:\S+ ){11}(\d+) (\d+)/u.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.map(Number) ?? [];
  return (user + system) * 10;
}

function memoryMbOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
