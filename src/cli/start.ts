import { once } from "node:events";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { UserError } from "../errors.ts";
import { createLog, type Log } from "../log.ts";
import { run } from "../running.ts";
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
    const log = createLog(config.log.level);
    const told = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
    const ending = new AbortController();
    void told.then(() => ending.abort());
    const running = await run(config, { log, listens, answers, signal: ending.signal });
    void running.lost?.then((err) => {
      log.fatal(
        { err },
        "the disk failed, and nobody knows what it holds: ending, so that the next start reads it anew",
      );
      // As if it were killed: nothing could be stored of an orderly end.
      process.exit(1);
    });
    await told;
    log.info("stopping: answers that are being written get an end, or go on at the next start");
    endInTime(config.turn.graceSeconds * 1000 + leavingMs, log);
    await running.stop();
    return 0;
  },
};

/** How long leaving may take beside the grace of answers, in milliseconds: systems wait for half a minute. */
const leavingMs = 10_000;

/** A platform that does not answer any more holds up an orderly end; what was begun there goes on as after a kill. */
function endInTime(ms: number, log: Log): void {
  const end = (): void => {
    log.warn("ended while something did not answer any more; the next start goes on from there");
    process.exit(0);
  };
  setTimeout(end, ms).unref();
}

/** Both, unless only one is named. */
function rolesOf({ gateway = false, worker = false }: { gateway?: boolean; worker?: boolean }): {
  readonly listens: boolean;
  readonly answers: boolean;
} {
  const both = gateway === worker;
  return { listens: both || gateway, answers: both || worker };
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
  if (/^n/iu.test(reply.trim())) return 0;
  const { command: chat } = await import("./chat.ts");
  return chat.run({ ...context, args: [] });
}
