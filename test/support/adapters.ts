import type { Adapter } from "../../src/chat.ts";
import type { Config } from "../../src/config.ts";
import type { Core } from "../../src/core.ts";
import { describeBot } from "../../src/commands/described.ts";
import { openAdapters } from "../../src/platforms.ts";

/** The adapters of the configured platforms, for this core and ready to speak. */
export async function adaptersFor(
  { platforms, channels }: Pick<Config, "platforms"> & Partial<Pick<Config, "channels">>,
  core: Core,
): Promise<readonly Adapter[]> {
  const config = { platforms, channels: channels ?? core.settings.channels };
  const adapters = await openAdapters(config, { log: core.log, bot: describeBot(core) });
  for (const adapter of adapters) await adapter.prepare?.();
  return adapters;
}
