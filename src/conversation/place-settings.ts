import type { ThreadId } from "../chat.ts";
import type { Config } from "../config.ts";
import type { ChannelSettings, Settings } from "../core.ts";

/** Whether the configuration wants a thread for each question here; undefined where it says nothing. */
export function opensThread(channel: ThreadId, settings: Pick<Settings, "channels">): boolean | undefined {
  const { answers } = settingsOf(channel, settings);
  return answers === undefined ? undefined : answers === "thread";
}

/** What the configuration says of the place a message stands in: its channel's own, and its platform's for the rest. */
export function settingsOf(thread: ThreadId, { channels }: Pick<Settings, "channels">): ChannelSettings {
  const [platform = ""] = thread.split(":", 1);
  return { ...channels[platform], ...channels[channelOf(thread)] };
}

/** `platform:channel`, also of a thread in it. */
export function channelOf(thread: ThreadId): string {
  return thread.split(":", 2).join(":");
}

/** The places of the configuration, each with what it says of them alone. */
export function channelsOf({ channels }: Pick<Config, "channels">): Settings["channels"] {
  const entries = Object.entries(channels).map(([place, { persona, model, scope, answers }]) => [
    place,
    {
      ...(scope !== undefined && { scope }),
      ...(persona !== undefined && { persona }),
      ...(model !== undefined && { model }),
      ...(answers !== undefined && { answers }),
    },
  ]);
  return Object.fromEntries(entries);
}
