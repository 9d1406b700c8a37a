import type { ThreadId } from "../chat.ts";
import type { ChannelSettings, Settings } from "../core.ts";

/** What the configuration says of the place a message stands in: its channel's own, and its platform's for the rest. */
export function settingsOf(thread: ThreadId, { channels }: Pick<Settings, "channels">): ChannelSettings {
  const [platform = "", channel = ""] = thread.split(":", 2);
  return { scope: "shared", ...channels[platform], ...channels[`${platform}:${channel}`] };
}
