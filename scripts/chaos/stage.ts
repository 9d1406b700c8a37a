/** Everything a run needs on loopback: three platforms, a model, a database, and the processes between them. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChatEmulator } from "../../test/support/chat-emulator.ts";
import { startDiscordEmulator } from "../../test/support/discord/index.ts";
import { type PostgresServer, startPostgres } from "../../test/support/postgres.ts";
import { startSlackEmulator } from "../../test/support/slack/index.ts";
import { startTelegramEmulator, type TelegramEmulator } from "../../test/support/telegram/index.ts";
import { type ChaosModel, type ChaosModelOptions, startChaosModel } from "./model.ts";
import { errorsIn, type Parlance, startProcess } from "./process.ts";
import { openWire, type Wire } from "./proxy.ts";

export type StoreKind = "sqlite" | "postgres";

export interface StageOptions {
  readonly store: StoreKind;
  readonly processes: number;
  readonly platforms: readonly ("telegram" | "slack" | "discord")[];
  readonly model: ChaosModelOptions;
  /** Lines of parlance.yaml beside what the stage itself sets. */
  readonly settings?: string;
}

/** One process with its own wires to the platforms, and to its database where that is one of several. */
export interface Actor {
  readonly parlance: Parlance;
  readonly wires: readonly Wire[];
  readonly databaseWire: Wire | undefined;
}

export interface Stage {
  readonly chats: readonly ChatEmulator[];
  /** Where there is one. */
  readonly telegram: TelegramEmulator | undefined;
  readonly model: ChaosModel;
  readonly actors: readonly Actor[];
  /** Only with a database of our own. */
  readonly power: PostgresServer["power"];
  readonly folder: string;
  /** What the processes logged as errors so far. */
  errors(): readonly string[];
  /** Settles when every platform is connected to a process. */
  ready(): Promise<void>;
  /** Stops the processes as a system would; afterwards nothing is written any more. Their exit codes. */
  stopProcesses(): Promise<readonly (number | null)[]>;
  /** Ends all that was started. */
  close(): Promise<void>;
}

const persona = `name: Chaos
description: Answers in a chaos run.
instructions: Answer.
memory: read-write
images: native
footer: short
`;

function settingsOf(url: string, more = ""): string {
  return `providers:
  chaos:
    kind: openai-chat
    baseUrl: ${url}
    apiKey: sk-chaos
    models:
      chat: { window: 100000, tools: true, images: true }
      spare: { window: 100000, tools: true, images: true }
models:
  smart: { model: chaos/chat, fallback: [chaos/spare] }
persona: chaos
access: { servers: open }
limits: { person: { messages: { minute: 1000 } } }
personas: ./personas
${more}`;
}

/** Starts all of it; what was started is ended when a part fails. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const ends: (() => Promise<unknown>)[] = [];
  const keep = <Part>(part: Part, end: (part: Part) => Promise<unknown>): Part => {
    ends.push(() => end(part));
    return part;
  };
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    return await build(options, keep, close);
  } catch (error) {
    await close();
    throw error;
  }
}

type Keep = <Part>(part: Part, end: (part: Part) => Promise<unknown>) => Part;

async function build(options: StageOptions, keep: Keep, close: () => Promise<void>): Promise<Stage> {
  const { store, processes, platforms } = options;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "parlance-chaos-")));
  keep(folder, async () => rmSync(folder, { recursive: true, force: true }));
  const telegram = platforms.includes("telegram")
    ? keep(await startTelegramEmulator(), (it) => it.stop())
    : undefined;
  const chats: ChatEmulator[] = telegram ? [telegram] : [];
  if (platforms.includes("slack")) {
    const slack = keep(await startSlackEmulator(), (it) => it.stop());
    // As the real one does, so that under load there is more to be told apart.
    slack.acknowledgeWithinMs = 3_000;
    chats.push(slack);
  }
  if (platforms.includes("discord")) chats.push(keep(await startDiscordEmulator(), (it) => it.stop()));
  const model = keep(await startChaosModel(options.model), (it) => it.stop());
  const postgres = store === "postgres" ? keep(await startPostgres(), (it) => it.close()) : undefined;
  const databaseUrl = await postgres?.createDatabase();
  mkdirSync(join(folder, "personas"));
  writeFileSync(join(folder, "personas", "chaos.yaml"), persona);
  writeFileSync(join(folder, "parlance.yaml"), settingsOf(model.url, options.settings));
  const logs: string[] = [];
  const actors: Actor[] = [];
  for (let index = 0; index < processes; index++) {
    const wires: Wire[] = [];
    const databaseWire =
      databaseUrl === undefined ? undefined : keep(await openWire(portIn(databaseUrl)), (it) => it.close());
    const env: Record<string, string> = {
      PARLANCE_DATA: join(folder, store === "sqlite" ? "data" : `data-${index}`),
      ...(databaseUrl !== undefined && databaseWire && { DATABASE_URL: databaseWire.through(databaseUrl) }),
    };
    for (const chat of chats) {
      const wire = keep(await openWire(portIn(Object.values(chat.environment).join(" "))), (it) =>
        it.close(),
      );
      wires.push(wire);
      for (const [name, value] of Object.entries(chat.environment)) env[name] = wire.through(value);
    }
    const logFile = join(folder, `log-${index}`);
    logs.push(logFile);
    const parlance = keep(startProcess({ env, cwd: folder, logFile }), (it) => it.stop());
    actors.push({ wires, databaseWire, parlance });
  }
  return {
    chats,
    telegram,
    model,
    actors,
    power: postgres?.power,
    folder,
    errors: () => logs.flatMap(errorsIn),
    async ready() {
      await Promise.all(chats.map((chat) => chat.ready()));
    },
    stopProcesses: () => Promise.all(actors.map(({ parlance }) => parlance.stop())),
    close,
  };
}

/** The port in an address, or in whatever holds one. */
const portIn = (address: string): number => Number(/127\.0\.0\.1:(\d+)/u.exec(address)?.[1]);
