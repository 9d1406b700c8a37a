import type { BotDescription } from "../../src/chat.ts";
import manifest from "./manifest.json" with { type: "json" };

/**
 * The Slack app that the bot needs, for “Create New App → From a manifest”. `eventsUrl` is where Slack sends events, as
 * people outside reach it; left out for Socket Mode.
 */
export function slackManifest(bot: BotDescription, { eventsUrl }: { eventsUrl?: string } = {}) {
  const { features, settings } = manifest;
  const { event_subscriptions, interactivity } = settings;
  const requestUrl = eventsUrl === undefined ? {} : { request_url: eventsUrl };
  return {
    ...manifest,
    features: {
      ...features,
      slash_commands: [
        {
          // The one: names are shared by all apps of an organisation, and Slack keeps many for itself.
          command: "/parlance",
          description: `Ask a question, or: ${bot.commands.map((command) => command.name).join(", ")}`,
          usage_hint: "question | help | persona name",
          should_escape: true,
          ...(eventsUrl !== undefined && { url: eventsUrl }),
        },
      ],
      // Slack refuses an empty list, and takes ten.
      ...(bot.shortcuts.length > 0 && {
        shortcuts: bot.shortcuts.slice(0, 10).map(({ persona, label }) => ({
          type: "message" as const,
          name: label.slice(0, 24),
          callback_id: `persona:${persona}`,
          description: `Asks the persona ${persona}`.slice(0, 150),
        })),
      }),
    },
    settings: {
      ...settings,
      event_subscriptions: { ...event_subscriptions, ...requestUrl },
      interactivity: { ...interactivity, ...requestUrl },
      socket_mode_enabled: eventsUrl === undefined,
    },
  };
}
