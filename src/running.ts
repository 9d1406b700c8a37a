import { setImmediate as breathe, setTimeout as sleep } from "node:timers/promises";
import type { Adapter, BotDescription } from "./chat.ts";
import type { Config } from "./config.ts";
import { stayConnected } from "./connect.ts";
import { type Ground, openGround } from "./ground.ts";
import { startHeartbeat } from "./health.ts";
import type { Log } from "./log.ts";
import type { OpenBot } from "./main.ts";
import { openAdapters } from "./platforms.ts";

/** How long connecting goes first, in milliseconds: on a near network it takes no longer, on a far one there is time to load while it waits. */
const headStartMs = 100;

/** A bot that is connected to its platforms. */
export interface Running {
  /** Settles, with the reason, when nothing can be stored any more: only another process can go on. */
  readonly lost: Promise<unknown> | undefined;
  /** Disconnects, gives running answers their grace, and lets go of everything. */
  stop(): Promise<void>;
}

interface RunningOptions {
  readonly log: Log;
  /** Whether it takes what people do. */
  readonly listens: boolean;
  /** Whether it answers, or leaves that to other processes. */
  readonly answers: boolean;
  /** Ends the wait for a database that is away. */
  readonly signal: AbortSignal;
}

interface Opened extends OpenBot {
  readonly description: BotDescription;
}

/**
 * Connects to the configured platforms, and loads what answers take after that, or makes a new store's tables: what comes in
 * meanwhile waits for it. Throws UserError when the bot can't be opened; the platforms were then told of nothing that it came.
 */
export async function run(config: Config, options: RunningOptions): Promise<Running> {
  const { log, listens } = options;
  const stopping = new AbortController();
  const opening = Promise.withResolvers<Opened>();
  const description = opening.promise.then((opened) => opened.description);
  // Told to the caller below, whoever else waits for it.
  description.catch(() => undefined);
  // The adapters load while a server of Postgres takes its time.
  const [ground, adapters] = await Promise.all([
    openGround(config, log, options.signal),
    openAdapters(config, { log, bot: description }),
  ]);
  const { coordinator } = ground;
  const tried = adapters.map(() => Promise.withResolvers<void>());
  const connect = (adapter: Adapter, index: number): Promise<void> =>
    stayConnected(adapter, {
      bot: {
        receive: async (...happened) => (await opening.promise).bot.receive(...happened),
        welcomes: async (...happened) => (await opening.promise).bot.welcomes(...happened),
      },
      recall: async (platform) => (await ground.store).inbox.recall(platform),
      coordinator,
      log,
      signal: stopping.signal,
      onAttempt: tried[index]?.resolve,
    });
  const connecting = listens ? adapters.map(connect) : [];
  const endHeartbeat = startHeartbeat(config.dataFolder, (err) => log.warn({ err }, "no heartbeat"));
  const disconnect = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(connecting);
  };
  try {
    if (listens) {
      await Promise.race([Promise.all(tried.map(({ promise }) => promise)), sleep(headStartMs)]);
      // What they ask next goes out before loading holds everything up.
      await breathe();
    }
    const opened = await open(config, adapters, { ground, ...options });
    opening.resolve(opened);
    const { beginUpkeep } = await import("./upkeep.ts");
    const endUpkeep = await beginUpkeep(config, opened.core, adapters);
    return {
      lost: ground.lost,
      async stop() {
        // Nothing new comes in; what is being written can still be finished.
        await disconnect();
        await opened.bot.stop();
        for (const adapter of adapters) await adapter.close?.();
        endHeartbeat();
        await endUpkeep();
        await opened.close();
      },
    };
  } catch (error) {
    const disconnected = disconnect();
    opening.reject(error);
    await disconnected;
    endHeartbeat();
    await ground.close();
    throw error;
  }
}

async function open(
  config: Config,
  adapters: readonly Adapter[],
  { ground, answers }: RunningOptions & { readonly ground: Ground },
): Promise<Opened> {
  const { openBot, describeBot } = await loadAnswering();
  const opened = await openBot(config, { watch: true, answers, ground });
  for (const adapter of adapters) await adapter.prepare?.();
  if (answers) await opened.bot.work(adapters);
  return { ...opened, description: describeBot(opened.core) };
}

/** In pieces, for each holds everything up: between them, what is under way with platforms and the database gets on. */
async function loadAnswering() {
  const { describeBot } = await import("./commands/described.ts");
  await breathe();
  await import("./serve.ts");
  await breathe();
  const { openBot } = await import("./main.ts");
  await breathe();
  return { openBot, describeBot };
}
