import type { TerminalAdapter, TerminalOptions } from "../adapters/terminal/index.ts";
import type { Adapter, BotDescription, ThreadId } from "./chat.ts";
import type { Config } from "./config.ts";
import { channelsOf, opensThread } from "./conversation/place-settings.ts";
import type { Log } from "./log.ts";

/** What every adapter is told. */
export interface AdaptersOptions {
  readonly log: Log;
  /** What comes in before it is there waits for it. */
  readonly bot: BotDescription | Promise<BotDescription>;
}

/**
 * The adapters of the configured platforms, not yet started, nor prepared to speak. Loads the SDKs of those and no other.
 */
export async function openAdapters(
  config: Pick<Config, "platforms" | "channels">,
  { log, bot }: AdaptersOptions,
): Promise<readonly Adapter[]> {
  const { telegram, discord, slack } = config.platforms;
  const channels = channelsOf(config);
  const common = { bot, log, opensThread: (thread: ThreadId) => opensThread(thread, { channels }) };
  const opening: Promise<Adapter>[] = [];
  if (telegram) {
    opening.push(
      import("../adapters/telegram/index.ts").then((it) =>
        it.createTelegramAdapter({ ...telegram, ...common }),
      ),
    );
  }
  if (discord) {
    opening.push(
      import("../adapters/discord/index.ts").then((it) => it.createDiscordAdapter({ ...discord, ...common })),
    );
  }
  if (slack) {
    opening.push(
      import("../adapters/slack/index.ts").then((it) => it.createSlackAdapter({ ...slack, ...common })),
    );
  }
  return Promise.all(opening);
}

/** The app manifest that Slack asks for, as JSON. */
export async function slackManifest(bot: BotDescription, options: { eventsUrl?: string }): Promise<string> {
  const { slackManifest: makeManifest } = await import("../adapters/slack/manifest.ts");
  return JSON.stringify(makeManifest(bot, options), undefined, 2);
}

/** The adapter of the terminal, loaded only when someone sits there. */
export async function openTerminal(options: TerminalOptions): Promise<TerminalAdapter> {
  const { createTerminalAdapter } = await import("../adapters/terminal/index.ts");
  return createTerminalAdapter(options);
}
