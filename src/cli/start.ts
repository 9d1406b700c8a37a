import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { answerAccess } from "../access/answer-access.ts";
import type { Config } from "../config.ts";
import { stayConnected } from "../connect.ts";
import type { Core } from "../core.ts";
import { UserError } from "../errors.ts";
import { startHeartbeat } from "../health.ts";
import { keepHouse } from "../housekeeping.ts";
import { answerLocally, type LocalLine } from "../local-line.ts";
import { openAdapters, openBot } from "../main.ts";
import { command as chat } from "./chat.ts";
import type { CliCommand, CliContext } from "./command.ts";

export const command: CliCommand = {
  usage: "[--gateway] [--worker]",
  async run(context) {
    const { values } = parseArgs({
      args: [...context.args],
      options: { gateway: { type: "boolean" }, worker: { type: "boolean" } },
    });
    const config = context.config();
    const { listens, answers } = rolesOf(values);
    if (!(listens && answers) && config.databaseUrl === undefined)
      throw new UserError(
        "Processes share their work through Postgres: set DATABASE_URL, or leave out --gateway and --worker.",
      );
    if (Object.keys(config.platforms).length === 0) return offerTerminal(context);
    const opened = await openBot(config, { watch: true, answers });
    const { bot, core, close } = opened;
    const { log } = core;
    const stopping = new AbortController();
    const adapters = await openAdapters(config, opened);
    const endHeartbeat = startHeartbeat(config.dataFolder, (err) => log.warn({ err }, "no heartbeat"));
    const line = await openLine(config, core);
    void tellWhoOwns(core).catch((err: unknown) => log.warn({ err }, "nobody can say who owns this bot now"));
    const { coordinator } = core;
    if (answers) await bot.work(adapters);
    const endHousekeeping = keepHouse(core);
    const connecting = listens
      ? adapters.map((adapter) => stayConnected(adapter, { bot, coordinator, log, signal: stopping.signal }))
      : [];
    await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    log.info("stopping: answers that are being written get an end, or go on at the next start");
    stopping.abort();
    // Nothing new comes in; what is being written can still be finished.
    await Promise.all(connecting);
    endHousekeeping();
    await bot.stop();
    for (const adapter of adapters) await adapter.close?.();
    endHeartbeat();
    await line?.close();
    await close();
    return 0;
  },
};

/** Both, unless only one is named. */
function rolesOf({ gateway = false, worker = false }: { gateway?: boolean; worker?: boolean }): {
  readonly listens: boolean;
  readonly answers: boolean;
} {
  const both = gateway === worker;
  return { listens: both || gateway, answers: both || worker };
}

/** On SQLite, the command line can't look into the store while this process runs: it asks here. */
async function openLine(
  { databaseUrl, dataFolder }: Config,
  { access, log }: Core,
): Promise<LocalLine | undefined> {
  if (databaseUrl !== undefined) return undefined;
  try {
    return await answerLocally(dataFolder, (args) => answerAccess(access, args));
  } catch (err) {
    log.warn(
      { err },
      "parlance access works only while this process does not run: the data folder takes no socket",
    );
    return undefined;
  }
}

async function tellWhoOwns({ access, log }: Core): Promise<void> {
  if (await access.hasOwner()) return;
  log.info(
    "nobody owns this bot yet: `parlance access owner` makes a code, and who sends it to the bot is its owner",
  );
}

async function offerTerminal(context: CliContext): Promise<number> {
  context.err(
    [
      "No chat platform is set up. Set one of these, in the environment or in .env:",
      "  Telegram  TELEGRAM_BOT_TOKEN                   docs/telegram.md",
      "  Discord   DISCORD_TOKEN                        docs/discord.md",
      "  Slack     SLACK_BOT_TOKEN and SLACK_APP_TOKEN  docs/slack.md",
    ].join("\n"),
  );
  if (!process.stdin.isTTY) {
    context.err("Or talk in a terminal: npm run -s parlance -- chat");
    return 1;
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const reply = await reader.question("Or talk here, in the terminal, now? [Y/n] ");
  reader.close();
  return /^n/iu.test(reply.trim()) ? 0 : chat.run({ ...context, args: [] });
}
